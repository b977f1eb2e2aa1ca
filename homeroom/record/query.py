"""Pages of a resource as finished JSON, in the shape of the Ed-Fi API: the database makes the bytes, in one statement.

An answer holds what the record holds: members without a value are left out, and a reference is there where all its
parts are, also where other members of the document imply them. Where only some `fields` of a resource are asked for,
by their JSON paths, no others are read.
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
from homeroom.model.columns import columns
from homeroom.model.declaration import ValueType
from homeroom.record.identifiers import table
from homeroom.record.shown_document import ItemsTold, Reached, shown_document
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
    statement = page_statement(resource, tuple(where), given)
    values = [value_asked(resource, path, value) for path, value in where.items()]
    with connection.cursor(binary=True) as cursor:
        row = cursor.execute(statement, [*values, *(bounds[name] for name in given), limit, offset]).fetchone()
    body, rows, last, _ = row or (b"[]", 0, None, None)
    return Page(body, rows, last)


def one(connection: psycopg.Connection, resource: str, id_: UUID) -> bytes | None:
    """A row by its id as a JSON object in UTF-8; None where the record has none."""
    with connection.cursor(binary=True) as cursor:
        row = cursor.execute(one_statement(resource), [id_]).fetchone()
    return row[0] if row else None


def count(connection: psycopg.Connection, resource: str, where: Mapping[str, object] | None = None) -> int:
    """How many rows a resource has, of those that `where` names."""
    where = where or {}
    values = [value_asked(resource, path, value) for path, value in where.items()]
    row = connection.execute(count_statement(resource, tuple(where)), values).fetchone()
    return int(row[0]) if row else 0


# Nobody in particular.
_NOBODY = sql.SQL("null::text[]")


def page_statement(
    resource: str,
    where: Sequence[str],
    given: Sequence[str],
    fields: frozenset[str] | None = None,
    within: sql.Composable | None = None,
    about: sql.Composable = _NOBODY,
    reached: Reached | None = None,
    items: tuple[ItemsTold, ...] = (),
) -> sql.Composed:
    """A page's body, how many rows it holds, the id of the last one, and whom they are `about`, as an array.

    `given`: which bounds of `BOUNDS` there are. `within`: what a `row` has to fulfil besides, `reached` who may be
    named in it beside its key, and `items` of which lists only some items are told. Its parameters are the values of
    `where`, the bounds, the limit and the offset, in this order.
    """
    conditions = [*_conditions(resource, where, within), *(sql.SQL(BOUNDS[name]) for name in given)]
    return sql.SQL(
        """
        with found as materialized (
            select {document} as document, id, {about} as about from {table} as row {where}
            order by id limit %s offset %s
        )
        select convert_to('[' || coalesce(string_agg(document, ',' order by id), '') || ']', 'UTF8'), count(*),
            (array_agg(id order by id desc))[1],
            (select array_agg(distinct one) from found, unnest(about) as one where one is not null)
        from found
        """
    ).format(
        table=table(resource),
        where=_all(conditions),
        document=shown_document(resource, fields, reached, items),
        about=about,
    )


def one_statement(
    resource: str,
    fields: frozenset[str] | None = None,
    within: sql.Composable | None = None,
    about: sql.Composable = _NOBODY,
    reached: Reached | None = None,
    items: tuple[ItemsTold, ...] = (),
) -> sql.Composed:
    """The body of a row, and whom it is about; its parameter is the id."""
    return sql.SQL("select convert_to({}, 'UTF8'), array_remove({}, null) from {} as row {}").format(
        shown_document(resource, fields, reached, items),
        about,
        table(resource),
        _all([sql.SQL("id = %s"), *_conditions(resource, (), within)]),
    )


def count_statement(
    resource: str, where: Sequence[str], given: Sequence[str] = (), within: sql.Composable | None = None
) -> sql.Composed:
    """How many rows there are; the parameters are the values of `where` and the bounds."""
    conditions = [*_conditions(resource, where, within), *(sql.SQL(BOUNDS[name]) for name in given)]
    return sql.SQL("select count(*) from {} as row {}").format(table(resource), _all(conditions))


def every_document_statement(
    resource: str,
    given: Sequence[str],
    fields: frozenset[str] | None = None,
    within: sql.Composable | None = None,
    reached: Reached | None = None,
) -> sql.Composed:
    """The documents of all rows, one to a row, in the order of their ids; the parameters are the bounds."""
    conditions = [*_conditions(resource, (), within), *(sql.SQL(BOUNDS[name]) for name in given)]
    return sql.SQL("select {} from {} as row {} order by id").format(
        shown_document(resource, fields, reached), table(resource), _all(conditions)
    )


def everybody_statement(
    resource: str, given: Sequence[str], within: sql.Composable | None, about: sql.Composable
) -> sql.Composed:
    """Whom all rows are `about`, as one array; the parameters are the bounds."""
    conditions = [*_conditions(resource, (), within), *(sql.SQL(BOUNDS[name]) for name in given)]
    return sql.SQL("select array_agg(distinct one) from {} as row, unnest({}) as one {}").format(
        table(resource), about, _all([sql.SQL("one is not null"), *conditions])
    )


BOUNDS = {
    "after": "id > %s",
    "until": "id <= %s",
    "min": "change_version >= %s",
    "max": "change_version <= %s",
}


def _conditions(resource: str, where: Sequence[str], within: sql.Composable | None) -> list[sql.Composable]:
    asked: list[sql.Composable] = [
        sql.SQL("{} = %s").format(sql.Identifier("row", _column(resource, path)[0])) for path in where
    ]
    return [*asked, within] if within else asked


def _all(conditions: Sequence[sql.Composable]) -> sql.Composable:
    return sql.SQL("where ") + sql.SQL(" and ").join(conditions) if conditions else sql.SQL("")


@cache
def _column(resource: str, path: str) -> tuple[str, ValueType]:
    for column in columns(resource):
        if path in column.paths and column.type is not None:
            return column.name, column.type
    raise WrongUse(f"A {resource} can't be asked for by {path if path.isprintable() else 'that'}.")


def value_asked(resource: str, path: str, value: object) -> Any:
    """The value of a path as the database is asked for it. Raises WrongUse where it is of another type."""
    try:
        return read_value(_column(resource, path)[1], value)
    except WrongValue as problem:
        raise WrongUse(f"{path} {problem}.") from None
