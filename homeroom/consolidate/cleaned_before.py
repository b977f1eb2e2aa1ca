"""Clean only what changed: a row that a source says again, as it said it before, is as clean as it was.

The result is the one that cleaning everything gives. Where a value is understood by the others of its column, as a date
is of which day or month may come first, and they tell another thing now, the whole table is cleaned.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from homeroom.consolidate.changed_rows import find_changed
from homeroom.consolidate.clean import Context, clean, told_by_columns
from homeroom.consolidate.database import PARQUET, columns_held, literal, rows_in
from homeroom.consolidate.layered_table import MOST_LATER, LayeredTable, write_changed
from homeroom.consolidate.mapped_before import MappedBefore
from homeroom.consolidate.steps import key_of

Told = frozenset[bool | None]
_UNDERSTOOD = "understood.json"


@dataclass(frozen=True)
class CleanedBefore:
    """What the source's delivery of before was mapped and cleaned to; `cleaned`: the folder of its cleaned tables."""

    mapped: MappedBefore
    cleaned: Path

    def table(self, resource: str) -> LayeredTable:
        return LayeredTable(self.cleaned / "tables" / f"{resource}.parquet")

    def problems(self, resource: str) -> Path:
        return self.cleaned / "problems" / f"{resource}.parquet"

    def understood(self, context: Context) -> Mapping[str, Told]:
        """Of each resource what its columns told, as `clean` returns it; of none, where else was known than now."""
        kept = json.loads((self.cleaned / _UNDERSTOOD).read_text("utf-8"))
        return (
            {name: frozenset(told) for name, told in kept["told"].items()} if kept["context"] == _key(context) else {}
        )


def write_understood(cleaned: Path, context: Context, told: Mapping[str, Told]) -> None:
    """Keep beside the cleaned tables what `CleanedBefore.understood` tells of them."""
    text = json.dumps({"context": _key(context), "told": {name: list(values) for name, values in told.items()}})
    (cleaned / _UNDERSTOOD).write_text(text, "utf-8")


def clean_changed(
    connection: duckdb.DuckDBPyConnection,
    resource: str,
    staged: LayeredTable,
    before: CleanedBefore,
    into: LayeredTable,
    problems: Path,
    context: Context,
    told: Told,
) -> bool:
    """Write what `clean` writes, `into` in layers, by going on from `before`; False where that can't be done.

    `told`: what the columns told before.
    """
    then, cleaned = before.mapped.staged(resource), before.table(resource)
    if not then.base.exists() or columns_held(connection, staged.base) != columns_held(connection, then.base):
        return False
    if told:
        if len(told) > 1 or None in told or told_by_columns(connection, resource, staged, context) != told:
            return False
        # The columns say the same of all their dates; those that are cleaned again alone might not tell.
        context = replace(context, day_first=next(iter(told)))
    find_changed(connection, staged, then)
    if not connection.execute("select 1 from changed_row limit 1").fetchall():
        cleaned.link(into.base.parent)
        # The same bytes under a second name cost nothing.
        problems.hardlink_to(before.problems(resource))
        return True
    with TemporaryDirectory(dir=into.base.parent, prefix="changed-") as name:
        fresh, again, found = (Path(name) / f"{kind}.parquet" for kind in ("fresh", "again", "problems"))
        connection.execute(
            f"copy (select row.* from {staged.sql} as row"
            " semi join (from changed_row where not gone) as fresh using (source_row))"
            f" to {literal(fresh)} ({PARQUET})"
        )
        if rows_in(fresh) > MOST_LATER * cleaned.count():
            return False
        told_now = clean(connection, resource, fresh, again, found, context=context)
        if told_now or columns_held(connection, again) - columns_held(connection, cleaned.base):
            return False
        # A column that none of these fills is filled by others.
        coming = f"from {literal(cleaned.base)} where false union all by name from {literal(again)}"
        write_changed(connection, cleaned, into, "changed_row using (source_row)", coming)
        connection.execute(
            f"copy (select * from (from {literal(before.problems(resource))} anti join changed_row using (source_row)"
            f" union all by name from {literal(found)}) order by all) to {literal(problems)} ({PARQUET})"
        )
    return True


def _key(context: Context) -> str:
    """All that cleaning knows beyond the rows, but for the day on which it is done."""
    known = asdict(context)
    del known["today"]
    return key_of({**known, "vocabulary": sorted(context.vocabulary)})
