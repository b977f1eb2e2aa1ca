"""Whole resources as files, for apps whose agreement names a key to which they are encrypted."""
