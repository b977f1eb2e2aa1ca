"""The record's names, and how they stand in a statement: quoted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from psycopg import sql

from homeroom.model import columns as shape

SCHEMA = "edfi"
# The same tables, as they were on an earlier day.
EARLIER_DAYS = "edfi_earlier"


def table(resource: str) -> sql.Identifier:
    """The table of a resource, or of an abstract one."""
    return sql.Identifier(SCHEMA, shape.table_name(resource))


def names(columns: Iterable[str], prefix: str | None = None) -> sql.Composed:
    """Columns, with commas between them; `prefix` is the name under which a statement knows their table."""
    return sql.SQL(", ").join(sql.Identifier(prefix, name) if prefix else sql.Identifier(name) for name in columns)


def equal(columns: Iterable[str], left: str, right: str) -> sql.Composed:
    """That two rows have the same values, none of them NULL, in `columns`."""
    return sql.SQL(" and ").join(
        sql.SQL("{} = {}").format(sql.Identifier(left, name), sql.Identifier(right, name)) for name in columns
    )


def as_json(columns: Iterable[str], prefix: str) -> sql.Composed:
    """A JSON object of columns, by their names."""
    pairs = [sql.SQL("{} value {}").format(sql.Literal(name), sql.Identifier(prefix, name)) for name in columns]
    return sql.SQL("json_object({} returning jsonb)").format(sql.SQL(", ").join(pairs))


def model_columns(resource: str) -> list[str]:
    """The names of the columns that the model gives to a resource's table."""
    return [column.name for column in shape.columns(resource)]


def analyze(resource: str, place: sql.Identifier) -> sql.Composed:
    """Tell the planner of the columns by which rows of `place` are found and joined.

    The long ones, of which this would take longer than writing them, are left to the server's own time.
    """
    own = dict.fromkeys([*shape.key_columns(resource), *(c for f in shape.foreign_keys(resource) for c in f.columns)])
    return sql.SQL("analyze {} ({})").format(place, names(own))


def reference_constraint(resource: str, path: str) -> str:
    """The name of the foreign key of a top-level reference."""
    return constraint_name("fk", shape.table_name(resource), shape.snake(path.removesuffix("Reference")))


def constraint_name(*parts: str) -> str:
    """A constraint's name of at most 63 bytes, cut with a hash so that two never collide."""
    name = "_".join(parts)
    if len(name) <= 63:
        return name
    return f"{name[:54]}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
