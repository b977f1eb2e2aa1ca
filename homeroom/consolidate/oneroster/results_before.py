"""Map only the results that changed: most of what a district sends of an evening is results, and they stay as they are.

A result is mapped by itself, by its line item and, for a grade, by the student's enrollment in the class: where these
say what they said, it is the row of the record that it was. The result is the one that mapping everything gives.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from homeroom.consolidate.database import PARQUET, literal
from homeroom.consolidate.layered_table import MOST_LATER, LayeredTable, only_in, write_changed
from homeroom.consolidate.mapped_before import MappedBefore
from homeroom.consolidate.staged_table import StagedTable, write_staged

# What `results.looked_up` makes, beside the staged tables.
_LOOKED_UP = "looked-up"
_RESULTS, _ITEM, _ENROLLMENT = "results", "result_item", "result_enrollment"


def keep_looked_up(connection: duckdb.DuckDBPyConnection, mapped: Path) -> None:
    """Write what results are mapped by to the folder `mapped`, to go on from."""
    (mapped / _LOOKED_UP).mkdir(exist_ok=True)
    for table in (_ITEM, _ENROLLMENT):
        connection.execute(f"copy {table} to {literal(_looked_up(mapped, table))} ({PARQUET})")


def find_changed_results(connection: duckdb.DuckDBPyConnection, landed: Path | None, before: MappedBefore) -> bool:
    """`changed_result`, the rows of results to map, and `leaving_result`, with those that are not said any more.

    False where there is nothing to go on from, or so many changed that it is no shorter way. `landed`: the table of
    results as it came; a row that was sent before has the number that it had.
    """
    sent = before.sent(_RESULTS)
    looked_up = [_looked_up(before.mapped, table) for table in (_ITEM, _ENROLLMENT)]
    if landed is None or not all(path.exists() for path in (sent.base, *looked_up)):
        return False
    now = LayeredTable(landed)
    connection.execute(
        f"""
        create table changed_item as {_differing(_ITEM, "item_id", before)};
        create table changed_enrollment as {_differing(_ENROLLMENT, "user_id, class_id, session_id", before)};
        create table changed_result as
            select source_row from {only_in(now, sent)} as now anti join {sent.sql} as was using (source_row)
            union select source_row from results where lineItemSourcedId in (from changed_item)
            union select source_row from results join (
                select item_id, user_id from {_ITEM} join changed_enrollment using (class_id, session_id)
            ) as again on again.item_id = lineItemSourcedId and again.user_id = studentSourcedId;
        create table leaving_result as
            from changed_result
            union select source_row from {only_in(sent, now)} as was anti join {now.sql} as now using (source_row)
        """
    )
    (changed,) = connection.execute("select count(*) from changed_result").fetchone() or (0,)
    return bool(changed <= MOST_LATER * now.count())


def stage_changed(
    connection: duckdb.DuckDBPyConnection, resource: str, query: str, before: MappedBefore, into: Path
) -> StagedTable | None:
    """What `write_staged` writes, in layers, of a query that gives the rows of `changed_result` alone."""
    scratch = into / "changed"
    scratch.mkdir(exist_ok=True)
    staged = write_staged(connection, resource, query, scratch)
    then, target = before.staged(resource), LayeredTable(into / f"{resource}.parquet")
    if not then.base.exists():
        if staged:
            staged.path.rename(target.base)
    else:
        coming = f"from {literal(staged.path)}" if staged else f"from {literal(then.base)} where false"
        write_changed(connection, then, target, "leaving_result using (source_row)", coming)
        if staged:
            staged.path.unlink()
    return StagedTable(resource, target.base, target.count()) if target.base.exists() else None


def _looked_up(mapped: Path, table: str) -> Path:
    return mapped / _LOOKED_UP / f"{table}.parquet"


def _differing(table: str, key: str, before: MappedBefore) -> str:
    """A query of the keys of which a table says something else than before."""
    then = literal(_looked_up(before.mapped, table))
    now, was = (f"(select {key}, hash(one) as content from {rows} as one)" for rows in (table, then))
    return (
        f"select {key} from {now} as now full join {was} as was using ({key})"
        " where now.content is distinct from was.content"
    )
