"""What the last batch left behind: from it the next one knows which of its rows the record holds already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import psycopg
from psycopg import sql

from homeroom.model.columns import key_columns
from homeroom.record.dangling import RefusedRow
from homeroom.record.identifiers import names, table
from homeroom.record.withdrawal import WRITER


@dataclass(frozen=True)
class LastBatch:
    """The last batch. `merged`: the name of each part's folder of merged tables. `refused`: the rows that the record
    did not take, each by the first of its `source_rows`, by resource. `change_version`: the newest before that.
    """

    merged: Mapping[str, str] = field(default_factory=dict)
    refused: Mapping[str, list[int]] = field(default_factory=dict)
    change_version: int = 0


def read_last_batch(record: psycopg.Connection) -> LastBatch:
    """What the last batch left; empty before the first."""
    parts = record.execute("select part, merged, change_version from consolidation.published_part").fetchall()
    refused = record.execute(
        "select resource, array_agg(source_row) from consolidation.refused_row group by 1"
    ).fetchall()
    versions = [int(version) for _, _, version in parts]
    return LastBatch({part: merged for part, merged, _ in parts}, dict(refused), min(versions, default=0))


def write_last_batch(
    record: psycopg.Connection, merged: Mapping[str, str], change_version: int, refused: Iterable[RefusedRow]
) -> None:
    """Remember a batch, in the transaction that writes it. `change_version`: `newest` before it was begun."""
    with record.cursor() as cursor:
        cursor.execute("delete from consolidation.published_part")
        cursor.executemany(
            "insert into consolidation.published_part values (%s, %s, %s)",
            [(part, folder, change_version) for part, folder in merged.items()],
        )
        cursor.execute("delete from consolidation.refused_row")
        with cursor.copy("copy consolidation.refused_row from stdin") as copy:
            for row in refused:
                copy.write_row((row.resource, row.source_rows[0]))


def written_by_others(record: psycopg.Connection, resource: str, since: int) -> list[tuple[object, ...]] | None:
    """The keys of the rows that somebody else wrote after the change version `since`.

    None where somebody deleted rows or changed keys: then which rows these were is only seen by comparing all.
    """
    asked = {"resource": resource, "since": since, "writer": WRITER}
    row = record.execute(
        """
        select exists (select from edfi.tombstone where resource = %(resource)s and change_version > %(since)s
                and deleted_by is distinct from %(writer)s)
            or exists (select from edfi.key_change where resource = %(resource)s and change_version > %(since)s)
        """,
        asked,
    ).fetchone()
    if row and row[0]:
        return None
    return record.execute(
        sql.SQL("select {} from {} where change_version > %(since)s and written_by is not null").format(
            names(key_columns(resource)), table(resource)
        ),
        asked,
    ).fetchall()
