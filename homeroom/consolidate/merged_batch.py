"""All that the sources deliver now as one batch of the record: identified, merged, complete, and asked by the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from homeroom.consolidate.database import connect, literal
from homeroom.consolidate.enrollments import agree_on_entry
from homeroom.consolidate.identities import identify
from homeroom.consolidate.merge import IdentifiedTable, merge
from homeroom.consolidate.merged_rules import keep_rules
from homeroom.consolidate.staging import StagedDelivery
from homeroom.model import RESOURCES
from homeroom.model.columns import columns

_ENROLLMENT = "StudentSchoolAssociation"


def merge_batch(staged: Sequence[StagedDelivery], identity: Path, into: Path) -> int:
    """Write `tables/<Resource>.parquet`, one row for each key with its `source_rows`, and `problems/*.parquet`.

    `identity`: who is who, as a Parquet of (source, kind, source_id, unique_id). Returns the rows of all tables.
    """
    for name in ("identified", "problems", "merged", "ruled", "tables"):
        (into / name).mkdir()
    with connect() as connection:
        connection.execute(f"create temp table identity as from {literal(identity)}")
        for resource in RESOURCES:
            tables = _identified(connection, resource, staged, into)
            if resource == _ENROLLMENT and len(tables) > 1:
                agree_on_entry(connection, tables, into / "problems" / "entry.parquet")
            if tables:
                merge(connection, resource, tables, into / "merged" / f"{resource}.parquet")
        # What two sources say together may break a rule that neither breaks alone.
        keep_rules(connection, into / "merged", into / "ruled", into / "problems")
        rows = [_leave_out_incomplete(connection, path, into) for path in sorted((into / "ruled").glob("*.parquet"))]
        return sum(rows)


def _identified(
    connection: duckdb.DuckDBPyConnection, resource: str, staged: Sequence[StagedDelivery], into: Path
) -> list[IdentifiedTable]:
    tables = []
    for delivery in staged:
        if resource in delivery.tables:
            name = f"{delivery.source.name}-{resource}.parquet"
            table, problems = into / "identified" / name, into / "problems" / name
            identify(connection, resource, delivery.source.name, delivery.tables[resource], table, problems)
            tables.append(IdentifiedTable(table, delivery.source.rank))
    return tables


def _leave_out_incomplete(connection: duckdb.DuckDBPyConnection, table: Path, into: Path) -> int:
    """A row of which no source says what the standard requires can't be published: it goes to quarantine."""
    resource = table.stem
    required = [c for c in columns(resource) if c.required]
    whole = " and ".join(f'"{column.name}" is not null' for column in required)
    target = into / "tables" / table.name
    kept = connection.execute(
        f"copy (select {_values(resource)} from {literal(table)} where {whole}) to {literal(target)} (format parquet)"
    ).fetchone()
    missing = ", ".join(f"case when \"{c.name}\" is null then '{c.paths[0]}' end" for c in required)
    connection.execute(
        f"""
        copy (
            select unnest(source_rows) as source_row, unnest(source_rows) >> 32 as file_number,
                'required-missing' as rule, concat_ws(', ', {missing}) as field,
                'No source gives a value that the record of a {resource} requires.' as sentence, 'row' as severity
            from {literal(table)} where not ({whole})
        ) to {literal(into / "problems" / f"incomplete-{resource}.parquet")} (format parquet)
        """
    )
    return int(kept[0]) if kept else 0


def _values(resource: str) -> str:
    """Each source calls the last year it knows the current one; the district's is the latest of them."""
    if resource != "SchoolYearType":
        return "*"
    latest = "max(school_year) filter (current_school_year) over ()"
    return f"* replace (current_school_year and school_year = {latest} as current_school_year)"
