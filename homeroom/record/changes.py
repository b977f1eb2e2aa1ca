"""What changed in the record, by change version: what was deleted, and keys that were changed.

All change versions come from one sequence. Those who write take `writing` for their transaction, so that `newest` knows
a number below which nothing is still on its way: a reader who has read up to it has missed nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

from homeroom.model.columns import Column, columns
from homeroom.model.declaration import Kind
from homeroom.record.identifiers import SCHEMA

# The lock that whoever takes change versions shares. Any number that no other program uses for its lock.
WRITING = 4_611_686_018_427_000_002
# The lock of a batch, which apps share: what one of them wrote while a batch is on its way would be written over.
PUBLISHING = 4_611_686_018_427_000_008


@contextmanager
def writing(connection: psycopg.Connection) -> Iterator[None]:
    """A block that takes change versions, of which nothing stays where it raises. Many may write at the same time.

    It is part of the caller's transaction, which decides; on a connection that commits by itself it is one of its own.
    """
    if not connection.autocommit:
        # psycopg would commit a block at its end where no transaction was begun before it.
        connection.execute("select")
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock_shared(%s)", [WRITING])
        yield


def newest(connection: psycopg.Connection) -> int:
    """The last change version given out, once everybody who writes is done with theirs; 0 before the first."""
    connection.execute("select pg_advisory_lock(%s)", [WRITING])
    try:
        sequence = sql.Identifier(SCHEMA, "change_version")
        row = connection.execute(
            sql.SQL("select case when is_called then last_value else 0 end from {}").format(sequence)
        ).fetchone()
    finally:
        connection.execute("select pg_advisory_unlock(%s)", [WRITING])
    return int(row[0]) if row else 0


def key_values(resource: str, prefix: str) -> sql.Composed:
    """An expression of the natural key as a JSON object, under the names that the standard's change queries use."""
    pairs: list[sql.Composable] = []
    for column in columns(resource):
        if not column.key:
            continue
        pairs.append(sql.Literal(key_name(column)))
        value: sql.Composable = sql.Identifier(prefix, column.name)
        if column.type is not None and column.type.kind is Kind.DATETIME:
            value = sql.SQL("(to_json({}) #>> '{{}}') || 'Z'").format(value)
        pairs.append(value)
    return sql.SQL("jsonb_build_object({})").format(sql.SQL(", ").join(pairs))


def key_name(column: Column) -> str:
    """The name of a column of the natural key there: `studentUniqueId`, `programEducationOrganizationId`."""
    if "." not in column.paths[0]:
        return column.paths[0]
    first, *rest = column.name.split("_")
    return first + "".join(word.capitalize() for word in rest)
