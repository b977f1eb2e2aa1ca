"""Persons whom an app asked an id for, before any system delivered them."""

from __future__ import annotations

# They are linked as the rows of a source of this name, which no source of a district can have.
SOURCE = "Identities API"

# Each with the id that it was given, as the columns of `consolidation.identity`, until a run has linked it.
NOT_YET_LINKED = f"""
    select '{SOURCE}' as source, kind, unique_id as source_id, unique_id, 1.0 as probability, 'single' as decided_by
    from consolidation.created_identity as created where not exists (select from consolidation.identity as i
        where i.source = '{SOURCE}' and i.kind = created.kind and i.source_id = created.unique_id)
"""
# What was said of each, as linking reads it.
SAID = """
    select unique_id, kind, first_name, middle_name, last_name, suffix, birth_date, sex
    from consolidation.created_identity order by unique_id
"""
