"""Proposes a mapping for tables that nobody has described yet, from the names of their columns and the values in them.

`concepts.toml` says what columns may hold and how they are named, `documents.toml` what a table with such columns
becomes. Whatever the proposal is not sure of it says, for a person to decide.
"""
