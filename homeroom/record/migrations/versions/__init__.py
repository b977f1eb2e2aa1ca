"""The steps, each a file; the first stands on a frozen statement of all tables."""
