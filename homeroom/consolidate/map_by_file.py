"""A district's own tables mapped to the record's, as its mapping file says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from homeroom.consolidate.clean.cleaned_table import quoted
from homeroom.consolidate.database import connect, literal
from homeroom.consolidate.edfi.school_years import RESOURCE as SCHOOL_YEAR
from homeroom.consolidate.edfi.school_years import stage_school_years
from homeroom.consolidate.mapping_file import accounting
from homeroom.consolidate.mapping_file.declaration import TableMapping
from homeroom.consolidate.mapping_file.reading import read_mapping
from homeroom.consolidate.mapping_file.selects import prepare, selects
from homeroom.consolidate.staged_table import StagedTable, write_staged
from homeroom.errors import CannotRun
from homeroom.sources.delivery import LandedTable
from homeroom.sources.report import Report


def map_tables(
    landed: Sequence[LandedTable],
    source: str,
    into: Path,
    report: Report,
    options: Mapping[str, str] | None = None,
) -> list[StagedTable]:
    """Stage landed tables as `<into>/<Resource>.parquet`, one file per resource that they say something about.

    `options`: `mapping` is the file that says how. Every landed row is in at least one staged row or is told to the
    report. Raises CannotRun where there is no mapping, or it has a fault.
    """
    if not options or "mapping" not in options:
        raise CannotRun(f"The source {source} needs a mapping. homeroom map {source} FILE proposes one.")
    return stage_tables(landed, read_mapping(Path(options["mapping"])), into, report)


def stage_tables(
    landed: Sequence[LandedTable], mapping: Sequence[TableMapping], into: Path, report: Report
) -> list[StagedTable]:
    """Stage landed tables as a mapping says."""
    report.knows(accounting.RULES)
    into.mkdir(parents=True, exist_ok=True)
    gathered: dict[str, list[str]] = {}
    with connect() as connection:
        prepare(connection)
        for number, table in enumerate(sorted(landed, key=lambda one: one.name)):
            relation = f"landed_{number}"
            connection.execute(f"create view {relation} as from {literal(table.path)}")
            fitting = [one for one in mapping if one.fits(table.name)]
            if not fitting:
                accounting.report_table(connection, relation, report)
            # The first that fits is the one meant: what stands below may be for the rest.
            for one in fitting[:1]:
                _map_table(connection, table, relation, one, gathered, report)
        for resource, queries in gathered.items():
            union = " union all by name ".join(f"({query})" for query in queries)
            connection.execute(f"create temp view {quoted(_relation(resource))} as {union}")
        staged = [
            write_staged(connection, resource, f"from {quoted(_relation(resource))}", into) for resource in gathered
        ]
        if SCHOOL_YEAR not in gathered:
            years = stage_school_years(connection, [(name, quoted(_relation(name))) for name in gathered])
            staged.append(write_staged(connection, SCHOOL_YEAR, years, into) if years else None)
    return [table for table in staged if table is not None]


def _map_table(
    connection: duckdb.DuckDBPyConnection,
    table: LandedTable,
    relation: str,
    mapping: TableMapping,
    gathered: dict[str, list[str]],
    report: Report,
) -> None:
    present = [row[0] for row in connection.execute(f"describe {relation}").fetchall()]
    row = connection.execute(f"select min(source_row) >> 32 from {relation}").fetchone()
    if row is None or row[0] is None:
        return
    accounting.report_columns(mapping, table.name, present, row[0], report)
    documents = selects(mapping, relation, present)
    for document in documents:
        gathered.setdefault(document.resource, []).append(document.rows)
    accounting.report_rows(connection, relation, documents, report)


def _relation(resource: str) -> str:
    return f"gathered_{resource}"
