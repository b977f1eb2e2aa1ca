"""Data-use agreements: what an app may have of which students, what for and until when."""
