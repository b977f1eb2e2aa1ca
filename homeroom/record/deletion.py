"""Take rows out of the record, and leave word of them for those who read changes."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from homeroom.errors import HomeroomError
from homeroom.model import RESOURCES
from homeroom.model.columns import foreign_keys, table_name
from homeroom.record.changes import key_values, writing
from homeroom.record.identifiers import SCHEMA, names, table
from homeroom.record.keys import BASE_KEYS, base_key
from homeroom.record.nested_references import holder_of, nested_to


class NotThere(HomeroomError):
    """The record has no such row."""


class StillReferredTo(HomeroomError):
    """Another row refers to the one that was to be taken out; `by` is the resource of that row."""

    def __init__(self, resource: str, by: str) -> None:
        super().__init__(
            f"This {resource} can't be deleted: a {by} in the record refers to it. Delete or change that first."
        )
        self.by = by


def delete(connection: psycopg.Connection, resource: str, id_: UUID, source: str) -> int:
    """Delete a row for `source` (an app or a person, by name); the change version of the deletion.

    Raises NotThere, and StillReferredTo where a row of the record names it. The caller's transaction decides.
    """
    with writing(connection):
        if holder := holder_of(connection, resource, id_):
            raise StillReferredTo(resource, holder)
        try:
            values = {"id": id_, "resource": resource, "source": source}
            row = connection.execute(delete_statement(resource), values).fetchone()
        except psycopg.errors.ForeignKeyViolation as problem:
            raise still_referred_to(resource, problem) from None
        if row is None:
            raise NotThere(f"The record has no {resource} with this id.")
    return int(row[0])


def delete_unreferenced(cursor: psycopg.Cursor, resource: str, chosen: sql.Composed, source: str) -> int:
    """Delete for `source` the rows whose ids the query `chosen` gives, but those that another row names; their number.

    The caller's transaction decides.
    """
    held: list[UUID] = []
    if nested_to(resource):
        # References inside collections are looked up row by row: few resources are named so.
        ids = [id_ for (id_,) in cursor.execute(chosen).fetchall()]
        held = [id_ for id_ in ids if holder_of(cursor.connection, resource, id_)]
    free = [
        sql.SQL("not exists (select from {} as holder where {})").format(
            table(holder),
            sql.SQL(" and ").join(
                sql.SQL("holder.{} = own.{}").format(sql.Identifier(theirs), sql.Identifier(ours))
                for theirs, ours in columns
            ),
        )
        for holder, columns in referring(resource)
    ]
    parameters: dict[str, Any] = {"resource": resource, "source": source, "held": held}
    where = sql.SQL(" and ").join([sql.SQL("own.id in ({}) and own.id <> all(%(held)s)").format(chosen), *free])
    cursor.execute(_statement(resource, where), parameters)
    return cursor.rowcount


def delete_chosen_statement(resource: str, chosen: sql.Composable) -> sql.Composed:
    """Delete the rows whose ids the query `chosen` gives, which nothing names, for %(source)s; %(resource)s: theirs."""
    return _statement(resource, sql.SQL("own.id in ({})").format(chosen))


@cache
def referring(resource: str) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Who refers to rows of the resource: the resource that does, and its columns with those that they name."""
    base = RESOURCES[resource].subclass_of
    own = dict(zip(BASE_KEYS[base], base_key(resource), strict=True)) if base else {}
    found = []
    for holder in RESOURCES:
        for foreign in foreign_keys(holder):
            if foreign.target == resource:
                found.append((holder, tuple(zip(foreign.columns, foreign.target_columns, strict=True))))
            elif base and foreign.target == base:
                ours = (own[column] for column in foreign.target_columns)
                found.append((holder, tuple(zip(foreign.columns, ours, strict=True))))
    return tuple(found)


def still_referred_to(resource: str, problem: psycopg.errors.ForeignKeyViolation) -> StillReferredTo:
    """What is wrong where a row of `resource` could not be deleted."""
    return StillReferredTo(resource, _resource_of(problem.diag.table_name))


@cache
def delete_statement(resource: str) -> sql.Composed:
    """Delete the row with %(id)s for %(source)s, and give the deletion's change version; %(resource)s: its resource."""
    return _statement(resource, sql.SQL("own.id = %(id)s"))


def _statement(resource: str, where: sql.Composable) -> sql.Composed:
    """The rows go, with their keys in the base table; their tombstones come."""
    base = RESOURCES[resource].subclass_of
    base_goes: sql.Composable = sql.SQL("")
    if base:
        base_goes = sql.SQL(", base_gone as (delete from {} as base using gone where ({}) = ({}))").format(
            table(base), names(BASE_KEYS[base], "base"), names(base_key(resource), "gone")
        )
    return sql.SQL(
        "with gone as (delete from {table} as own where {where} returning own.*) {base_goes}"
        " insert into {tombstone} (resource, id, key_values, deleted_by, source_rows)"
        " select %(resource)s, id, {key_values}, %(source)s, source_rows from gone returning change_version"
    ).format(
        table=table(resource),
        where=where,
        base_goes=base_goes,
        tombstone=sql.Identifier(SCHEMA, "tombstone"),
        key_values=key_values(resource, "gone"),
    )


def _resource_of(name: str | None) -> str:
    return next((resource for resource in RESOURCES if table_name(resource) == name), "row of another table")
