"""The base tables of the abstract resources: one key belongs to one kind, whatever batch it comes in."""

from __future__ import annotations

from collections.abc import Sequence

import psycopg
from psycopg import sql

from homeroom.model import RESOURCES
from homeroom.model.columns import columns
from homeroom.record.dangling import RefusedRow
from homeroom.record.identifiers import SCHEMA, names, table
from homeroom.record.incoming import Incoming
from homeroom.record.keys import BASE_KEYS, base_key


def write_base_keys(cursor: psycopg.Cursor, incoming: Incoming) -> None:
    """Put the keys of a batch's rows into the base table, where their resource is a kind of an abstract one."""
    base = RESOURCES[incoming.resource].subclass_of
    if base:
        cursor.execute(
            sql.SQL("insert into {} ({}, discriminator) select {}, {} from {} on conflict do nothing").format(
                table(base),
                names(BASE_KEYS[base]),
                names(base_key(incoming.resource)),
                sql.Literal(f"{SCHEMA}.{incoming.resource}"),
                incoming.place,
            )
        )


def refuse_taken_keys(cursor: psycopg.Cursor, group: Sequence[Incoming]) -> list[RefusedRow]:
    """Take out the rows whose key another kind has, in the record or earlier in the group: a school's of a district."""
    refused: list[RefusedRow] = []
    for position, incoming in enumerate(group):
        base = RESOURCES[incoming.resource].subclass_of
        if not base:
            continue
        own = names(base_key(incoming.resource), "incoming")
        taken = [
            sql.SQL("select from {} as other where ({}) = ({}) and discriminator <> {}").format(
                table(base), names(BASE_KEYS[base], "other"), own, sql.Literal(f"{SCHEMA}.{incoming.resource}")
            )
        ]
        taken += [
            sql.SQL("select from {} as other where ({}) = ({})").format(
                other.place, names(base_key(other.resource), "other"), own
            )
            for other in group[:position]
            if RESOURCES[other.resource].subclass_of == base
        ]
        conditions = sql.SQL(" or ").join(sql.SQL("exists ({})").format(query) for query in taken)
        rows = cursor.execute(
            sql.SQL("delete from {} as incoming where {} returning source_rows").format(incoming.place, conditions)
        ).fetchall()
        key = next(column for column in columns(incoming.resource) if column.name == base_key(incoming.resource)[0])
        refused += [RefusedRow(incoming.resource, tuple(source_rows), key.paths[0]) for (source_rows,) in rows]
    return refused
