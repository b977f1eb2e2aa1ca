"""The record's descriptor values: the standard's own, and those that a source defines in a namespace of its own.

The standard's values are in the table from the beginning, and nobody adds to its namespace: a URI of `uri://ed-fi.org/`
that is not there is a mistake. A source may have values of its own (a district's bus routes, its kinds of exit): a
batch has been cleaned, so that its unknown values in other namespaces are added as the source's own. A single document
was not: what it names must be there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

import psycopg
from psycopg import sql

from homeroom.model import DESCRIPTORS, RESOURCES
from homeroom.model.columns import columns
from homeroom.model.declaration import Kind
from homeroom.model.descriptor import STANDARD_NAMESPACE
from homeroom.record.dangling import RefusedRow
from homeroom.record.identifiers import SCHEMA, table
from homeroom.record.incoming import Incoming

_TABLE = sql.Identifier(SCHEMA, "descriptor")
_ADD = sql.SQL(
    """
    insert into {table} (uri, descriptor_type, namespace, code_value, short_description, description)
    select namespace || '#' || code, type, namespace, code, code, code
    from unnest(%s::text[], %s::text[], %s::text[]) as value(type, namespace, code)
    on conflict do nothing
    """
).format(table=_TABLE)


_FILLED = sql.SQL(
    "select obj_description(%s::regnamespace, 'pg_namespace'), (select count(*) from {} where namespace like %s)"
).format(_TABLE)


def fill(connection: psycopg.Connection) -> None:
    """Put the standard's values into the table, where those of this version are not there."""
    # To look for each of them takes a fifth of a second: the schema bears a mark of which it has.
    rows, filled = _standard_values(), f"Values of descriptors: {_digest()}"
    told = connection.execute(_FILLED, [SCHEMA, f"{STANDARD_NAMESPACE}%"]).fetchone()
    if told != (filled, len(rows)):
        connection.execute(_ADD, [list(column) for column in zip(*rows, strict=True)])
        connection.execute(sql.SQL("comment on schema {} is {}").format(sql.Identifier(SCHEMA), sql.Literal(filled)))


@cache
def _standard_values() -> list[tuple[str, str, str]]:
    return [(name, type_.namespace, code) for name, type_ in DESCRIPTORS.items() for code in type_.values()]


@cache
def _digest() -> str:
    return sha256(repr(_standard_values()).encode()).hexdigest()


# Of descriptor types and URIs, of which there is an array each, the pairs that the record doesn't know.
UNKNOWN = sql.SQL(
    "select type, uri from unnest(%(_types)s::text[], %(_uris)s::text[]) as wanted(type, uri) where not exists ("
    "select from {} as known where known.uri = wanted.uri and known.descriptor_type = wanted.type)"
).format(_TABLE)


def arrays_of(codes: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The parameters of `UNKNOWN` for pairs of descriptor type and URI."""
    wanted = sorted(set(codes))
    return {"_types": [type_ for type_, _ in wanted], "_uris": [uri for _, uri in wanted]}


def unknown(connection: psycopg.Connection, codes: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of pairs of descriptor type and URI, those that the record doesn't know."""
    wanted = arrays_of(codes)
    return set(connection.execute(UNKNOWN, wanted).fetchall()) if wanted["_uris"] else set()


@cache
def user_statement(descriptor: str) -> sql.Composed | None:
    """A question for a resource of which a row holds the code %(uri)s of a descriptor type; None where no field can."""
    asked = []
    for resource in RESOURCES:
        for code in _codes(resource):
            if code.type == descriptor:
                place = sql.Identifier(code.column)
                held = sql.SQL("{} = %(uri)s").format(place)
                if code.inside is not None:
                    held = sql.SQL("jsonb_path_exists({}, {}, jsonb_build_object('uri', %(uri)s::text))").format(
                        place, sql.Literal(f"{code.inside} ? (@ == $uri)")
                    )
                asked.append(
                    sql.SQL("select {} as resource where exists (select from {} where {})").format(
                        sql.Literal(resource), table(resource), held
                    )
                )
    return sql.SQL(" union all ").join(asked) + sql.SQL(" limit 1") if asked else None


def refuse_unknown(cursor: psycopg.Cursor, incoming: Incoming) -> list[RefusedRow]:
    """Add a batch's new values in other namespaces than the standard's; take out the rows with any other new value."""
    codes = _filled(cursor, incoming)
    if not codes:
        return []
    found = _new_values(cursor, incoming, codes)
    own = {(type_, uri) for _, type_, uri in found if not uri.startswith(STANDARD_NAMESPACE) and _is_of(uri, type_)}
    if own:
        parts = [(type_, *uri.partition("#")[::2]) for type_, uri in sorted(own)]
        cursor.execute(_ADD, [list(column) for column in zip(*parts, strict=True)])
    at = {code.path: code for code in codes}
    return [
        row
        for path, type_, uri in found
        if (type_, uri) not in own
        for row in _take_out(cursor, incoming, at[path], uri)
    ]


@dataclass(frozen=True)
class _Code:
    """A field that holds codes of a type, and the column that holds the field; where that is JSON, the way `inside`."""

    path: str
    type: str
    column: str
    inside: str | None

    @property
    def held(self) -> sql.Composable:
        """What a row holds: the code, or a JSON array of all that are inside."""
        column = sql.Identifier("incoming", self.column)
        if self.inside is None:
            return column
        return sql.SQL("jsonb_path_query_array({}, {})").format(column, sql.Literal(self.inside))


def _is_of(uri: str, type_: str) -> bool:
    namespace, _, code = uri.partition("#")
    return bool(code) and namespace.endswith(f"/{type_}")


def _filled(cursor: psycopg.Cursor, incoming: Incoming) -> list[_Code]:
    """The codes in columns of which any row holds something: most sources fill a few of a resource's columns."""
    codes = _codes(incoming.resource)
    asked = list(dict.fromkeys(code.column for code in codes))
    if not asked:
        return []
    counts = sql.SQL(", ").join(sql.SQL("count({})").format(sql.Identifier(name)) for name in asked)
    row = cursor.execute(sql.SQL("select {} from {}").format(counts, incoming.place)).fetchone()
    filled = {name for name, count in zip(asked, row or (), strict=True) if count}
    return [code for code in codes if code.column in filled]


@cache
def _codes(resource: str) -> tuple[_Code, ...]:
    fields = RESOURCES[resource].fields
    found: list[_Code] = []
    for column in columns(resource):
        outside = column.paths[0]
        if column.type is not None and column.type.kind is Kind.DESCRIPTOR:
            found.append(_Code(outside, str(column.type.descriptor), column.name, None))
        elif column.type is None:
            found += [
                _Code(path, str(field.type.descriptor), column.name, "$" + path[len(outside) :])
                for path, field in fields.items()
                if field.type.kind is Kind.DESCRIPTOR and path.startswith((f"{outside}.", f"{outside}["))
            ]
    return tuple(found)


def _new_values(cursor: psycopg.Cursor, incoming: Incoming, codes: Sequence[_Code]) -> list[tuple[str, str, str]]:
    """Path, type and URI of each value that the table doesn't have.

    Many rows hold the same few values together: the rows are read once for all fields, and what is looked at is what
    they hold, not the rows.
    """
    held, named = [], []
    for number, code in enumerate(codes):
        name = sql.Identifier(f"held_{number}")
        held.append(sql.SQL("{} as {}").format(code.held, name))
        value = name if code.inside is None else sql.SQL("jsonb_array_elements_text({})").format(name)
        named.append(
            sql.SQL("select {} as path, {} as type, {} as uri").format(
                sql.Literal(code.path), sql.Literal(code.type), value
            )
        )
    statement = sql.SQL(
        "select path, type, uri from (select distinct code.path, code.type, code.uri"
        " from (select distinct {} from {} as incoming) as held, lateral ({}) as code"
        " where code.uri is not null) as named"
        " where not exists (select from {} as known where known.uri = named.uri and descriptor_type = type)"
        " order by path, uri"
    ).format(sql.SQL(", ").join(held), incoming.place, sql.SQL(" union all ").join(named), _TABLE)
    return cursor.execute(statement).fetchall()


def _take_out(cursor: psycopg.Cursor, incoming: Incoming, code: _Code, uri: str) -> list[RefusedRow]:
    holds = sql.SQL("{} = %s" if code.inside is None else "%s in (select jsonb_array_elements_text({}))")
    statement = sql.SQL("delete from {} as incoming where {} returning source_rows")
    rows = cursor.execute(statement.format(incoming.place, holds.format(code.held)), [uri]).fetchall()
    return [RefusedRow(incoming.resource, tuple(source_rows), code.path) for (source_rows,) in rows]
