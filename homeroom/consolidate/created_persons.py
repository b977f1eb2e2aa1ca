"""Persons whom an app asked an id for are linked as the rows of sources are, and keep the id that they were given."""

from __future__ import annotations

import duckdb

from homeroom.consolidate.database import literal
from homeroom.record.created_identities import SOURCE

# Where sources disagree, each of them is believed before what an app said.
_RANK = 100_000


def know_created(connection: duckdb.DuckDBPyConnection) -> None:
    """Put those of `created_identity` whom no run has linked yet into `identity`, each with the id that was given."""
    connection.execute(
        f"""
        insert into identity
        select {literal(SOURCE)}, kind, unique_id, unique_id, 1.0, 'single' from created_identity as created
        where not exists (select 1 from identity as known where known.source = {literal(SOURCE)}
            and known.kind = created.kind and known.source_id = created.unique_id)
        """
    )


def gather_created(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    """Put those of `created_identity` of a kind into the relation `person`."""
    connection.execute(
        f"""
        insert into person by name
        select {literal(SOURCE)} as source, kind, unique_id as source_id, {_RANK} as rank, unique_id as preferred_id,
            first_name, middle_name, last_name, suffix, birth_date, sex
        from created_identity where kind = {literal(kind)}
        """
    )
