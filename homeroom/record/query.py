"""Pages of a resource as finished JSON, in the shape of the Ed-Fi API: the database makes the bytes, in one statement.

An answer holds what the record holds: members without a value are left out, and a reference is there where all its
parts are, also where other members of the document imply them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from homeroom.errors import WrongUse
from homeroom.model import RESOURCES
from homeroom.model.columns import Column, columns
from homeroom.model.declaration import Kind, Reference, ValueType
from homeroom.record.identifiers import table
from homeroom.record.values import WrongValue, read_value


@dataclass(frozen=True)
class Page:
    """A JSON list as UTF-8, how many rows it holds, and the id of its last row: what `after` takes for the next one."""

    body: bytes
    rows: int
    last: UUID | None


def page(
    connection: psycopg.Connection,
    resource: str,
    where: Mapping[str, object] | None = None,
    *,
    limit: int = 25,
    offset: int = 0,
    after: UUID | None = None,
    min_change_version: int | None = None,
    max_change_version: int | None = None,
) -> Page:
    """Rows of a resource in the order of their ids. `where` gives values, as JSON has them, by JSON path.

    A path is that of a single value or of a reference's part (`schoolReference.schoolId`). From page to page `after` is
    faster than `offset`, and misses nothing that others write meanwhile. Both change versions are inclusive. Raises
    WrongUse for a path that no row can be asked by, or a value of another type; KeyError for an unknown resource.
    """
    where = where or {}
    bounds = {"after": after, "min": min_change_version, "max": max_change_version}
    given = tuple(name for name, bound in bounds.items() if bound is not None)
    statement = _page(resource, tuple(where), given)
    values = [_value(resource, path, value) for path, value in where.items()]
    with connection.cursor(binary=True) as cursor:
        row = cursor.execute(statement, [*values, *(bounds[name] for name in given), limit, offset]).fetchone()
    body, rows, last = row or (b"[]", 0, None)
    return Page(body, rows, last)


def one(connection: psycopg.Connection, resource: str, id_: UUID) -> bytes | None:
    """A row by its id as a JSON object in UTF-8; None where the record has none."""
    with connection.cursor(binary=True) as cursor:
        row = cursor.execute(_one(resource), [id_]).fetchone()
    return row[0] if row else None


def count(connection: psycopg.Connection, resource: str, where: Mapping[str, object] | None = None) -> int:
    """How many rows a resource has, of those that `where` names."""
    where = where or {}
    values = [_value(resource, path, value) for path, value in where.items()]
    row = connection.execute(_count(resource, tuple(where)), values).fetchone()
    return int(row[0]) if row else 0


_CONDITIONS = {"after": "id > %s", "min": "change_version >= %s", "max": "change_version <= %s"}


@cache
def _page(resource: str, where: tuple[str, ...], given: tuple[str, ...]) -> sql.Composed:
    conditions: list[sql.Composable] = _conditions(resource, where)
    conditions += [sql.SQL(_CONDITIONS[name]) for name in given]
    return sql.SQL(
        """
        select convert_to('[' || coalesce(string_agg(document, ','), '') || ']', 'UTF8'), count(*),
            (array_agg(id order by id desc))[1]
        from (
            select {document} as document, id from {table} as row {where} order by id limit %s offset %s
        ) as found
        """
    ).format(table=table(resource), where=_all(conditions), document=_document(resource))


@cache
def _one(resource: str) -> sql.Composed:
    return sql.SQL("select convert_to({}, 'UTF8') from {} as row where id = %s").format(
        _document(resource), table(resource)
    )


@cache
def _count(resource: str, where: tuple[str, ...]) -> sql.Composed:
    conditions = _conditions(resource, where)
    return sql.SQL("select count(*) from {} as row {}").format(table(resource), _all(conditions))


def _conditions(resource: str, where: tuple[str, ...]) -> list[sql.Composable]:
    return [sql.SQL("{} = %s").format(sql.Identifier("row", _column(resource, path)[0])) for path in where]


def _all(conditions: Sequence[sql.Composable]) -> sql.Composable:
    return sql.SQL("where ") + sql.SQL(" and ").join(conditions) if conditions else sql.SQL("")


@cache
def _column(resource: str, path: str) -> tuple[str, ValueType]:
    for column in columns(resource):
        if path in column.paths and column.type is not None:
            return column.name, column.type
    raise WrongUse(f"A {resource} can't be asked for by {path if path.isprintable() else 'that'}.")


def _value(resource: str, path: str, value: object) -> Any:
    try:
        return read_value(_column(resource, path)[1], value)
    except WrongValue as problem:
        raise WrongUse(f"{path} {problem}.") from None


@cache
def _document(resource: str) -> sql.Composed:
    """An expression of the row's document as JSON text."""
    held = {path: column for column in columns(resource) for path in column.paths}
    members: list[sql.Composable] = [_member("id", sql.SQL("encode(uuid_send(row.id), 'hex')"))]
    for name, member in RESOURCES[resource].members.items():
        if isinstance(member, Reference):
            members.append(_member(name, _reference([(part, held[f"{name}.{part}"]) for part, _ in member.parts])))
        else:
            members.append(_member(name, _json(held[name])))
    members.append(_member("_etag", sql.SQL("row.change_version::text")))
    modified = sql.SQL("(to_json(row.last_modified at time zone 'UTC') #>> '{}') || 'Z'")
    members.append(_member("_lastModifiedDate", modified))
    return sql.SQL("json_object({} absent on null returning text)").format(sql.SQL(", ").join(members))


def _member(name: str, value: sql.Composable) -> sql.Composed:
    return sql.SQL("{} value {}").format(sql.Literal(name), value)


def _reference(parts: Sequence[tuple[str, Column]]) -> sql.Composed:
    return sql.SQL("case when {} then json_object({}) end").format(
        sql.SQL(" and ").join(
            sql.SQL("{} is not null").format(sql.Identifier("row", column.name)) for _, column in parts
        ),
        sql.SQL(", ").join(_member(part, _json(column)) for part, column in parts),
    )


def _json(column: Column) -> sql.Composable:
    value = sql.Identifier("row", column.name)
    if column.type is None:
        return sql.SQL("jsonb_strip_nulls({})").format(value)
    if column.type.kind is Kind.DATETIME:
        return sql.SQL("(to_json({}) #>> '{{}}') || 'Z'").format(value)
    return value
