"""A row's document as JSON text, whole or with some of its fields: an expression that a statement selects."""

from __future__ import annotations

from functools import cache

from psycopg import sql

from homeroom.model import RESOURCES
from homeroom.model.columns import Column, columns
from homeroom.model.declaration import Collection, Kind, Reference

# Of a list, an item; each depth has a name of its own.
_ITEM = "item_{}"


@cache
def shown_document(resource: str, fields: frozenset[str] | None = None) -> sql.Composed:
    """The document of the `row` that a statement reads, with its `id`, `_etag` and `_lastModifiedDate`.

    `fields`: the JSON paths of what is in it, as `homeroom.model` has them (`addresses[*].city`,
    `schoolReference.schoolId`); None for all. Of a reference the parts are there that are named.
    """
    held = {path: column for column in columns(resource) for path in column.paths}
    members: list[sql.Composable] = [_member("id", sql.SQL("encode(uuid_send(row.id), 'hex')"))]
    for name, member in RESOURCES[resource].members.items():
        shown: sql.Composable | None
        if isinstance(member, Reference):
            parts = [part for part, _ in member.parts if fields is None or f"{name}.{part}" in fields]
            every = [held[f"{name}.{part}"] for part, _ in member.parts]
            shown = _reference([(part, held[f"{name}.{part}"]) for part in parts], every) if parts else None
        elif isinstance(member, Collection):
            shown = _collection(sql.Identifier("row", held[name].name), member, name, fields, 0)
        else:
            shown = _json(held[name]) if fields is None or name in fields else None
        if shown is not None:
            members.append(_member(name, shown))
    members.append(_member("_etag", sql.SQL("row.change_version::text")))
    modified = sql.SQL("(to_json(row.last_modified at time zone 'UTC') #>> '{}') || 'Z'")
    members.append(_member("_lastModifiedDate", modified))
    return sql.SQL("json_object({} absent on null returning text)").format(sql.SQL(", ").join(members))


def _member(name: str, value: sql.Composable) -> sql.Composed:
    return sql.SQL("{} value {}").format(sql.Literal(name), value)


def _reference(parts: list[tuple[str, Column]], every: list[Column]) -> sql.Composed:
    return sql.SQL("case when {} then json_object({}) end").format(
        sql.SQL(" and ").join(sql.SQL("{} is not null").format(sql.Identifier("row", column.name)) for column in every),
        sql.SQL(", ").join(_member(part, _json(column)) for part, column in parts),
    )


def _json(column: Column) -> sql.Composable:
    value = sql.Identifier("row", column.name)
    if column.type and column.type.kind is Kind.DATETIME:
        return sql.SQL("(to_json({}) #>> '{{}}') || 'Z'").format(value)
    return value


def _collection(
    value: sql.Composable, member: Collection, path: str, fields: frozenset[str] | None, depth: int
) -> sql.Composable | None:
    """What is shown of the JSON `value` of a collection at `path`; None where none of its fields is."""
    inside = f"{path}." if member.single else f"{path}[*]."
    if fields is None or _leaves(member, inside) <= fields:
        return sql.SQL("jsonb_strip_nulls({})").format(value)
    item = value if member.single else sql.Identifier(_ITEM.format(depth))
    shown = []
    for name, inner in member.element.members.items():
        own = sql.SQL("{} -> {}").format(item, sql.Literal(name))
        if isinstance(inner, Collection):
            told = _collection(sql.SQL("({})").format(own), inner, inside + name, fields, depth + 1)
        elif isinstance(inner, Reference):
            told = _nested_reference(own, inner, inside + name, fields)
        else:
            told = own if inside + name in fields else None
        if told is not None:
            shown += [sql.Literal(name), told]
    if not shown:
        return None
    made = sql.SQL("jsonb_strip_nulls(jsonb_build_object({}))").format(sql.SQL(", ").join(shown))
    if member.single:
        return sql.SQL("case when {} is not null then {} end").format(value, made)
    return sql.SQL("(select jsonb_agg({}) from jsonb_array_elements({}) as {})").format(made, value, item)


def _nested_reference(
    value: sql.Composable, member: Reference, path: str, fields: frozenset[str]
) -> sql.Composable | None:
    parts = [part for part, _ in member.parts if f"{path}.{part}" in fields]
    if not parts:
        return None
    told = [one for part in parts for one in (sql.Literal(part), sql.SQL("{} -> {}").format(value, sql.Literal(part)))]
    return sql.SQL("case when {} is not null then jsonb_build_object({}) end").format(value, sql.SQL(", ").join(told))


def _leaves(member: Collection, inside: str) -> frozenset[str]:
    """The paths of all single values in a collection."""
    found: set[str] = set()
    for name, inner in member.element.members.items():
        path = inside + name
        if isinstance(inner, Collection):
            found |= _leaves(inner, f"{path}." if inner.single else f"{path}[*].")
        elif isinstance(inner, Reference):
            found |= {f"{path}.{part}" for part, _ in inner.parts}
        else:
            found.add(path)
    return frozenset(found)
