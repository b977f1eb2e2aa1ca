"""Learning events from apps that may send them: taken as they come, for the next run to bring to the students."""
