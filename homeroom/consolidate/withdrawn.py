"""What the sources said before and don't say now is ended or taken out of the record.

`homeroom.record.withdrawal` decides; here it is told of what each source speaks now, and of whom it delivered rows that
could not be used: that a row was set aside must not look like its being withdrawn.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

import duckdb
import psycopg

from homeroom.consolidate.copied_rows import copy_rows
from homeroom.consolidate.database import columns_held, literal
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.consolidate.staging import StagedDelivery
from homeroom.record.verdicts import ANY_RESOURCE, persons_of, times_of
from homeroom.record.withdrawal import keep_unsaid, prepare_withdrawal, unsaid_resources, withdraw

__all__ = ["keep_unsaid", "prepare_withdrawal", "withdraw_unsaid"]

# The one rule by which the source itself says that a row is not there any more.
_TAKEN_OUT = "to-be-deleted"


def withdraw_unsaid(
    record: psycopg.Connection,
    account: duckdb.DuckDBPyConnection,
    staged: Sequence[StagedDelivery],
    identity: Path,
    started: datetime,
) -> int:
    """End or delete what was said before and is not now; the number of rows. The caller's transaction decides.

    `account` holds every `problem` of the run; `identity`: who is who now, as Parquet. What was in the record before
    the batch was remembered by `prepare_withdrawal`.
    """
    resources = unsaid_resources(record)
    if not resources:
        return 0
    with record.cursor() as cursor:
        account.execute(_speaking(account, staged, resources))
        copy_rows(account, "from speaking", cursor, "speaking (source, resource, field, first, last)")
        account.execute(_doubtful(account, staged, resources, identity))
        copy_rows(account, "from doubtful", cursor, "doubtful (resource, kind, unique_id)")
    withdrawn = withdraw(record, started.astimezone().date())
    return sum(withdrawn.ended.values()) + sum(withdrawn.deleted.values())


def _speaking(
    connection: duckdb.DuckDBPyConnection, staged: Sequence[StagedDelivery], resources: Collection[str]
) -> str:
    selects = ["select '' as source, '' as resource, '' as field, '' as first, '' as last where false"]
    for item in staged:
        for resource, table in item.tables.items():
            if resource not in resources:
                continue
            told = f"select {literal(item.source.name)}, {literal(resource)}"
            selects.append(f"{told}, null, null, null")
            held = columns_held(connection, table.base)
            selects += [
                f'{told}, {literal(column)}, min("{column}")::varchar, max("{column}")::varchar from {table.sql}'
                for column in times_of(resource)
                if column in held
            ]
    return f"create or replace temp table speaking as {' union all '.join(selects)}"


def _doubtful(
    connection: duckdb.DuckDBPyConnection,
    staged: Sequence[StagedDelivery],
    resources: Collection[str],
    identity: Path,
) -> str:
    cleaned = " union all ".join(
        f"select source_row from {table.sql}" for item in staged for table in item.cleaned.values()
    )
    connection.execute(
        f"""
        create or replace temp table set_aside as
        select distinct source_row from problem where severity = 'row' and rule <> {literal(_TAKEN_OUT)};
        create or replace temp table set_aside_early as
        from set_aside anti join ({cleaned or "select null::bigint as source_row"}) using (source_row)
        """
    )
    selects = ["select '' as resource, '' as kind, '' as unique_id where false"]
    for item in staged:
        source = literal(item.source.name)
        for resource, table in item.cleaned.items():
            held = columns_held(connection, table.base)
            selects += [
                f"""
                select distinct {literal(resource)}, {literal(kind)}, unique_id
                from {table.sql} as row semi join set_aside using (source_row)
                join {literal(identity)} as person on person.source = {source} and person.kind = {literal(kind)}
                    and person.source_id = row."{column}"
                """
                for column, kind in (persons_of(resource) if resource in resources else ())
                if column in held
            ]
        selects += [_named_in(table, source, identity) for table in item.landed]
    return f"create or replace temp table doubtful as {' union all '.join(selects)}"


def _named_in(landed: LayeredTable, source: str, identity: Path) -> str:
    """Whoever is named anywhere in a landed row that did not even become a row of a resource, of whichever resource."""
    return f"""
        select distinct {literal(ANY_RESOURCE)}, person.kind, unique_id
        from (
            select unnest(regexp_extract_all(replace(to_json(row)::varchar, '\\"', '"'), '"([^"]*)"', 1)) as word
            from {landed.sql} as row semi join set_aside_early using (source_row)
        ) join {literal(identity)} as person on person.source = {source} and person.source_id = word
    """
