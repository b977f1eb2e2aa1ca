"""Ed-Fi interchange documents mapped to the record's tables, in the current form and in that of Ed-Fi 1.0."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import duckdb

from homeroom.consolidate import edfi1
from homeroom.consolidate.database import connect, literal
from homeroom.consolidate.edfi import current
from homeroom.consolidate.edfi.descriptors import write_descriptors
from homeroom.consolidate.edfi.school_years import RESOURCE as SCHOOL_YEAR
from homeroom.consolidate.edfi.school_years import stage_school_years
from homeroom.consolidate.staged_table import StagedTable, write_staged
from homeroom.sources.delivery import LandedTable
from homeroom.sources.report import Report, Rule

KIND = "edfi-xml"

RULES = (
    Rule("no-place", "The record has no place for this kind of row.", "Nothing to do: it is kept as it was sent."),
)


def map_tables(
    landed: Sequence[LandedTable],
    source: str,
    into: Path,
    report: Report,
    options: Mapping[str, str] | None = None,
) -> list[StagedTable]:
    """Stage landed interchanges as `<into>/<Resource>.parquet`, one file per resource that they say something about.

    The codes that they define are written beside that folder, as `descriptors.parquet`. Every landed row is in at least
    one staged row or is told to the report.
    """
    report.knows(RULES)
    into.mkdir(parents=True, exist_ok=True)
    paths = {table.name: table.path for table in landed}
    with connect() as connection:
        selects: dict[str, list[str]] = {}
        for forms in _forms(connection, paths):
            for resource, found in forms(connection, paths, source, report).items():
                selects.setdefault(resource, []).extend(found)
        for resource, found in selects.items():
            _gather(connection, resource, found)
        if SCHOOL_YEAR not in selects:
            years = stage_school_years(connection, [(resource, _relation(resource)) for resource in selects])
            if years:
                _gather(connection, SCHOOL_YEAR, [years])
                selects[SCHOOL_YEAR] = [years]
        staged = [
            table
            for resource in selects
            if (table := write_staged(connection, resource, f"from {_relation(resource)}", into))
        ]
        write_descriptors(connection, paths, into.parent)
        _report_unstaged(connection, paths, [table.path for table in staged], report)
    return staged


def _forms(connection: duckdb.DuckDBPyConnection, paths: Mapping[str, Path]) -> list[_MapRows]:
    """The mappings of the forms that the landed rows are in."""
    if not paths:
        return []
    listed = ", ".join(literal(path) for path in paths.values())
    found = connection.execute(f"select distinct standard from read_parquet([{listed}])").fetchall()
    present = {row[0] for row in found}
    return [form for standard, form in _BY_STANDARD.items() if standard in present]


def _relation(resource: str) -> str:
    return f'"gathered_{resource}"'


def _gather(connection: duckdb.DuckDBPyConnection, resource: str, selects: Sequence[str]) -> None:
    """All that the forms say of a resource, as a view of `source_row` and the columns that any of them fills."""
    union = " union all by name ".join(f"({select})" for select in selects)
    connection.execute(f"create or replace temp view {_relation(resource)} as {union}")


def _report_unstaged(
    connection: duckdb.DuckDBPyConnection, paths: Mapping[str, Path], staged: Sequence[Path], report: Report
) -> None:
    """No row is lost: what is in no staged table and was not told of is told now."""
    if not paths:
        return
    accepted = ", ".join(literal(path) for path in staged)
    landed = ", ".join(literal(path) for path in paths.values())
    connection.register("told", report.table().select(["source_row"]))
    rows = connection.execute(
        f"""select source_row from read_parquet([{landed}])
        anti join (select source_row from {f"read_parquet([{accepted}])" if staged else "told"}) using (source_row)
        anti join told using (source_row) order by 1"""
    ).to_arrow_table()
    report.row_problems(rows["source_row"].combine_chunks(), "no-place")
    connection.unregister("told")


_MapRows = Callable[
    [duckdb.DuckDBPyConnection, Mapping[str, Path], str, Report],
    Mapping[str, list[str]],
]


_BY_STANDARD: Mapping[str, _MapRows] = {"current": current.map_rows, "1.0": edfi1.map_rows}
