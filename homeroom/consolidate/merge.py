"""Merge: the rows that sources hold about one thing become one row, and keep who said what.

For every value the first source in the district's order that says anything wins, or whatever else the district lets
decide (`homeroom.consolidate.survivorship`); within one source the later delivery, then the later line. Collections are
joined item by item, by what makes an item unique in the standard. Each merged row carries `source_rows`, the rows that
it came from with the believed one first, and, where there were several, `said`: for every field the rows that spoke of
it, the believed one first, with their values where they are several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from homeroom.consolidate.database import PARQUET, in_parts, literal
from homeroom.consolidate.survivorship import Decides
from homeroom.model.columns import Column, columns, key_columns
from homeroom.model.declaration import Kind

_SQL_TYPES = {
    Kind.TEXT: "VARCHAR",
    Kind.DESCRIPTOR: "VARCHAR",
    Kind.INTEGER: "INTEGER",
    Kind.LONG: "BIGINT",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.TIME: "TIME",
    Kind.DATETIME: "TIMESTAMP",
}


@dataclass(frozen=True)
class IdentifiedTable:
    """A cleaned table of one delivery whose identities are the record's. `precedence`: lower is believed first."""

    path: Path
    precedence: int


@dataclass(frozen=True)
class PartOfKeys:
    """One of as many parts as `of` says, into which the keys of a table are divided by their hash; the first is 0."""

    number: int
    of: int


def sql_type(column: Column) -> str:
    """The DuckDB type of a column of the record; collections and objects are JSON text."""
    if column.type is None:
        return "VARCHAR"
    if column.type.kind is Kind.DECIMAL:
        return f"DECIMAL({column.type.precision},{column.type.scale})"
    return _SQL_TYPES[column.type.kind]


def merge(
    connection: duckdb.DuckDBPyConnection,
    resource: str,
    tables: Sequence[IdentifiedTable],
    into: Path,
    decides: Mapping[str, Decides] | None = None,
    part: PartOfKeys | None = None,
) -> int:
    """Write the merged rows of `resource` to the Parquet file `into`; gives their number.

    `decides`: by what, for the columns that are not decided by precedence. `part`: those keys alone.

    The file has every column of the record's table, then `source_rows BIGINT[]` and `said VARCHAR` (JSON or null).
    """
    shape = columns(resource)
    # Most sources fill a few of a resource's columns: only those cost anything.
    sent = _held(connection, tables)
    held = [column for column in shape if column.key or column.name in sent]
    _read(connection, resource, held, tables, part)
    _merge_rows_of_several(connection, resource, held, decides or {})
    names = ", ".join(
        _quoted(c.name) if c in held else f"cast(null as {sql_type(c)}) as {_quoted(c.name)}" for c in shape
    )
    keys = ", ".join(_quoted(name) for name in key_columns(resource))
    written = connection.execute(
        f"""
        copy (
            select {names}, [source_row] as source_rows, cast(null as varchar) as said
            from merge_input anti join merge_repeated using ({keys})
            union all
            select {names}, source_rows, said from merged_several
        ) to {literal(into)} ({PARQUET})
        """
    ).fetchone()
    return int(written[0]) if written else 0


def _held(connection: duckdb.DuckDBPyConnection, tables: Sequence[IdentifiedTable]) -> set[str]:
    """The columns that any of the tables has."""
    describing = [connection.execute(f"describe from {literal(table.path)}").fetchall() for table in tables]
    return {row[0] for rows in describing for row in rows}


def _read(
    connection: duckdb.DuckDBPyConnection,
    resource: str,
    shape: Sequence[Column],
    tables: Sequence[IdentifiedTable],
    part: PartOfKeys | None,
) -> None:
    """All rows that have a whole key, of `part`, as `merge_input`, and the keys that several of them have as
    `merge_repeated`."""
    selects = []
    for table in tables:
        present = _held(connection, [table])
        values = ", ".join(
            f'cast({_quoted(c.name) if c.name in present else "null"} as {sql_type(c)}) as "{c.name}"' for c in shape
        )
        selects.append(
            f"select source_row, {table.precedence}::integer as precedence, {values} from {literal(table.path)}"
        )
    key = ", ".join(_quoted(name) for name in key_columns(resource))
    whole_key = " and ".join(f"{_quoted(name)} is not null" for name in key_columns(resource))
    in_part = f" and hash({key}) % {part.of} = {part.number}" if part else ""
    connection.execute(
        f"""
        create or replace temp table merge_input as
            select * from ({" union all ".join(selects)}) where {whole_key}{in_part};
        create or replace temp table merge_repeated as
            select {key} from merge_input group by {key} having count(*) > 1;
        """
    )


def _merge_rows_of_several(
    connection: duckdb.DuckDBPyConnection, resource: str, shape: Sequence[Column], decides: Mapping[str, Decides]
) -> None:
    """`merged_several`: one row for each key that several rows have, with who said what."""
    key = ", ".join(_quoted(name) for name in key_columns(resource))
    counted = connection.execute(f"select count(*) from merge_input semi join merge_repeated using ({key})").fetchone()
    into = "create or replace temp table merged_several as"
    for among in in_parts(counted[0] if counted else 0, key):
        _merge_those(connection, resource, shape, decides, f"(from merge_repeated where {among})")
        connection.execute(f"{into} from merged_now")
        into = "insert into merged_several"


def _merge_those(
    connection: duckdb.DuckDBPyConnection,
    resource: str,
    shape: Sequence[Column],
    decides: Mapping[str, Decides],
    repeated: str,
) -> None:
    """`merge_several`: the rows with one of the `repeated` keys, in one order of `belief`, the believed ones first; and
    `merged_now`: one row for each of these keys."""
    key = ", ".join(_quoted(name) for name in key_columns(resource))
    connection.execute(
        f"""
        create or replace temp table merge_several as
        select *, row_number() over (order by precedence, source_row desc) as belief
        from merge_input semi join {repeated} as repeated using ({key})
        """
    )
    rest = [column for column in shape if not column.key]
    believed = "".join(f", {_believed(c.name, decides.get(c.name))} as {_quoted(c.name)}" for c in rest)
    # One list of whole rows is sorted for each key, after it is made: ten times as quick as lists made in order, and
    # an order for each column would cost as many sorts.
    packed = "".join(f", {_quoted(column.name)} := {_quoted(column.name)}" for column in rest)
    connection.execute(
        f"""
        create or replace temp table merged_now as
        select {key}{believed}, list_transform(rows, r -> r.source_row) as source_rows, {_said(rest)} as said
        from (
            select {key}, list_sort(list(struct_pack(
                belief := belief, source_row := source_row, precedence := precedence{packed}))) as rows
            from merge_several group by {key}
        )
        """
    )
    for column in shape:
        if column.collection is not None and not column.collection.single:
            _join_items(connection, key_columns(resource), column.name, column.collection.unique_by)


def _believed(column: str, decides: Decides | None) -> str:
    """An expression of the value that wins among `rows`, which are in the order of belief."""
    value = f"r.{_quoted(column)}"
    if decides in (None, Decides.AUTHORITY):
        return f"list_filter(list_transform(rows, r -> {value}), v -> v is not null)[1]"
    same = f"list_filter(rows, other -> other.{_quoted(column)} = {value})"
    weight = {
        # Files are numbered in the order in which they were received.
        Decides.NEWEST: "r.source_row",
        Decides.LONGEST: f"length(cast({value} as varchar))",
        Decides.MOST_AGREE: f"len(list_distinct(list_transform({same}, other -> other.precedence)))",
    }[decides]
    weighed = f"struct_pack(weight := {weight}, belief := -r.belief, value := {value})"
    return f"list_max(list_transform(list_filter(rows, r -> {value} is not null), r -> {weighed})).value"


def _said(shape: Sequence[Column]) -> str:
    """A JSON object of who said what: `{field: [[source_row, value], ...]}`, or `{field: [[source_row]]}` where only
    one row spoke of the field, as the merged row holds what that one said."""
    fields = []
    for column in shape:
        value = f"r.{_quoted(column.name)}"
        text = value if column.type is None else f"to_json({value})::varchar"
        speaking = f"list_filter(rows, r -> {value} is not null)"
        fields.append(
            f"""
            case len({speaking})
                -- A field that nobody spoke of is left out.
                when 0 then null
                when 1 then '"{column.name}":[[' || {speaking}[1].source_row || ']]'
                else '"{column.name}":[' || array_to_string(
                    list_transform({speaking}, r -> '[' || r.source_row || ',' || {text} || ']'), ',') || ']'
            end"""
        )
    return f"'{{' || concat_ws(',', {', '.join(fields)}) || '}}'" if fields else "null"


def _join_items(
    connection: duckdb.DuckDBPyConnection, key: Sequence[str], column: str, unique_by: Sequence[str]
) -> None:
    """Where several rows hold a collection, keep each distinct item once, as the most believed row has it."""
    name = _quoted(column)
    keys = ", ".join(_quoted(part) for part in key)
    held = connection.execute(f"select count({name}) from merge_several").fetchone()
    # Each key for itself decides what becomes of it, whichever others are merged with it.
    if not held or held[0] == 0:
        return
    unique = " || '|' || ".join(f"coalesce(json_extract(item, '$.{part}')::varchar, '')" for part in unique_by)
    same = " and ".join(f"merged_now.{_quoted(part)} = joined.{_quoted(part)}" for part in key)
    connection.execute(
        f"""
        update merged_now set {name} = joined.items from (
            with items as (
                select {keys}, belief, unnest(cast({name} as json[])) as item
                from merge_several where {name} is not null
                qualify count(*) over (partition by {keys}) > 1
            ), believed as (
                select {keys}, {unique} as item_key, arg_min(item, belief) as item, min(belief) as belief
                from items group by {keys}, item_key
            )
            select {keys}, cast(to_json(list(item order by belief, item_key)) as varchar) as items
            from believed group by {keys}
        ) as joined where {same}
        """
    )


def _quoted(name: str) -> str:
    return f'"{name}"'
