"""Whole columns at once: each column's SQL, with a mapping table for the values that need more than SQL."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from homeroom.consolidate.clean.cells import Cell, cleaning_of
from homeroom.consolidate.clean.cleaned import Cleaned, Cleaning, Context

_numbers = itertools.count(1)


@dataclass
class CleanedTable:
    """The pieces of a select over the table `s`: `expressions` by column, `joins`, and selects that find `problems`.

    Each of `problems` gives `row_id`, `rule`, `field` and `cause_of_loss`: whether a required value is gone by it.
    """

    expressions: dict[str, str] = field(default_factory=dict)
    sql_types: dict[str, str] = field(default_factory=dict)
    joins: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)

    @property
    def join(self) -> str:
        return "\n".join(self.joins)


def clean_cells(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    cells: Sequence[Cell],
    context: Context,
    others: Mapping[str, str],
) -> CleanedTable:
    """Make the mapping tables for `cells` of `table` (which has a `row_id`) and say how they are joined.

    `others` gives, for every field the table could have, its column: a value may fill one that wasn't sent, as a suffix
    found in a surname does.
    """
    result = CleanedTable()
    found_elsewhere: dict[str, list[str]] = {}
    for cell in cells:
        if cell.collection is not None:
            _clean_collection(connection, table, cell, context, result)
            continue
        cleaning = cleaning_of(cell, context)
        _clean_values(connection, table, cell, cleaning, result, found_elsewhere)
    for name, sources in found_elsewhere.items():
        if name in others:
            column = others[name]
            own = [result.expressions[column]] if column in result.expressions else []
            result.expressions[column] = f"coalesce({', '.join(own + sources)})"
            result.sql_types[column] = "VARCHAR"
    return result


def quoted(name: str) -> str:
    """A column's name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def temporary_name(kind: str) -> str:
    """A name for a temporary table that no other has."""
    return f"cleaning_{kind}_{next(_numbers)}"


def drop(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Drop temporary tables."""
    for table in tables:
        connection.execute(f"drop table if exists {table}")


def _clean_values(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    cell: Cell,
    cleaning: Cleaning,
    result: CleanedTable,
    found_elsewhere: dict[str, list[str]],
) -> None:
    column = f"s.{quoted(cell.column)}"
    plain_value = cleaning.plain_value.replace("{v}", column)
    mapping = _mapping(connection, table, cell, cleaning)
    result.sql_types[cell.column] = cleaning.sql_type
    if mapping is None:
        result.expressions[cell.column] = plain_value
        return
    name, broken, filled = mapping
    result.tables.append(name)
    part = _part(cleaning, column)
    result.joins.append(f"left join {name} on {part} = {name}.value")
    whole = f"regexp_extract({column}, '{cleaning.head}') || {name}.cleaned" if cleaning.head else f"{name}.cleaned"
    result.expressions[cell.column] = (
        f"case when {name}.value is null then {plain_value} else {whole} end" if cleaning.plain else whole
    )
    for other in filled:
        found_elsewhere.setdefault(other, []).append(f"{name}.{quoted(other)}")
    if broken:
        lost = f"({name}.cleaned is null)" if cell.required or cell.key else "false"
        result.problems.append(
            f"select s.row_id, {name}.rule, '{cell.column}' as field, {lost} as cause_of_loss"
            f" from {table} s join {name} on {part} = {name}.value where {name}.rule is not null"
        )


def _mapping(
    connection: duckdb.DuckDBPyConnection, table: str, cell: Cell, cleaning: Cleaning
) -> tuple[str, bool, list[str]] | None:
    """A table of the values that aren't plain with what they become; whether any broke a rule; the others they fill."""
    column = quoted(cell.column)
    plain = f"not coalesce({cleaning.plain.replace('{v}', column)}, false)" if cleaning.plain else "true"
    part = _part(cleaning, column)
    if cleaning.few:
        table = f"(select distinct {column} from {table})"
    distinct = connection.execute(
        f"select distinct {part} as value from {table} where {column} is not null and {plain} order by value"
    ).to_arrow_table()
    values: list[str] = distinct.column("value").to_pylist()
    if not values:
        return None
    clean = cleaning.prepare(values)
    results: list[Cleaned] = [clean(value) for value in values]
    filled = [name for name in cleaning.companions if any(name in result.others for result in results)]
    made = pa.table(
        {
            "value": distinct.column("value"),
            "cleaned": pa.array([result.value for result in results], pa.string()),
            "rule": pa.array([result.rule for result in results], pa.string()),
            **{name: pa.array([result.others.get(name) for result in results], pa.string()) for name in filled},
        }
    )
    name = temporary_name("values")
    connection.register(f"{name}_made", made)
    connection.execute(
        f"create temp table {name} as"
        f" select * replace (cast(cleaned as {cleaning.sql_type}) as cleaned) from {name}_made"
    )
    connection.unregister(f"{name}_made")
    return name, any(result.rule for result in results), filled


def _part(cleaning: Cleaning, column: str) -> str:
    """SQL for the part of a value that is cleaned."""
    return f"regexp_replace({column}, '{cleaning.head}', '')" if cleaning.head else column


def _clean_collection(
    connection: duckdb.DuckDBPyConnection, table: str, cell: Cell, context: Context, result: CleanedTable
) -> None:
    # The two modules hold one recursion: a collection's items are a table, whose columns may be collections.
    from homeroom.consolidate.clean.json_items import clean_collection

    result.sql_types[cell.column] = "JSON"
    made = clean_collection(connection, table, cell, context)
    if made is None:
        result.expressions[cell.column] = "cast(null as varchar)"
        return
    mapping, problems, place = made
    result.tables += [mapping, problems]
    result.joins.append(f"left join {mapping} on s.{quoted(place)} = {mapping}.place")
    result.expressions[cell.column] = f"{mapping}.cleaned"
    lost = f"({mapping}.cleaned is null)" if cell.required else "false"
    result.problems.append(
        f"select s.row_id, {problems}.rule, '{cell.column}' || {problems}.field as field, {lost} as cause_of_loss"
        f" from {table} s join {problems} on s.{quoted(place)} = {problems}.place"
        f" join {mapping} on s.{quoted(place)} = {mapping}.place"
    )
