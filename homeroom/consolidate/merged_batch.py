"""All that the sources deliver now as one batch of the record: identified, merged, complete, and asked by the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from homeroom.consolidate.database import connect, literal
from homeroom.consolidate.enrollments import agree_on_entry
from homeroom.consolidate.identities import identify
from homeroom.consolidate.merge import IdentifiedTable, merge
from homeroom.consolidate.rules import check, rules, set_aside
from homeroom.consolidate.staging import StagedDelivery
from homeroom.model import RESOURCES
from homeroom.model.columns import columns

_ENROLLMENT = "StudentSchoolAssociation"


def merge_batch(staged: Sequence[StagedDelivery], identity: Path, into: Path) -> int:
    """Write `tables/<Resource>.parquet`, one row for each key with its `source_rows`, and `problems/*.parquet`.

    `identity`: who is who, as a Parquet of (source, kind, source_id, unique_id). Returns the rows of all tables.
    """
    for name in ("identified", "problems", "merged", "tables"):
        (into / name).mkdir()
    with connect() as connection:
        connection.execute(f"create temp table identity as from {literal(identity)}")
        for resource in RESOURCES:
            tables = _identified(connection, resource, staged, into)
            if resource == _ENROLLMENT and len(tables) > 1:
                agree_on_entry(connection, tables, into / "problems" / "entry.parquet")
            if tables:
                merge(connection, resource, tables, into / "merged.parquet")
                _leave_out_incomplete(connection, resource, into)
        return _keep_rules(connection, into)


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


def _leave_out_incomplete(connection: duckdb.DuckDBPyConnection, resource: str, into: Path) -> None:
    """A row of which no source says what the standard requires can't be published: it goes to quarantine."""
    table, required = into / "merged.parquet", [c for c in columns(resource) if c.required]
    whole = " and ".join(f'"{column.name}" is not null' for column in required)
    whole_rows = into / "merged" / f"{resource}.parquet"
    connection.execute(f"copy (from {literal(table)} where {whole}) to {literal(whole_rows)} (format parquet)")
    missing = ", ".join(f"case when \"{c.name}\" is null then '{c.paths[0]}' end" for c in required)
    connection.execute(
        f"""
        copy (
            select unnest(source_rows) as source_row, source_rows[1] >> 32 as file_number, 'required-missing' as rule,
                concat_ws(', ', {missing}) as field,
                'No source gives a value that the record of a {resource} requires.' as sentence, 'row' as severity
            from {literal(table)} where not ({whole})
        ) to {literal(into / "problems" / f"incomplete-{resource}.parquet")} (format parquet)
        """
    )
    table.unlink()


def _keep_rules(connection: duckdb.DuckDBPyConnection, into: Path) -> int:
    """Ask the rules once more: what two sources say together may break one that neither breaks alone."""
    merged = {path.stem: path for path in sorted((into / "merged").glob("*.parquet"))}
    # A merged row stands for all the rows that it came from, and is named by the first.
    views = {name: f'"{name}"' for name in merged}
    for resource, path in merged.items():
        connection.execute(
            f'create temp view "{resource}" as select source_rows[1] as source_row, * from {literal(path)}'
        )
    check(connection, rules().values(), views).create("found")
    broken = {row[0] for row in connection.execute("select distinct resource from found").fetchall()}
    total = 0
    for resource, path in merged.items():
        target = into / "tables" / path.name
        if resource in broken:
            kept = set_aside(connection, resource, views[resource], "found").project("* exclude (source_row)")
            kept.write_parquet(str(target))
            _tell(connection, resource, into)
        else:
            target.hardlink_to(path)
        row = connection.execute(f"select count(*) from {literal(target)}").fetchone()
        total += int(row[0]) if row else 0
    return total


def _tell(connection: duckdb.DuckDBPyConnection, resource: str, into: Path) -> None:
    """The problems of a resource's merged rows, for each of the rows that they came from.

    Notices were given when each source was asked.
    """
    connection.execute(
        f"""
        copy (
            select unnest(source_rows) as source_row, unnest(source_rows) >> 32 as file_number, rule, field, sentence,
                severity
            from found join "{resource}" using (source_row)
            where resource = '{resource}' and severity <> 'notice'
        ) to {literal(into / "problems" / f"rules-{resource}.parquet")} (format parquet)
        """
    )
