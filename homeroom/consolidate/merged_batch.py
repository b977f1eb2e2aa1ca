"""What the sources deliver now as one batch of the record: identified, merged, complete, and asked by the rules."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import duckdb

from homeroom.consolidate.database import PARQUET, connect, literal, parts_of
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.enrollments import ENROLLMENT, agree_on_entry
from homeroom.consolidate.identities import identify
from homeroom.consolidate.layered_table import LayeredTable, tables_in, write_changed
from homeroom.consolidate.merge import IdentifiedTable, merge
from homeroom.consolidate.merged_before import SCRATCH, MergedBefore, know_who_moved, merge_changed, write_inputs
from homeroom.consolidate.merged_parts import keep_merged, merge_in_parts
from homeroom.consolidate.merged_rules import keep_rules
from homeroom.consolidate.staging import StagedDelivery
from homeroom.consolidate.survivorship import Survivorship
from homeroom.model import RESOURCES
from homeroom.model.columns import columns, key_columns

# How many rows are merged at a time, or by one of the machines that share the work.
ROWS_IN_A_PART = 1_000_000


def merge_batch(
    staged: Sequence[StagedDelivery],
    identity: Path,
    into: Path,
    survivorship: Survivorship,
    resources: Collection[str] = RESOURCES,
    before: MergedBefore | None = None,
    engine: Engine = IN_THIS_PROCESS,
    compared: Path | None = None,
) -> int:
    """Write `tables`, one row for each key with its `source_rows`, in layers, and `problems/*.parquet`.

    `identity`: who is who, as a Parquet of (source, kind, source_id, unique_id). `survivorship`: whom the record
    believes. `resources`: those to merge; what a rule asks together must be among them together. `before`: what was
    merged last, to go on from, and `compared`, the folder with what `compare_with_before` found. `engine` does the
    work. Returns the rows of all tables.
    """
    for name in ("identified", "problems", "merged", "ruled", "tables", SCRATCH):
        (into / name).mkdir()
    delivered = [resource for resource in resources if any(resource in delivery.tables for delivery in staged)]
    rows = {r: sum(delivery.tables[r].count() for delivery in staged if r in delivery.tables) for r in delivered}
    tables = {d.source.name: d.tables for d in staged}
    parts = {resource: parts_of(number, ROWS_IN_A_PART) for resource, number in rows.items()}

    def merge_one(connection: duckdb.DuckDBPyConnection, resource: str) -> tuple[str, list[IdentifiedTable]] | None:
        """The identified tables of a resource that is merged in parts."""
        if before and compared and _go_on(connection, resource, tables, before, into, survivorship, compared):
            return None
        identified = _identified(connection, resource, staged, into, survivorship.order(resource))
        if resource == ENROLLMENT and len(identified) > 1:
            agree_on_entry(connection, identified, into / "problems" / "entry.parquet")
        if parts[resource] > 1:
            return resource, identified
        merged = into / SCRATCH / f"{resource}.merged.parquet"
        merge(connection, resource, identified, merged, survivorship.of(resource))
        keep_merged(connection, resource, merged, into / "merged", before)
        return None

    def know(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(f"create table identity as from {literal(identity)}")
        if before:
            know_who_moved(connection, before)

    large = dict(found for found in engine.table_by_table(rows, merge_one, know) if found)
    merge_in_parts(engine, large, parts, into / SCRATCH, into / "merged", survivorship, before)
    shutil.rmtree(into / SCRATCH)
    with connect() as connection:
        # What two sources say together may break a rule that neither breaks alone.
        keep_rules(connection, into / "merged", into / "ruled", into / "problems", before.folder if before else None)
    write_inputs(into, identity, tables, survivorship)
    ruled = {resource: table.count() for resource, table in tables_in(into / "ruled").items()}

    def leave_out_incomplete(connection: duckdb.DuckDBPyConnection, resource: str) -> int:
        return _leave_out_incomplete(connection, resource, into)

    return sum(engine.table_by_table(ruled, leave_out_incomplete))


def _go_on(
    connection: duckdb.DuckDBPyConnection,
    resource: str,
    staged: Mapping[str, Mapping[str, LayeredTable]],
    before: MergedBefore,
    into: Path,
    survivorship: Survivorship,
    compared: Path,
) -> bool:
    """Whether the resource could be merged by going on from what was merged last."""
    order = survivorship.order(resource)
    tables = {source: staged[source][resource] for source in order if resource in staged.get(source, {})}
    if not before.of_same_sources(resource, tables):
        return False
    return merge_changed(connection, resource, tables, before, into, survivorship, compared)


def _identified(
    connection: duckdb.DuckDBPyConnection,
    resource: str,
    staged: Sequence[StagedDelivery],
    into: Path,
    order: Sequence[str],
) -> list[IdentifiedTable]:
    tables = []
    for delivery in staged:
        if resource in delivery.tables:
            name = f"{delivery.source.name}-{resource}.parquet"
            table, problems = into / "identified" / name, into / "problems" / name
            identify(connection, resource, delivery.source.name, delivery.tables[resource], table, problems)
            tables.append(IdentifiedTable(table, order.index(delivery.source.name)))
    return tables


def _leave_out_incomplete(connection: duckdb.DuckDBPyConnection, resource: str, into: Path) -> int:
    """A row of which no source says what the standard requires can't be published: it goes to quarantine."""
    ruled, target = (LayeredTable(into / kind / f"{resource}.parquet") for kind in ("ruled", "tables"))
    required = [c for c in columns(resource) if c.required]
    whole = " and ".join(f'"{column.name}" is not null' for column in required)
    counted = connection.execute(f"select count(*) filter ({whole}) from {ruled.sql}").fetchone()
    kept = int(counted[0]) if counted else 0
    if kept == ruled.count() and _values(resource) == "*":
        ruled.link(into / "tables")
        return kept
    if _values(resource) == "*":
        key = key_columns(resource)
        names = ", ".join(f'"{name}"' for name in key)
        connection.execute(
            f"create or replace temp table lacking as select {names} from {ruled.sql} where not ({whole})"
        )
        same = " and ".join(f'row."{name}" is not distinct from lacking."{name}"' for name in key)
        write_changed(connection, ruled, target, f"lacking on {same}", f"from {literal(ruled.base)} where false")
    else:
        connection.execute(
            f"copy (select {_values(resource)} from {ruled.sql} where {whole}) to {literal(target.base)} ({PARQUET})"
        )
    missing = ", ".join(f"case when \"{c.name}\" is null then '{c.paths[0]}' end" for c in required)
    connection.execute(
        f"""
        copy (
            select unnest(source_rows) as source_row, unnest(source_rows) >> 32 as file_number,
                'required-missing' as rule, concat_ws(', ', {missing}) as field,
                'No source gives a value that the record of a {resource} requires.' as sentence, 'row' as severity
            from {ruled.sql} where not ({whole})
        ) to {literal(into / "problems" / f"incomplete-{resource}.parquet")} (format parquet)
        """
    )
    return kept


def _values(resource: str) -> str:
    """Each source calls the last year it knows the current one; the district's is the latest of them."""
    if resource != "SchoolYearType":
        return "*"
    latest = "max(school_year) filter (current_school_year) over ()"
    return f"* replace (current_school_year and school_year = {latest} as current_school_year)"
