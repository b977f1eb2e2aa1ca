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
    `whole` are the columns of which every row has a value that is kept. `said_together`: what columns tell of
    how each of their values is understood, `Cleaning.by_column`.
    """

    expressions: dict[str, str] = field(default_factory=dict)
    sql_types: dict[str, str] = field(default_factory=dict)
    joins: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    whole: set[str] = field(default_factory=set)
    said_together: set[bool | None] = field(default_factory=set)

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
    cleanings = {cell.column: cleaning_of(cell, context) for cell in cells if cell.collection is None}
    looks = _look(connection, table, cells, cleanings)
    for cell, look in zip(cells, looks, strict=True):
        if cell.collection is not None:
            _clean_collection(connection, table, cell, look, context, result)
            continue
        _clean_values(connection, table, cell, cleanings[cell.column], look, result, found_elsewhere)
    for name, sources in found_elsewhere.items():
        if name in others:
            column = others[name]
            own = [result.expressions[column]] if column in result.expressions else []
            result.expressions[column] = f"coalesce({', '.join(own + sources)})"
            result.sql_types[column] = "VARCHAR"
    return result


def said_together(
    connection: duckdb.DuckDBPyConnection, table: str, cells: Sequence[Cell], context: Context
) -> frozenset[bool | None]:
    """What columns of single values tell of how each of theirs is understood, as `clean_cells` would find it."""
    told: set[bool | None] = set()
    for cell in cells:
        cleaning = cleaning_of(cell, context) if cell.collection is None else None
        if cleaning and cleaning.by_column:
            values = _not_plain_values(connection, table, cell, cleaning).column("value").to_pylist()
            told.update(cleaning.by_column(values))
    return frozenset(told)


@dataclass(frozen=True)
class Look:
    """What one look at a whole column says: its `values` and about how many of them are `distinct` (of collections
    only), whether some aren't plain (`special`), and whether some rows have none (`gaps`)."""

    values: int
    distinct: int
    special: bool
    gaps: bool


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


def _look(
    connection: duckdb.DuckDBPyConnection, table: str, cells: Sequence[Cell], cleanings: Mapping[str, Cleaning]
) -> list[Look]:
    """One look at all columns at once: most hold nothing, or plain values only, and are done with that."""
    asked = []
    for cell in cells:
        column = quoted(cell.column)
        cleaning = cleanings.get(cell.column)
        values, distinct, special = "0", "0", f"bool_or({column} is not null)"
        if cleaning is None:
            held = holds_items(column)
            values, distinct = f"count(*) filter ({held})", f"approx_count_distinct({column}) filter ({held})"
        elif cleaning.plain and not cleaning.few:
            special = f"bool_or({column} is not null and {_not_plain(cleaning, column)})"
        asked += [values, distinct, special, f"bool_or({column} is null)"]
    row = connection.execute(f"select {', '.join(asked)} from {table}").fetchone() if asked else ()
    found = list(row or [0, 0, False, True] * len(cells))
    return [
        Look(int(found[at]), int(found[at + 1]), bool(found[at + 2]), found[at + 3] is not False)
        for at in range(0, len(found), 4)
    ]


def holds_items(column: str) -> str:
    """SQL for whether a column of JSON holds anything.

    Nearly every collection that does is told by its first signs; only the others are trimmed, which is slow.
    """
    rest = f"trim({column}) not in ('', '[]', '{{}}', 'null')"
    return f"""case when starts_with({column}, '[{{"') then true else {rest} end"""


def _not_plain(cleaning: Cleaning, column: str) -> str:
    return f"not coalesce({cleaning.plain.replace('{v}', column)}, false)" if cleaning.plain else "true"


def _clean_values(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    cell: Cell,
    cleaning: Cleaning,
    look: Look,
    result: CleanedTable,
    found_elsewhere: dict[str, list[str]],
) -> None:
    column = f"s.{quoted(cell.column)}"
    plain_value = cleaning.plain_value.replace("{v}", column)
    mapping = _mapping(connection, table, cell, cleaning, result) if look.special else None
    result.sql_types[cell.column] = cleaning.sql_type
    if mapping is None:
        result.expressions[cell.column] = plain_value
        if not look.gaps:
            result.whole.add(cell.column)
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
    connection: duckdb.DuckDBPyConnection, table: str, cell: Cell, cleaning: Cleaning, result: CleanedTable
) -> tuple[str, bool, list[str]] | None:
    """A table of the values that aren't plain with what they become; whether any broke a rule; the others they fill."""
    distinct = _not_plain_values(connection, table, cell, cleaning)
    values: list[str] = distinct.column("value").to_pylist()
    if not values:
        return None
    if cleaning.by_column:
        result.said_together.update(cleaning.by_column(values))
    clean = cleaning.prepare(values)
    results: list[Cleaned] = [clean(value) for value in values]
    filled = [name for name in cleaning.companions if any(name in one.others for one in results)]
    made = pa.table(
        {
            "value": distinct.column("value"),
            "cleaned": pa.array([one.value for one in results], pa.string()),
            "rule": pa.array([one.rule for one in results], pa.string()),
            **{name: pa.array([one.others.get(name) for one in results], pa.string()) for name in filled},
        }
    )
    name = temporary_name("values")
    connection.register(f"{name}_made", made)
    connection.execute(
        f"create temp table {name} as"
        f" select * replace (cast(cleaned as {cleaning.sql_type}) as cleaned) from {name}_made"
    )
    connection.unregister(f"{name}_made")
    return name, any(one.rule for one in results), filled


def _not_plain_values(connection: duckdb.DuckDBPyConnection, table: str, cell: Cell, cleaning: Cleaning) -> pa.Table:
    """Each `value` of a column that needs more than SQL, once, in order."""
    column = quoted(cell.column)
    if cleaning.few:
        table = f"(select distinct {column} from {table})"
    return connection.execute(
        f"select distinct {_part(cleaning, column)} as value from {table}"
        f" where {column} is not null and {_not_plain(cleaning, column)} order by value"
    ).to_arrow_table()


def _part(cleaning: Cleaning, column: str) -> str:
    """SQL for the part of a value that is cleaned."""
    return f"regexp_replace({column}, '{cleaning.head}', '')" if cleaning.head else column


def _clean_collection(
    connection: duckdb.DuckDBPyConnection, table: str, cell: Cell, look: Look, context: Context, result: CleanedTable
) -> None:
    # The two modules hold one recursion: a collection's items are a table, whose columns may be collections.
    from homeroom.consolidate.clean.json_items import clean_collection

    result.sql_types[cell.column] = "JSON"
    if not look.values:
        result.expressions[cell.column] = "cast(null as varchar)"
        return
    made = clean_collection(connection, table, cell, look, context)
    place = f"s.{quoted(made.place)}"
    result.tables.append(made.mapping)
    result.joins.append(f"left join {made.mapping} on {place} = {made.mapping}.place")
    result.expressions[cell.column] = f"{made.mapping}.cleaned"
    # What the items of a column tell is not asked of some of them alone.
    result.said_together.update({None} if made.said_together else ())
    if made.problems:
        result.tables.append(made.problems)
        lost = f"({made.mapping}.cleaned is null)" if cell.required else "false"
        result.problems.append(
            f"select s.row_id, {made.problems}.rule, '{cell.column}' || {made.problems}.field as field,"
            f" {lost} as cause_of_loss from {table} s join {made.problems} on {place} = {made.problems}.place"
            f" left join {made.mapping} on {place} = {made.mapping}.place"
        )
