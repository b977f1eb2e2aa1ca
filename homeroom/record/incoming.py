"""Where the rows of a batch wait until they are written.

The rows of a large first load go straight into their empty table, which is without keys and indexes meanwhile. All
others go into a temporary table, of which only those rows are kept that say something that the record doesn't say yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import psycopg
from psycopg import sql

from homeroom.model.columns import key_columns, table_name
from homeroom.record.constraints import TakenOff, put_back_keys, take_off_all
from homeroom.record.identifiers import analyze, equal, model_columns, names, table
from homeroom.record.withdrawal import note_unsaid
from homeroom.record.written_values import keep_written_values, leave_deleted

# What a batch's CSV holds for each row, in this order, before the model's columns.
PROVENANCE = ("source_rows", "said")

# A first load of fewer bytes is not worth taking the keys off and the locks that this needs.
_LARGE = 1 << 20


@dataclass(frozen=True)
class Incoming:
    """The rows of one resource on their way: `place` is the table that holds them.

    For a large first load it is the resource's own table and `taken` what this is without. Else it is a temporary
    table, with the columns `present_id`, the row of the record with the same key; `differs`, whether that row says
    something else in the model's columns; and `written_by`, who wrote something that stays in it.
    """

    resource: str
    place: sql.Identifier
    taken: TakenOff | None


def receive(
    cursor: psycopg.Cursor,
    resource: str,
    pieces: Iterable[bytes],
    gone: Iterable[bytes] | None = None,
    outranked: bool = False,
) -> Incoming:
    """Take in the rows of one resource. `gone` and `outranked`: as `homeroom.record.publish.publish` has them."""
    start, rest = _beginning(iter(pieces))
    pieces = chain(start, rest)
    empty = not _exists(cursor, table(resource))
    if empty and sum(map(len, start)) >= _LARGE and (taken := take_off_all(cursor, resource)):
        return _straight(cursor, taken, pieces)
    place = sql.Identifier("pg_temp", f"in_{table_name(resource)}"[:63])
    cursor.execute(
        sql.SQL(
            "create temporary table {} on commit drop as"
            " select {}, id as present_id, true as differs, written_by from {} with no data"
        ).format(place, names(_received(resource)), table(resource))
    )
    _copy(cursor, place, resource, pieces)
    if not empty:
        # Rows are looked up in it by their keys.
        cursor.execute(analyze(resource, place))
        if gone is None:
            note_unsaid(cursor, resource, place)
        else:
            keys = _keys(cursor, resource, gone)
            note_unsaid(cursor, resource, place, keys)
            cursor.execute(sql.SQL("drop table {}").format(keys))
        keep_written_values(cursor, resource, place, outranked)
        place = _differing(cursor, resource, place)
    leave_deleted(cursor, resource, place)
    cursor.execute(analyze(resource, place))
    return Incoming(resource, place, None)


def _received(resource: str) -> list[str]:
    return [*PROVENANCE, *model_columns(resource)]


def _beginning(pieces: Iterator[bytes]) -> tuple[list[bytes], Iterator[bytes]]:
    start: list[bytes] = []
    size = 0
    for piece in pieces:
        start.append(piece)
        size += len(piece)
        if size >= _LARGE:
            break
    return start, pieces


def _exists(cursor: psycopg.Cursor, place: sql.Identifier) -> bool:
    row = cursor.execute(sql.SQL("select exists (select from {})").format(place)).fetchone()
    return bool(row and row[0])


def _straight(cursor: psycopg.Cursor, taken: TakenOff, pieces: Iterable[bytes]) -> Incoming:
    resource, place = taken.resource, table(taken.resource)
    _copy(cursor, place, resource, pieces, freeze=True)
    put_back_keys(cursor, taken)
    cursor.execute(analyze(resource, place))
    return Incoming(resource, place, taken)


def _copy(
    cursor: psycopg.Cursor, place: sql.Identifier, resource: str, pieces: Iterable[bytes], freeze: bool = False
) -> None:
    statement = sql.SQL("copy {} ({}) from stdin (format csv, freeze {})")
    with cursor.copy(statement.format(place, names(_received(resource)), sql.Literal(freeze))) as copy:
        for piece in pieces:
            copy.write(piece)


def _keys(cursor: psycopg.Cursor, resource: str, pieces: Iterable[bytes]) -> sql.Identifier:
    """A table of the keys that the pieces of a CSV hold."""
    place, key = sql.Identifier("pg_temp", f"gone_{table_name(resource)}"[:63]), names(key_columns(resource))
    cursor.execute(
        sql.SQL("create temporary table {} on commit drop as select {} from {} with no data").format(
            place, key, table(resource)
        )
    )
    with cursor.copy(sql.SQL("copy {} from stdin (format csv)").format(place)) as copy:
        for piece in pieces:
            copy.write(piece)
    cursor.execute(sql.SQL("analyze {}").format(place))
    return place


def _differing(cursor: psycopg.Cursor, resource: str, received: sql.Identifier) -> sql.Identifier:
    """The received rows that the record doesn't hold yet, or with other values or another provenance."""
    place = sql.Identifier("pg_temp", f"new_{table_name(resource)}"[:63])
    columns, key = _received(resource), key_columns(resource)
    values = [name for name in model_columns(resource) if name not in key]
    differs: sql.Composable = sql.SQL("false")
    if values:
        differs = sql.SQL("row({}) is distinct from row({})").format(names(values, "present"), names(values, "waiting"))
    cursor.execute(
        sql.SQL(
            """
            create temporary table {place} on commit drop as
            select {columns}, present.id as present_id, {differs} as differs, waiting.written_by
            from {received} as waiting left join {table} as present on {same_key}
            where present.id is null or row({present}) is distinct from row({waiting})
            """
        ).format(
            place=place,
            columns=names(columns, "waiting"),
            differs=differs,
            received=received,
            table=table(resource),
            same_key=equal(key, "present", "waiting"),
            present=names([*values, *PROVENANCE], "present"),
            waiting=names([*values, *PROVENANCE], "waiting"),
        )
    )
    cursor.execute(sql.SQL("drop table {}").format(received))
    return place
