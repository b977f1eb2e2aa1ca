"""Readers: one module per kind of source, each landing tables in the source's own terms."""
