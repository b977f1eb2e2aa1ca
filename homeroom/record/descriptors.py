"""The record's descriptor values: the standard's own, and those that a source defines in a namespace of its own.

The standard's values are in the table from the beginning, and nobody adds to its namespace: a URI of `uri://ed-fi.org/`
that is not there is a mistake. A source may have values of its own (a district's bus routes, its kinds of exit): a
batch has been cleaned, so that its unknown values in other namespaces are added as the source's own. A single document
was not: what it names must be there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import psycopg
from psycopg import sql

from homeroom.model import DESCRIPTORS, RESOURCES
from homeroom.model.columns import columns
from homeroom.model.declaration import Kind
from homeroom.model.descriptor import STANDARD_NAMESPACE
from homeroom.record.dangling import RefusedRow
from homeroom.record.incoming import Incoming
from homeroom.record.tables import SCHEMA

_TABLE = sql.Identifier(SCHEMA, "descriptor")
_ADD = sql.SQL(
    """
    insert into {table} (uri, descriptor_type, namespace, code_value, short_description, description)
    select namespace || '#' || code, type, namespace, code, code, code
    from unnest(%s::text[], %s::text[], %s::text[]) as value(type, namespace, code)
    on conflict do nothing
    """
).format(table=_TABLE)


def fill(connection: psycopg.Connection) -> None:
    """Put the standard's values into the table."""
    rows = [(name, type_.namespace, code) for name, type_ in DESCRIPTORS.items() for code in type_.values()]
    connection.execute(_ADD, [list(column) for column in zip(*rows, strict=True)])


def unknown(connection: psycopg.Connection, codes: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of pairs of descriptor type and URI, those that the record doesn't know."""
    wanted = sorted(set(codes))
    if not wanted:
        return set()
    query = sql.SQL(
        "select type, uri from unnest(%s::text[], %s::text[]) as wanted(type, uri) where not exists ("
        "select from {} as known where known.uri = wanted.uri and known.descriptor_type = wanted.type)"
    ).format(_TABLE)
    return set(connection.execute(query, [list(column) for column in zip(*wanted, strict=True)]).fetchall())


def refuse_unknown(cursor: psycopg.Cursor, incoming: Incoming) -> list[RefusedRow]:
    """Add a batch's new values in other namespaces than the standard's; take out the rows with any other new value."""
    refused: list[RefusedRow] = []
    for codes in _codes_of(incoming.resource, _filled(cursor, incoming)):
        found = _new_values(cursor, incoming, codes)
        own = {(type_, uri) for _, type_, uri in found if not uri.startswith(STANDARD_NAMESPACE) and _is_of(uri, type_)}
        if own:
            parts = [(type_, *uri.partition("#")[::2]) for type_, uri in sorted(own)]
            cursor.execute(_ADD, [list(column) for column in zip(*parts, strict=True)])
        for path, type_, uri in found:
            if (type_, uri) not in own:
                refused += _take_out(cursor, incoming, codes, path, uri)
    return refused


def _is_of(uri: str, type_: str) -> bool:
    namespace, _, code = uri.partition("#")
    return bool(code) and namespace.endswith(f"/{type_}")


def _filled(cursor: psycopg.Cursor, incoming: Incoming) -> frozenset[str]:
    """The columns with codes of which any row holds something: most sources fill a few of a resource's columns."""
    asked = list(_codes(incoming.resource))
    if not asked:
        return frozenset()
    counts = sql.SQL(", ").join(sql.SQL("count({})").format(sql.Identifier(name)) for name in asked)
    row = cursor.execute(sql.SQL("select {} from {}").format(counts, incoming.place)).fetchone()
    return frozenset(name for name, count in zip(asked, row or (), strict=True) if count)


def _codes_of(resource: str, filled: frozenset[str]) -> list[sql.Composable]:
    """Queries of `path`, `type` and `uri` over the columns of a batch's rows: the single values, then each JSON column.

    They stand after `from <the rows> as incoming, lateral`.
    """
    codes = [code for name, code in _codes(resource).items() if name in filled]
    single = [query for embedded, query in codes if not embedded]
    return [
        *([sql.SQL(" union all ").join(single)] if single else []),
        *(query for embedded, query in codes if embedded),
    ]


@cache
def _codes(resource: str) -> dict[str, tuple[bool, sql.Composable]]:
    """For each column that holds codes, whether it is JSON, and the query of its codes."""
    fields = RESOURCES[resource].fields
    found: dict[str, tuple[bool, sql.Composable]] = {}
    for column in columns(resource):
        if column.type is not None and column.type.kind is Kind.DESCRIPTOR:
            value = sql.Identifier("incoming", column.name)
            found[column.name] = (False, _query(column.paths[0], str(column.type.descriptor), value))
        elif column.type is None:
            inside = [
                _query(
                    path,
                    str(field.type.descriptor),
                    sql.SQL("jsonb_path_query({}, {}) #>> '{{}}'").format(
                        sql.Identifier("incoming", column.name), sql.Literal("$" + path[len(column.paths[0]) :])
                    ),
                )
                for path, field in fields.items()
                if field.type.kind is Kind.DESCRIPTOR
                and path.startswith((f"{column.paths[0]}.", f"{column.paths[0]}["))
            ]
            if inside:
                found[column.name] = (True, sql.SQL(" union all ").join(inside))
    return found


def _query(path: str, type_: str, value: sql.Composable) -> sql.Composable:
    return sql.SQL("select {} as path, {} as type, {} as uri").format(sql.Literal(path), sql.Literal(type_), value)


def _new_values(cursor: psycopg.Cursor, incoming: Incoming, codes: sql.Composable) -> list[tuple[str, str, str]]:
    statement = sql.SQL(
        "select path, type, uri from"
        " (select distinct code.path, code.type, code.uri from {} as incoming, lateral ({}) as code"
        " where code.uri is not null) as named"
        " where not exists (select from {} as known where known.uri = named.uri and descriptor_type = type)"
    ).format(incoming.place, codes, _TABLE)
    return cursor.execute(statement).fetchall()


def _take_out(
    cursor: psycopg.Cursor, incoming: Incoming, codes: sql.Composable, path: str, uri: str
) -> list[RefusedRow]:
    statement = sql.SQL(
        "delete from {} as incoming where exists (select from ({}) as code where path = %s and uri = %s)"
        " returning source_rows"
    ).format(incoming.place, codes)
    rows = cursor.execute(statement, [path, uri]).fetchall()
    return [RefusedRow(incoming.resource, tuple(source_rows), path) for (source_rows,) in rows]
