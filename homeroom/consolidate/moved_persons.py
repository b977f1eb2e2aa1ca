"""What a run does with persons whose rows are joined or taken apart: it keeps the ids they had, and leaves no shadow.

The record is rebuilt from the sources under the new ids. What it held under the old ones would stay beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import psycopg
from psycopg import sql

from homeroom.consolidate.database import literal
from homeroom.model.columns import EDUCATION_ORGANIZATION, columns, key_columns
from homeroom.record.deletion import StillReferredTo, delete
from homeroom.record.identifiers import names, table
from homeroom.record.order import dependency_order

# Who takes the rows out, as readers of changes see it.
_BY = "homeroom consolidate"


def remember_before(record: psycopg.Connection, kinds: Sequence[str]) -> None:
    """Keep who was who among `kinds`, until `write_history` is told that the new identities are written."""
    record.execute("create temp table if not exists identity_before (like consolidation.identity) on commit drop")
    record.execute("truncate identity_before")
    record.execute(
        "insert into identity_before select * from consolidation.identity where kind = any(%s)", [list(kinds)]
    )
    record.execute("analyze identity_before")


def write_history(record: psycopg.Connection, kinds: Sequence[str]) -> None:
    """Write `identity_history` for each row of a source that had another id until now, or is not delivered now."""
    record.execute(
        """
        insert into consolidation.identity_history (source, kind, source_id, unique_id, valid_until)
        select b.source, b.kind, b.source_id, b.unique_id, now() from identity_before as b
        left join (select * from consolidation.identity where kind = any(%s)) as i using (source, kind, source_id)
        where i.unique_id is distinct from b.unique_id
        """,
        [list(kinds)],
    )


def take_out_left_behind(
    record: psycopg.Connection, connection: duckdb.DuckDBPyConnection, merged: Sequence[Path]
) -> int:
    """Delete what the record holds of moved persons under their old ids and no source says any more; returns how many.

    `merged`: the folders that merging made, all of them published. A row is left behind where it names an id from
    which rows moved in this run, all that it says came from the sources of those rows, and it is not in `merged`.
    What came from other sources, or was written by an app, stays.
    """
    moved = record.execute(
        """
        select h.kind, h.unique_id, array_agg(distinct h.source) from consolidation.identity_history as h
        join consolidation.identity as i using (source, kind, source_id)
        where h.valid_until = now() and i.unique_id <> h.unique_id group by 1, 2
        """
    ).fetchall()
    if not moved:
        return 0
    taken_out = 0
    with connection.cursor() as own:
        for resource in reversed(dependency_order()):
            for id_ in _left_behind(record, own, merged, resource, moved):
                try:
                    delete(record, resource, id_, _BY)
                    taken_out += 1
                except StillReferredTo:
                    # An app wrote something about it: that is not ours to take away.
                    continue
    return taken_out


def _left_behind(
    record: psycopg.Connection,
    connection: duckdb.DuckDBPyConnection,
    merged: Sequence[Path],
    resource: str,
    moved: Sequence[tuple[Any, ...]],
) -> list[Any]:
    key = key_columns(resource)
    found: dict[Any, tuple[Any, ...]] = {}
    batch: set[tuple[Any, ...]] = set()
    for column in columns(resource):
        # A key makes a row another one; any other column was written over.
        if column.name not in key or not column.identifies:
            continue
        sources = {
            int(unique_id) if column.identifies == EDUCATION_ORGANIZATION else unique_id: from_
            for kind, unique_id, from_ in moved
            if kind == column.identifies
        }
        if not sources:
            continue
        rows = record.execute(
            sql.SQL(
                """
                select t.id, t.{column}, array_agg(distinct delivery.source), {key} from {table} as t
                cross join unnest(t.source_rows) as source_row
                join consolidation.delivered_file as file on file.number = source_row >> 32
                join consolidation.delivery using (delivery_id)
                where t.{column} = any(%s) and t.written_by is null group by t.id
                """
            ).format(column=sql.Identifier(column.name), key=names(key, "t"), table=table(resource)),
            [list(sources)],
        ).fetchall()
        found |= {
            id_: tuple(map(_plain, values)) for id_, named, from_, *values in rows if set(from_) <= set(sources[named])
        }
        for folder in merged if rows else ():
            path = folder / "tables" / f"{resource}.parquet"
            if path.exists():
                wanted = f'select {", ".join(key)} from {literal(path)} where list_contains(?, "{column.name}")'
                batch |= {tuple(map(_plain, row)) for row in connection.execute(wanted, [list(sources)]).fetchall()}
    return [id_ for id_, values in found.items() if values not in batch]


def _plain(value: Any) -> Any:
    """A value of a key as both databases give it."""
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) and value.tzinfo else value
