"""A row's document as JSON text, whole or with some of its fields: an expression that a statement selects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from psycopg import sql

from homeroom.model import RESOURCES
from homeroom.model.columns import EDUCATION_ORGANIZATION, Column, columns, part_identity
from homeroom.model.declaration import Collection, Kind, Reference

# Whether a value that identifies somebody of a kind ("Student") is within reach.
Reached = Callable[[sql.Composable, str], sql.Composable]


@dataclass(frozen=True)
class ItemsTold:
    """Of the list at the JSON path `path` those items of which the `field` is one of `codes`, or, where they are not
    `meant`, is none of them. A code is a URI, or what stands behind its #."""

    path: str
    field: str
    meant: bool
    codes: frozenset[str]


# Of a list, an item; each depth has a name of its own.
_ITEM = "item_{}"


@cache
def shown_document(
    resource: str,
    fields: frozenset[str] | None = None,
    reached: Reached | None = None,
    items: tuple[ItemsTold, ...] = (),
) -> sql.Composed:
    """The document of the `row` that a statement reads, with its `id`, `_etag` and `_lastModifiedDate`.

    `fields`: the JSON paths of what is in it, as `homeroom.model` has them (`addresses[*].city`,
    `schoolReference.schoolId`); None for all. Of a reference the parts are there that are named. `reached`: who may be
    named beside the key; a reference that names anyone else is not there, and in a collection the item that holds it.
    `items`: of which lists only some items are there.
    """
    held = {path: column for column in columns(resource) for path in column.paths}
    members: list[sql.Composable] = [_member("id", sql.SQL("encode(uuid_send(row.id), 'hex')"))]
    for name, member in RESOURCES[resource].members.items():
        shown: sql.Composable | None
        if isinstance(member, Reference):
            parts = [part for part, _ in member.parts if fields is None or f"{name}.{part}" in fields]
            every = [held[f"{name}.{part}"] for part, _ in member.parts]
            shown = _reference([(part, held[f"{name}.{part}"]) for part in parts], every, reached) if parts else None
        elif isinstance(member, Collection):
            shown = _collection(sql.Identifier("row", held[name].name), member, name, fields, reached, items, 0)
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


def _reference(parts: list[tuple[str, Column]], every: list[Column], reached: Reached | None) -> sql.Composed:
    conditions: list[sql.Composable] = [
        sql.SQL("{} is not null").format(sql.Identifier("row", column.name)) for column in every
    ]
    if reached:
        conditions += [
            reached(sql.Identifier("row", column.name), column.identifies)
            for column in every
            if not column.key and column.identifies and column.identifies != EDUCATION_ORGANIZATION
        ]
    return sql.SQL("case when {} then json_object({}) end").format(
        sql.SQL(" and ").join(conditions),
        sql.SQL(", ").join(_member(part, _json(column)) for part, column in parts),
    )


def _json(column: Column) -> sql.Composable:
    value = sql.Identifier("row", column.name)
    if column.type and column.type.kind is Kind.DATETIME:
        return sql.SQL("(to_json({}) #>> '{{}}') || 'Z'").format(value)
    return value


def _collection(
    value: sql.Composable,
    member: Collection,
    path: str,
    fields: frozenset[str] | None,
    reached: Reached | None,
    items: tuple[ItemsTold, ...],
    depth: int,
) -> sql.Composable | None:
    """What is shown of the JSON `value` of a collection at `path`; None where none of its fields is."""
    inside = f"{path}." if member.single else f"{path}[*]."
    whole = fields is None or _leaves(member, inside) <= fields
    chosen = any(one.path == path or one.path.startswith((f"{path}.", f"{path}[")) for one in items)
    if whole and not chosen and not (reached and _names_somebody(member)):
        return sql.SQL("jsonb_strip_nulls({})").format(value)
    item = value if member.single else sql.Identifier(_ITEM.format(depth))
    shown = []
    for name, inner in member.element.members.items():
        own = sql.SQL("{} -> {}").format(item, sql.Literal(name))
        if isinstance(inner, Collection):
            told = _collection(sql.SQL("({})").format(own), inner, inside + name, fields, reached, items, depth + 1)
        elif isinstance(inner, Reference):
            told = _nested_reference(own, inner, inside + name, fields)
        else:
            told = own if fields is None or inside + name in fields else None
        if told is not None:
            shown += [sql.Literal(name), told]
    if not shown:
        return None
    made = sql.SQL("jsonb_strip_nulls(jsonb_build_object({}))").format(sql.SQL(", ").join(shown))
    within = [
        *(_within(item, member, reached) if reached else []),
        *(_told(item, one) for one in items if one.path == path),
    ]
    if member.single:
        there = sql.SQL(" and ").join([sql.SQL("{} is not null").format(value), *within])
        return sql.SQL("case when {} then {} end").format(there, made)
    where = sql.SQL(" where ") + sql.SQL(" and ").join(within) if within else sql.SQL("")
    return sql.SQL("(select jsonb_agg({}) from jsonb_array_elements({}) as {}{})").format(
        made, value, sql.Identifier(_ITEM.format(depth)), where
    )


def _within(item: sql.Composable, member: Collection, reached: Reached) -> list[sql.Composable]:
    """What an item has to fulfil: each person whom one of its references names is within reach."""
    conditions: list[sql.Composable] = []
    for name, part, kind in _named(member):
        value = sql.SQL("({} -> {} ->> {})").format(item, sql.Literal(name), sql.Literal(part))
        conditions.append(sql.SQL("({} is null or {})").format(value, reached(value, kind)))
    return conditions


def _told(item: sql.Composable, one: ItemsTold) -> sql.Composed:
    value = sql.SQL("({} ->> {})").format(item, sql.Literal(one.field))
    codes = sql.Literal(sorted(one.codes))
    return sql.SQL("{} coalesce({} = any({}) or split_part({}, '#', 2) = any({}), false)").format(
        sql.SQL("" if one.meant else "not"), value, codes, value, codes
    )


def _named(member: Collection) -> list[tuple[str, str, str]]:
    """The references of an item that name a person, by name, with the part that does, and the kind of person."""
    return [
        (name, part, kind)
        for name, inner in member.element.members.items()
        if isinstance(inner, Reference)
        for part, _ in inner.parts
        if (kind := part_identity(part)) and kind != EDUCATION_ORGANIZATION
    ]


def _names_somebody(member: Collection) -> bool:
    """Whether an item of a collection, or of one inside it, names a person."""
    inner = (one for one in member.element.members.values() if isinstance(one, Collection))
    return bool(_named(member)) or any(_names_somebody(one) for one in inner)


def students_inside(resource: str, fields: frozenset[str] | None = None) -> list[sql.Composable]:
    """Of each collection of a `row` that names students, and of which something is shown, an array of them."""
    found: list[sql.Composable] = []
    for column in columns(resource):
        if column.collection is None:
            continue
        root = f"{column.paths[0]}." if column.collection.single else f"{column.paths[0]}[*]."
        if fields is not None and fields.isdisjoint(_leaves(column.collection, root)):
            continue
        for steps, kind in ways_to_persons(column.collection):
            if kind != "Student":
                continue
            # In PostgreSQL's lax mode a step into a list is one into each of its items.
            way = "$" + "".join(f'."{step}"' for step in steps)
            found.append(
                sql.SQL("array(select one #>> '{{}}' from jsonb_path_query({}, {}) as one)").format(
                    sql.Identifier("row", column.name), sql.Literal(way)
                )
            )
    return found


def ways_to_persons(member: Collection) -> list[tuple[tuple[str, ...], str]]:
    """The steps from a collection to each part of a reference in it that names a person, with the kind of person."""
    own: list[tuple[tuple[str, ...], str]] = [((name, part), kind) for name, part, kind in _named(member)]
    inner = [
        ((name, *way), kind)
        for name, one in member.element.members.items()
        if isinstance(one, Collection)
        for way, kind in ways_to_persons(one)
    ]
    return [*own, *inner]


def _nested_reference(
    value: sql.Composable, member: Reference, path: str, fields: frozenset[str] | None
) -> sql.Composable | None:
    parts = [part for part, _ in member.parts if fields is None or f"{path}.{part}" in fields]
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
