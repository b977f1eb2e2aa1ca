"""Bulk publish: what consolidation merged becomes the record, in one transaction, all of it or nothing.

Resources are taken in an order in which references hold. A large first load goes straight into its table, whose keys
are built afterwards; of any other batch only the rows are written that say something new. A row that says what the
record says already is not touched and uses up no change version.

Rows are taken out and told that refer to something which neither the record nor this batch holds, and those that refer
to such rows; those with a code that the standard's namespace doesn't have; and those with the key of another kind of
organization.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import LiteralString

import psycopg
from psycopg import sql

from homeroom.model import RESOURCES
from homeroom.model import columns as shape
from homeroom.record.base_keys import refuse_taken_keys, write_base_keys
from homeroom.record.changes import PUBLISHING, writing
from homeroom.record.constraints import TakenOff, put_back_foreign_keys, take_off_foreign_keys
from homeroom.record.dangling import RefusedRow, refuse_dangling, take_out_dangling
from homeroom.record.descriptors import refuse_unknown
from homeroom.record.identifiers import SCHEMA, analyze, model_columns, names, reference_constraint, table
from homeroom.record.incoming import PROVENANCE, Incoming, receive
from homeroom.record.order import writing_order

__all__ = ["Published", "RefusedRow", "publish"]

# From this many new rows on it is faster to check a foreign key once for the whole table than once for each row.
_CHECK_AT_ONCE = 5_000

# A batch is a few large statements one after another: each may have more memory than one of many small ones.
_SETTINGS = {"work_mem": "128MB", "maintenance_work_mem": "256MB", "jit": "off"}


@dataclass(frozen=True)
class Published:
    """How many rows of each resource were new or changed, and which were refused."""

    inserted: Mapping[str, int]
    updated: Mapping[str, int]
    refused: tuple[RefusedRow, ...]


def publish(
    connection: psycopg.Connection,
    batches: Mapping[str, Iterable[bytes]],
    gone: Mapping[str, Iterable[bytes]] | None = None,
    advance: Callable[[str, int], None] = lambda resource, rows: None,
    outranked: Container[str] = frozenset(),
) -> Published:
    """Publish a batch. `batches` gives for each resource the pieces of a CSV without header.

    Its columns are `source_rows` (as an array literal of PostgreSQL), `said` (JSON), then those of the model in order.
    These are all rows that there are now; but for a resource in `gone`, those that differ from the last batch's alone,
    and `gone` gives the keys, as CSV too, of those which that had and this one has not.
    The caller's transaction decides: nothing is seen by anybody before it commits. `advance` is told each resource's
    rows when they are written. What apps wrote stays as `homeroom.record.written_values` says; in resources that are
    `outranked` the sources come before them. From here to the transaction's end no app writes.
    """
    gone = gone or {}
    written: dict[str, tuple[int, int]] = {}
    refused: list[RefusedRow] = []
    with writing(connection), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [PUBLISHING])
        for name, value in _SETTINGS.items():
            cursor.execute("select set_config(%s, %s, true)", [name, value])
        for members in writing_order():
            group = [
                receive(cursor, resource, batches[resource], gone.get(resource), resource in outranked)
                for resource in members
                if resource in batches
            ]
            counts, found = _write_group(cursor, group)
            written |= counts
            refused += found
            for resource, (inserted, updated) in counts.items():
                advance(resource, inserted + updated)
    return Published(
        {resource: inserted for resource, (inserted, _) in written.items()},
        {resource: updated for resource, (_, updated) in written.items()},
        tuple(refused),
    )


def _write_group(
    cursor: psycopg.Cursor, group: Sequence[Incoming]
) -> tuple[dict[str, tuple[int, int]], list[RefusedRow]]:
    refused = [row for incoming in group for row in refuse_unknown(cursor, incoming)]
    refused += refuse_taken_keys(cursor, group)
    if len(group) == 1 and group[0].taken and not RESOURCES[group[0].resource].subclass_of:
        refused += _put_back_foreign_keys(cursor, group[0], group[0].taken)
        return {group[0].resource: (_count(cursor, group[0].place), 0)}, refused
    refused += refuse_dangling(cursor, group)
    return _write(cursor, group), refused


def _put_back_foreign_keys(cursor: psycopg.Cursor, incoming: Incoming, taken: TakenOff) -> list[RefusedRow]:
    """A key looks at every reference of the table: only where it can't be put back is it worth to look which are bad.

    References of the table to itself are put back after its others: no row is taken out to which one refers already.
    """
    refused: list[RefusedRow] = []
    named = {reference_constraint(incoming.resource, f.path): f for f in shape.foreign_keys(incoming.resource)}
    for constraint in taken.foreign_keys:
        while True:
            try:
                with cursor.connection.transaction():
                    put_back_foreign_keys(cursor, (constraint,))
                break
            except psycopg.errors.ForeignKeyViolation:
                if constraint.name not in named:
                    raise
                found = take_out_dangling(cursor, incoming, named[constraint.name], [incoming])
                if not found:
                    raise
                refused += found
    return refused


def _write(cursor: psycopg.Cursor, group: Sequence[Incoming]) -> dict[str, tuple[int, int]]:
    """Write the rows of a group; how many were new and how many changed, for each resource."""
    for incoming in group:
        write_base_keys(cursor, incoming)
    counts = {}
    for incoming in group:
        if incoming.taken:
            put_back_foreign_keys(cursor, incoming.taken.foreign_keys)
            counts[incoming.resource] = (_count(cursor, incoming.place), 0)
            continue
        updated = _update_changed(cursor, incoming)
        counts[incoming.resource] = (_insert_new(cursor, incoming), updated)
        cursor.execute(sql.SQL("drop table {}").format(incoming.place))
    return counts


def _update_changed(cursor: psycopg.Cursor, incoming: Incoming) -> int:
    key = shape.key_columns(incoming.resource)
    values = [name for name in model_columns(incoming.resource) if name not in key]
    # Who said it may change while what is said does not: that is no change of the record.
    said = sql.SQL(
        "update {} as present set ({}) = row({}), written_by = incoming.written_by from {} as incoming"
        " where id = present_id and not differs"
    )
    cursor.execute(
        said.format(table(incoming.resource), names(PROVENANCE), names(PROVENANCE, "incoming"), incoming.place)
    )
    if not values:
        return 0
    changed = [*values, *PROVENANCE]
    cursor.execute(
        sql.SQL(
            "update {} as present set ({}) = row({}), written_by = incoming.written_by, change_version = nextval({}),"
            " last_modified = now() from {} as incoming where id = present_id and differs"
        ).format(
            table(incoming.resource),
            names(changed),
            names(changed, "incoming"),
            sql.Literal(f"{SCHEMA}.change_version"),
            incoming.place,
        )
    )
    return cursor.rowcount


def _insert_new(cursor: psycopg.Cursor, incoming: Incoming) -> int:
    resource = incoming.resource
    new = _count(cursor, incoming.place, "where present_id is null")
    if not new:
        return 0
    columns = [*model_columns(resource), *PROVENANCE]
    taken: TakenOff | None = take_off_foreign_keys(cursor, resource) if new >= _CHECK_AT_ONCE else None
    cursor.execute(
        sql.SQL("insert into {} ({}) select {} from {} where present_id is null").format(
            table(resource), names(columns), names(columns), incoming.place
        )
    )
    if taken:
        # Within the transaction nobody else does: without it the next statement's plan takes the table for empty.
        cursor.execute(analyze(resource, table(resource)))
        put_back_foreign_keys(cursor, taken.foreign_keys)
    return new


def _count(cursor: psycopg.Cursor, place: sql.Identifier, where: LiteralString = "") -> int:
    row = cursor.execute(sql.SQL("select count(*) from {} {}").format(place, sql.SQL(where))).fetchone()
    return int(row[0]) if row else 0
