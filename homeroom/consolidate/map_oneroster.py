"""OneRoster's tables mapped to the record's: what each row of a bundle says about schools, people, classes, results.

OneRoster 1.x has no attendance, discipline or programmes: nothing here stages them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from homeroom.consolidate.database import FEW_ROWS, TABLES_AT_A_TIME, connect
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.consolidate.mapped_before import MappedBefore
from homeroom.consolidate.oneroster import accounting, courses, organizations, people, prepared, results
from homeroom.consolidate.oneroster.results_before import find_changed_results, keep_looked_up, stage_changed
from homeroom.consolidate.staged_table import StagedTable, write_staged
from homeroom.sources.delivery import LandedTable
from homeroom.sources.report import Report

KIND = "oneroster-csv"
# What was mapped before is gone on from.
GOES_ON = True


def map_tables(
    landed: Sequence[LandedTable],
    source: str,
    into: Path,
    report: Report,
    options: Mapping[str, str] | None = None,
    before: MappedBefore | None = None,
) -> list[StagedTable]:
    """Stage a landed bundle as `<into>/<Resource>.parquet`, one file per resource that the bundle says something about.

    `options`: `results = "assessments"` says that all of the source's results are of assessments, as those of an
    assessment vendor are; `namespace` is the URI under which its gradebook entries and assessments are named.
    `before`: an earlier delivery that was mapped with the same options, to go on from; what follows from results may
    be in layers on what it was. Every landed row is in at least one staged row or is told to the report.
    """
    options = options or {}
    into.mkdir(parents=True, exist_ok=True)
    paths = {table.name: table.path for table in landed}
    threads = 1 if sum(table.rows for table in landed) < FEW_ROWS else None
    with connect(threads) as connection:
        variables = {"namespace": options.get("namespace") or _namespace(source), "results": options.get("results", "")}
        _set(connection, variables)
        prepared.prepare(connection, paths)
        connection.execute(results.ITEMS + results.looked_up(organizations.PERIOD))
        keep_looked_up(connection, into.parent)
        known = before if before and find_changed_results(connection, paths.get("results"), before) else None
        connection.execute(results.scored("changed_result" if known else None))

        def stage(resource: str, query: str, of_results: bool = False) -> StagedTable | None:
            with connection.cursor() as own:
                # A cursor has variables of its own.
                _set(own, variables)
                if known and of_results:
                    return stage_changed(own, resource, query, known, into)
                return write_staged(own, resource, query, into)

        with ThreadPoolExecutor(TABLES_AT_A_TIME) as workers:
            largest = [workers.submit(stage, *query, of_results=True) for query in results.STAGED_BY_RESULT]
            others = [workers.submit(stage, *q) for q in (*people.STAGED, *courses.STAGED, *results.STAGED)]
            staged = [one.result() for one in (*largest, *others)]
            connection.execute(results.years(LayeredTable(into / "StudentAssessment.parquet")))
            staged += workers.map(stage, *zip(*organizations.STAGED, strict=True))
        filled = [table for table in staged if table is not None]
        accounting.report_details_without_place(connection, report)
        accounting.report_unstaged(connection, paths, [LayeredTable(table.path) for table in filled], report)
    return filled


def _set(connection: duckdb.DuckDBPyConnection, variables: Mapping[str, str]) -> None:
    for name, value in variables.items():
        connection.execute(f"set variable {name} = ?", [value])


def _namespace(source: str) -> str:
    return "uri://" + (re.sub(r"[^a-z0-9.-]+", "-", source.lower()).strip("-") or "source")
