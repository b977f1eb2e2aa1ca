"""Take one row out of the record, and leave word of it for those who read changes."""

from __future__ import annotations

from functools import cache
from uuid import UUID

import psycopg
from psycopg import sql

from homeroom.errors import HomeroomError
from homeroom.model import RESOURCES
from homeroom.model.columns import table_name
from homeroom.record.changes import key_values, writing
from homeroom.record.identifiers import SCHEMA, names, table
from homeroom.record.keys import BASE_KEYS, base_key
from homeroom.record.nested_references import holders


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
        holder = next(holders(connection, resource, id_), None)
        if holder:
            raise StillReferredTo(resource, holder)
        try:
            values = {"id": id_, "resource": resource, "source": source}
            row = connection.execute(_statement(resource), values).fetchone()
        except psycopg.errors.ForeignKeyViolation as problem:
            raise StillReferredTo(resource, _resource_of(problem.diag.table_name)) from None
        if row is None:
            raise NotThere(f"The record has no {resource} with this id.")
    return int(row[0])


@cache
def _statement(resource: str) -> sql.Composed:
    """The row goes, with its key in the base table; its tombstone comes."""
    base = RESOURCES[resource].subclass_of
    base_goes: sql.Composable = sql.SQL("")
    if base:
        base_goes = sql.SQL(", base_gone as (delete from {} as base using gone where ({}) = ({}))").format(
            table(base), names(BASE_KEYS[base], "base"), names(base_key(resource), "gone")
        )
    return sql.SQL(
        "with gone as (delete from {table} where id = %(id)s returning *) {base_goes}"
        " insert into {tombstone} (resource, id, key_values, deleted_by)"
        " select %(resource)s, id, {key_values}, %(source)s from gone returning change_version"
    ).format(
        table=table(resource),
        base_goes=base_goes,
        tombstone=sql.Identifier(SCHEMA, "tombstone"),
        key_values=key_values(resource, "gone"),
    )


def _resource_of(name: str | None) -> str:
    return next((resource for resource in RESOURCES if table_name(resource) == name), "row of another table")
