"""Persons whom an app asked an id for, before any system delivered them."""

from __future__ import annotations

# They are linked as the rows of a source of this name, which no source of a district can have.
SOURCE = "Identities API"

# What was said of each, as linking reads it.
SAID = """
    select unique_id, kind, first_name, middle_name, last_name, suffix, birth_date, sex
    from consolidation.created_identity order by unique_id
"""
