"""References inside collections: they have no foreign key, so that whoever writes or takes away a row looks them up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg
from psycopg import sql

from homeroom.model import RESOURCES
from homeroom.model.columns import columns, target_columns
from homeroom.model.declaration import Reference
from homeroom.record.document import Document
from homeroom.record.identifiers import names, table
from homeroom.record.keys import BASE_KEYS, base_key


@dataclass(frozen=True)
class Nested:
    """A reference inside a collection of `resource`: its JSON column, and the way from there as a path of SQL/JSON.

    `parts` gives for each part's name the column of the table of the resource that is named.
    """

    resource: str
    column: str
    path: str
    parts: tuple[tuple[str, str], ...]

    @property
    def filtered(self) -> str:
        """The path to those that hold the parts which stand in the variables of the same names."""
        return f"{self.path} ? ({' && '.join(f'@.{part} == ${part}' for part, _ in self.parts)})"

    @property
    def name(self) -> str:
        """The name of the reference itself."""
        return self.path.rpartition(".")[2]


@cache
def nested_to(target: str) -> tuple[Nested, ...]:
    """The references inside collections that can name a row of `target`, also as a kind of an abstract resource."""
    base = RESOURCES[target].subclass_of
    found = []
    for resource, definition in RESOURCES.items():
        owners = {c.paths[0]: c.name for c in columns(resource) if c.type is None}
        for path, member in definition.references.items():
            owner = path.replace("[", ".", 1).partition(".")[0]
            if owner not in owners or member.target not in (target, base):
                continue
            named = target_columns(member)
            if member.target == base:
                named = tuple(base_key(target)[BASE_KEYS[base].index(column)] for column in named)
            parts = tuple(zip((part for part, _ in member.parts), named, strict=True))
            found.append(Nested(resource, owners[owner], "$" + path[len(owner) :], parts))
    return tuple(found)


def missing_nested(connection: psycopg.Connection, taken: Document) -> Iterator[tuple[str, str]]:
    """The path and the target of each reference inside a collection that names nothing in the record."""
    for path, (member, parts) in taken.nested.items():
        if connection.execute(nested_target(member), list(parts.values())).fetchone() is None:
            yield path, member.target


_ALL = sql.SQL("true")


def nested_target(member: Reference, within: sql.Composable = _ALL) -> sql.Composed:
    """A question for the row that a reference names, of those that fulfil `within`, where it is known as `named`; the
    row stays until the transaction ends. Its parameters are the reference's parts."""
    return sql.SQL("select from {} as named where ({}) = ({}) and {} for key share").format(
        table(member.target),
        names(target_columns(member), "named"),
        sql.SQL(", ").join(sql.Placeholder() * len(member.parts)),
        within,
    )


def holder_of(connection: psycopg.Connection, target: str, id_: Any) -> str | None:
    """A resource of which a row names this row of `target` inside a collection; None where none does."""
    if not nested_to(target):
        return None
    row = connection.execute(holder_statement(target), {"id": id_}).fetchone()
    return row[0] if row else None


@cache
def holder_statement(target: str) -> sql.Composed:
    """A question for the resource of a row that names the row of `target` with %(id)s inside a collection.

    There must be collections that can: `nested_to` says so.
    """
    asked = [
        sql.SQL(
            "select {resource} as resource where exists (select from {table} as holder, {target} as named"
            " where named.id = %(id)s and jsonb_path_exists(holder.{column}, {path}, {key}))"
        ).format(
            resource=sql.Literal(nested.resource),
            table=table(nested.resource),
            target=table(target),
            column=sql.Identifier(nested.column),
            path=sql.Literal(nested.filtered),
            key=_values(nested, "named"),
        )
        for nested in nested_to(target)
    ]
    return sql.SQL(" union all ").join(asked) + sql.SQL(" limit 1")


def _values(nested: Nested, prefix: str) -> sql.Composed:
    """The parts of the reference that names a row, as a JSON object."""
    pairs = [
        sql.SQL("{}, {}").format(sql.Literal(part), sql.Identifier(prefix, column)) for part, column in nested.parts
    ]
    return sql.SQL("jsonb_build_object({})").format(sql.SQL(", ").join(pairs))


def renamed(value: Any, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Any:
    """A collection in which every reference `name` that held the parts `old` holds `new`."""
    if isinstance(value, list):
        return [renamed(item, name, old, new) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: dict(new) if key == name and inner == old else renamed(inner, name, old, new)
        for key, inner in value.items()
    }
