"""Learning events and the use of tools: mapped to tables of their own, and tied to the students whom they are about."""
