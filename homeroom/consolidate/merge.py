"""Merge: the rows that sources hold about one thing become one row, and keep who said what.

For every value the first source in the district's order that says anything wins; within one source the later delivery,
then the later line. Collections are joined item by item, by what makes an item unique in the standard. Each merged row
carries `source_rows`, the rows that it came from with the believed one first, and, where there were several, `said`:
for every field each row's value, the believed one first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

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


def sql_type(column: Column) -> str:
    """The DuckDB type of a column of the record; collections and objects are JSON text."""
    if column.type is None:
        return "VARCHAR"
    if column.type.kind is Kind.DECIMAL:
        return f"DECIMAL({column.type.precision},{column.type.scale})"
    return _SQL_TYPES[column.type.kind]


def merge(connection: duckdb.DuckDBPyConnection, resource: str, tables: Sequence[IdentifiedTable], into: Path) -> int:
    """Write the merged rows of `resource` to the Parquet file `into`; gives their number.

    The file has every column of the record's table, then `source_rows BIGINT[]` and `said VARCHAR` (JSON or null).
    """
    shape = columns(resource)
    # Most sources fill a few of a resource's columns: only those cost anything.
    held = [column for column in shape if column.key or column.name in _held(connection, tables)]
    _read(connection, resource, held, tables)
    _merge_rows_of_several(connection, resource, held)
    names = ", ".join(
        _quoted(c.name) if c in held else f"cast(null as {sql_type(c)}) as {_quoted(c.name)}" for c in shape
    )
    connection.execute(
        f"""
        copy (
            select {names}, [source_row] as source_rows, cast(null as varchar) as said
            from merge_input where rows_of_key = 1
            union all
            select {names}, source_rows, said from merged_several
        ) to '{into}' (format parquet)
        """
    )
    row = connection.execute(f"select count(*) from '{into}'").fetchone()
    return int(row[0]) if row else 0


def _held(connection: duckdb.DuckDBPyConnection, tables: Sequence[IdentifiedTable]) -> set[str]:
    """The columns that any of the tables has."""
    return {row[0] for t in tables for row in connection.execute(f"describe select * from '{t.path}'").fetchall()}


def _read(
    connection: duckdb.DuckDBPyConnection, resource: str, shape: Sequence[Column], tables: Sequence[IdentifiedTable]
) -> None:
    """All rows that have a whole key as `merge_input`, in one order of `belief`, the believed ones first."""
    selects = []
    for table in tables:
        present = _held(connection, [table])
        values = ", ".join(
            f'cast({_quoted(c.name) if c.name in present else "null"} as {sql_type(c)}) as "{c.name}"' for c in shape
        )
        selects.append(f"select source_row, {table.precedence}::integer as precedence, {values} from '{table.path}'")
    key = ", ".join(_quoted(name) for name in key_columns(resource))
    whole_key = " and ".join(f"{_quoted(name)} is not null" for name in key_columns(resource))
    connection.execute(
        f"""
        create or replace temp table merge_input as
        select *,
            row_number() over (order by precedence, source_row desc) as belief,
            count(*) over (partition by {key}) as rows_of_key
        from ({" union all ".join(selects)}) where {whole_key}
        """
    )


def _merge_rows_of_several(connection: duckdb.DuckDBPyConnection, resource: str, shape: Sequence[Column]) -> None:
    """`merged_several`: one row for each key that several rows hold, with who said what."""
    key = ", ".join(_quoted(name) for name in key_columns(resource))
    connection.execute("create or replace temp table merge_several as from merge_input where rows_of_key > 1")
    values = []
    for column in shape:
        name = _quoted(column.name)
        if column.key:
            values.append(name)
        else:
            values.append(f"arg_min({name}, belief) filter ({name} is not null) as {name}")
    connection.execute(
        f"""
        create or replace temp table merged_several as
        select {", ".join(values)},
            list(source_row order by belief) as source_rows,
            {_said(shape)} as said
        from merge_several group by {key}
        """
    )
    for column in shape:
        if column.collection is not None and not column.collection.single:
            _join_items(connection, key_columns(resource), column.name, column.collection.unique_by)


def _said(shape: Sequence[Column]) -> str:
    """A JSON object of every value that any of the rows holds: `{field: [[source_row, value], ...]}`."""
    fields = []
    for column in shape:
        if column.key:
            continue
        name = _quoted(column.name)
        value = f"cast({name} as json)" if column.type is None else f"to_json({name})"
        pairs = f"to_json(list(json_array(source_row, {value}) order by belief) filter ({name} is not null))"
        fields.append(f"'{column.name}', {pairs}")
    # A merge patch onto an empty object drops the fields that nobody spoke of.
    return f"cast(json_merge_patch('{{}}', json_object({', '.join(fields)})) as varchar)" if fields else "null"


def _join_items(
    connection: duckdb.DuckDBPyConnection, key: Sequence[str], column: str, unique_by: Sequence[str]
) -> None:
    """Where several rows hold a collection, keep each distinct item once, as the most believed row has it."""
    name = _quoted(column)
    keys = ", ".join(_quoted(part) for part in key)
    held = connection.execute(f"select count({name}) from merge_several").fetchone()
    if not held or held[0] < 2:
        return
    unique = " || '|' || ".join(f"coalesce(json_extract(item, '$.{part}')::varchar, '')" for part in unique_by)
    same = " and ".join(f"merged_several.{_quoted(part)} = joined.{_quoted(part)}" for part in key)
    connection.execute(
        f"""
        update merged_several set {name} = joined.items from (
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
