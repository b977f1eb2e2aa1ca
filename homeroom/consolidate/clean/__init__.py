"""Cleaning: from a staged table of text to one with the types and codes of the model.

The model decides what is done: a column of dates becomes dates, one of codes becomes descriptor URIs, one of names
gets a name's care. What can't be understood is set aside with a problem that names the rule and the field, and
never the value.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from homeroom.consolidate.clean.cells import cells_of_table
from homeroom.consolidate.clean.cleaned import Context
from homeroom.consolidate.clean.cleaned_table import (
    CleanedTable,
    clean_cells,
    drop,
    quoted,
    said_together,
    temporary_name,
)
from homeroom.consolidate.clean.identifiers import widths
from homeroom.consolidate.database import PARQUET, columns_held, literal
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.consolidate.rules import described
from homeroom.errors import CannotRun
from homeroom.model.columns import columns
from homeroom.sources.report import Report

__all__ = ["Context", "clean", "told_by_columns", "widths"]


def clean(
    connection: duckdb.DuckDBPyConnection,
    resource: str,
    staged: Path,
    into: Path,
    problems: Path,
    *,
    context: Context | None = None,
) -> frozenset[bool | None]:
    """Clean the staged Parquet of one resource into the Parquet `into`, and write what was set aside to `problems`.

    `into` has `source_row` and the model's columns in their types, ids and collections as text. A row that lost a
    required value, or lacks a part of its key, is left out and has a problem of severity 'row'; a column that was not
    sent, or a required one that is empty, is no problem yet: another row of the same source may bring it.

    Returns what columns told of how each of their values is understood: of dates, whether the day comes first, and
    None where they didn't tell. Nothing, where each row was understood by itself.
    """
    context = context or Context()
    table, broken = temporary_name("staged"), temporary_name("broken")
    connection.execute(
        f"create temp view {table} as select *, file_row_number as row_id"
        f" from read_parquet({literal(staged)}, file_row_number = true)"
    )
    try:
        present = [row[0] for row in connection.execute(f"describe {table}").fetchall()]
        _refuse_unknown(resource, present)
        cells = cells_of_table(columns(resource), present)
        every = cells_of_table(columns(resource), [column.name for column in columns(resource)])
        cleaned = clean_cells(connection, table, cells, context, {cell.field: cell.column for cell in every})
        for cell in cells:
            if cell.key and cell.column not in cleaned.whole:
                cleaned.problems.append(_key_part_missing(table, cell.column, cleaned))
        found, lost = _collect(connection, table, broken, cleaned)
        _write(connection, table, broken if lost else None, cleaned, into)
        _write_problems(connection, broken if found else None, problems)
        drop(connection, [broken, *cleaned.tables])
        return frozenset(cleaned.said_together)
    finally:
        connection.execute(f"drop view if exists {table}")


def told_by_columns(
    connection: duckdb.DuckDBPyConnection, resource: str, staged: LayeredTable, context: Context
) -> frozenset[bool | None]:
    """What the columns of a staged table tell, as `clean` returns it, without cleaning: of single values alone."""
    cells = cells_of_table(columns(resource), columns_held(connection, staged.base))
    return said_together(connection, staged.sql, cells, context)


def _refuse_unknown(resource: str, present: list[str]) -> None:
    known = {"source_row", "row_id", "file_row_number", *(column.name for column in columns(resource))}
    if unknown := sorted(set(present) - known):
        raise CannotRun(
            f"The staged table of {resource} has columns that the model does not: {', '.join(unknown)}. "
            "Correct the mapping of this kind of source."
        )


def _key_part_missing(table: str, column: str, cleaned: CleanedTable) -> str:
    expression = cleaned.expressions[column]
    # Where a rule says why the part is gone, that one is told.
    broken = [join.split()[2] for join in cleaned.joins if f"s.{quoted(column)} = " in join]
    unless = "".join(f" and {mapping}.rule is null" for mapping in broken)
    joins = "\n".join(join for join in cleaned.joins if join.split()[2] in broken)
    return (
        f"select s.row_id, 'key-part-missing' as rule, '{column}' as field, true as cause_of_loss"
        f" from {table} s {joins} where {expression} is null{unless}"
    )


def _collect(
    connection: duckdb.DuckDBPyConnection, table: str, broken: str, cleaned: CleanedTable
) -> tuple[bool, bool]:
    """All problems as the table `broken`; whether there are any, and whether one of them costs a row."""
    nothing = "select null::bigint as row_id, '' as rule, '' as field, false as cause_of_loss where false"
    every = " union all ".join([nothing, *cleaned.problems])
    source = (
        f"({every}) b join {table} s using (row_id)" if cleaned.problems else f"({nothing}) b, (select 0 source_row) s"
    )
    connection.execute(f"create temp table {broken} as select b.*, s.source_row from {source}")
    row = connection.execute(f"select count(*), count(*) filter (cause_of_loss) from {broken}").fetchone()
    return (bool(row[0]), bool(row[1])) if row else (False, False)


def _write(
    connection: duckdb.DuckDBPyConnection, table: str, broken: str | None, cleaned: CleanedTable, into: Path
) -> None:
    picked = ", ".join(f"{expression} as {quoted(name)}" for name, expression in cleaned.expressions.items())
    comma = ", " if picked else ""
    where = f"where s.row_id not in (select row_id from {broken} where cause_of_loss)" if broken else ""
    _copy(connection, f"select s.source_row{comma}{picked} from {table} s {cleaned.join} {where}", into)


def _write_problems(connection: duckdb.DuckDBPyConnection, broken: str | None, problems: Path) -> None:
    if broken is None:
        Report().write(problems)
        return
    connection.register("cleaning_rules", described())
    _copy(
        connection,
        f"""
        select distinct b.source_row, b.source_row >> 32 as file_number, b.rule, b.field,
               replace(r.sentence, '{{field}}', {_in_words("b.field")}) as sentence,
               case when b.cause_of_loss then 'row' else r.severity end as severity
        from {broken} b join cleaning_rules r on r.name = b.rule order by all
        """,
        problems,
    )
    connection.unregister("cleaning_rules")


def _in_words(field: str) -> str:
    """SQL for a field's name as a reader says it: `other_names.lastSurname` is "other names: last surname"."""
    words = f"regexp_replace({field}, '([a-z])([A-Z])', '\\1 \\2', 'g')"
    return f"replace(replace(replace(lower({words}), '_', ' '), '.', ': '), ' descriptor', '')"


def _copy(connection: duckdb.DuckDBPyConnection, select: str, into: Path) -> None:
    into.parent.mkdir(parents=True, exist_ok=True)
    # A run that is killed here must not leave half a file under the name that the next run trusts.
    unfinished = into.with_name(into.name + ".unfinished")
    connection.execute(f"copy ({select}) to {literal(unfinished)} ({PARQUET})")
    unfinished.replace(into)
