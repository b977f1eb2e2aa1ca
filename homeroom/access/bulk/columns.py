"""The columns of a resource as a file of Parquet, made from the model: what JSON has inside of an object or a list is a
struct or a list there, so that a delta has the same columns as the whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from homeroom.model import RESOURCES
from homeroom.model.columns import Column
from homeroom.model.declaration import Collection, Kind, Member, Reference, ValueType
from homeroom.record.change_queries import Log
from homeroom.record.changes import key_name

_TYPES = {
    Kind.TEXT: "VARCHAR",
    Kind.INTEGER: "INTEGER",
    Kind.LONG: "BIGINT",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.TIME: "TIME",
    Kind.DATETIME: "TIMESTAMP WITH TIME ZONE",
    Kind.DESCRIPTOR: "VARCHAR",
}


def columns_of(resource: str, fields: frozenset[str]) -> str:
    """The columns of a resource with these fields, by their JSON paths, as DuckDB takes the structure of JSON."""
    own = _structure(RESOURCES[resource].members, "", fields)
    return json.dumps({"id": "VARCHAR", **own, "_etag": "VARCHAR", "_lastModifiedDate": _TYPES[Kind.DATETIME]})


def columns_of_log(log: Log, told: Sequence[Column]) -> str:
    """The columns of what was deleted, or had its key changed; `told`: the columns of the key that are in it."""
    key = {key_name(column): _type(column.type) for column in told if column.type}
    return json.dumps({"id": "VARCHAR", "changeVersion": "BIGINT", **{name: key for name, _ in log.value[1]}})


def _structure(members: Mapping[str, Member], before: str, fields: frozenset[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, member in members.items():
        path = f"{before}{name}"
        if isinstance(member, Collection):
            inner = _structure(member.element.members, f"{path}." if member.single else f"{path}[*].", fields)
            if inner:
                found[name] = inner if member.single else [inner]
        elif isinstance(member, Reference):
            parts = {part: _type(type_) for part, type_ in member.parts if f"{path}.{part}" in fields}
            if parts:
                found[name] = parts
        elif path in fields:
            found[name] = _type(member.type)
    return found


def _type(type_: ValueType) -> str:
    if type_.kind is Kind.DECIMAL:
        return f"DECIMAL({type_.precision}, {type_.scale})"
    return _TYPES[type_.kind]
