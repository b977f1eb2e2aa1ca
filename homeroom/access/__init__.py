"""The only door to the record for anything that shows data to anyone."""
