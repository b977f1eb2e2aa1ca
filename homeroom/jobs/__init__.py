"""Work that goes through several rooms, or goes on by itself."""
