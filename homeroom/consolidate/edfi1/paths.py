"""Where a value stands in an element of Ed-Fi 1.0, as data; and the SQL that takes it out of the landed document.

A path names elements from the outside in: `Name/FirstName`. `A | B` is the first of the two that says something,
`@x` an attribute, `.` the item itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from homeroom.consolidate.database import literal


@dataclass(frozen=True)
class Constant:
    """The same text everywhere."""

    text: str


@dataclass(frozen=True)
class Given:
    """SQL of the texts at `paths`, which stand in it as {0}, {1}…"""

    sql: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Items:
    """A list: one item for each element at `path`, with its `fields`.

    As JSON text, unless `as_json` is False: then a list of structs, for the mapping to take apart. `keep` names the
    fields without any of which an item says nothing; without it every item is kept.
    """

    path: str
    fields: Mapping[str, Value]
    as_json: bool = True
    keep: tuple[str, ...] = ()


Value = str | Constant | Given | Items
Columns = Mapping[str, Value]


def given(sql: str, *paths: str) -> Given:
    return Given(sql, paths)


def prefixed(at: str, columns: Columns) -> dict[str, Value]:
    """The same columns with their paths below `at`."""
    return {name: _below(at, value) for name, value in columns.items()}


def select(columns: Columns, documents: str) -> str:
    """A SELECT of `source_row` and the columns from a relation of `source_row` and `document`.

    A document is parsed once, into a struct of what the columns want of it.
    """
    listed = "".join(f', {_sql(value, "d", 0)} as "{name}"' for name, value in columns.items())
    wanted = literal(json.dumps(_structure(columns)))
    return (
        f"select source_row{listed} from (select source_row, json_transform(document, {wanted}) as d from {documents})"
    )


def wanted(columns: Columns) -> set[tuple[str, ...]]:
    """The places that the columns are taken from, each as the names from the outside in."""
    return set(_wanted(columns.values()))


def _below(at: str, value: Value) -> Value:
    if isinstance(value, str):
        return " | ".join(f"{at}/{path.strip()}" for path in value.split("|"))
    if isinstance(value, Given):
        return Given(value.sql, tuple(str(_below(at, path)) for path in value.paths))
    if isinstance(value, Items):
        return Items(f"{at}/{value.path}", value.fields, value.as_json, value.keep)
    return value


def _structure(columns: Columns) -> dict[str, Any]:
    """What is wanted of a document, as `json_transform` takes it."""
    structure: dict[str, Any] = {}
    for steps in sorted(wanted(columns), key=len, reverse=True):
        here = structure
        for depth, step in enumerate(steps):
            if step.startswith("@"):
                here[step] = "VARCHAR"
            elif depth == len(steps) - 1:
                here.setdefault(step, ["VARCHAR"])
            else:
                here = here.setdefault(step, [{}])[0]
    return structure


def _wanted(values: Iterable[Value]) -> Iterator[tuple[str, ...]]:
    for value in values:
        if isinstance(value, str):
            yield from (_steps(path) for path in value.split("|"))
        elif isinstance(value, Given):
            yield from _wanted(value.paths)
        elif isinstance(value, Items):
            for steps in _wanted(value.fields.values()):
                yield (*_steps(value.path), *steps)


def _steps(path: str) -> tuple[str, ...]:
    return tuple(step for step in path.strip().split("/") if step != ".")


def _sql(value: Value, owner: str, depth: int) -> str:
    if isinstance(value, Constant):
        return literal(value.text)
    if isinstance(value, Given):
        return value.sql.format(*(_sql(path, owner, depth) for path in value.paths))
    if isinstance(value, Items):
        return _items(value, owner, depth + 1)
    texts = [_text(_steps(path), owner) for path in value.split("|")]
    return texts[0] if len(texts) == 1 else f"coalesce({', '.join(texts)})"


def _text(steps: tuple[str, ...], owner: str) -> str:
    at = owner + "".join(f'."{step}"' + ("" if step.startswith("@") else "[1]") for step in steps)
    return f"nullif(trim({at}), '')"


def _items(items: Items, owner: str, depth: int) -> str:
    """The list at the items' path, all the way down, each element as a struct of the fields."""
    first, *below = _steps(items.path)
    listed = f'{owner}."{first}"'
    for level, step in enumerate(below):
        variable = f"w{depth}{level}"
        listed = f'flatten(list_transform({listed}, lambda {variable}: {variable}."{step}"))'
    item = f"x{depth}"
    fields = ", ".join(f"'{name}': {_sql(value, item, depth)}" for name, value in items.fields.items())
    made = f"list_transform({listed}, lambda {item}: {{{fields}}})"
    if items.keep:
        said = " or ".join(f'y{depth}."{name}" is not null' for name in items.keep)
        made = f"list_filter({made}, lambda y{depth}: {said})"
    # An inner list becomes a part of the outer one's JSON.
    if depth > 1 or not items.as_json:
        return made
    return f"case when len({made}) > 0 then to_json({made})::varchar end"
