"""The only door to the record for whatever shows data to anyone: who may see what, and the log of what was shown."""
