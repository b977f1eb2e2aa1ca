"""Merge large tables a part of their keys at a time: a part fits in memory, and may be merged by others.

All rows of one key fall into one part, so each row is the one that merging the whole gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import duckdb

from homeroom.consolidate.database import PARQUET, literal, rows_in
from homeroom.consolidate.engine import Engine
from homeroom.consolidate.layered_table import LayeredTable, write_anew
from homeroom.consolidate.merge import IdentifiedTable, PartOfKeys, merge
from homeroom.consolidate.merged_before import MergedBefore
from homeroom.consolidate.survivorship import Survivorship
from homeroom.model.columns import key_columns


def merge_in_parts(
    engine: Engine,
    tables: Mapping[str, Sequence[IdentifiedTable]],
    parts: Mapping[str, int],
    scratch: Path,
    into: Path,
    survivorship: Survivorship,
    before: MergedBefore | None = None,
) -> None:
    """Write `<Resource>.parquet` into the folder `into` for each of `tables`, which is divided into so many `parts`.

    `before`: what was merged last, on which it is a layer where little differs. What lies in the folder `scratch`
    afterwards is of no use to anybody.
    """
    rows = {
        _name(resource, number): sum(rows_in(table.path) for table in of_sources) // parts[resource]
        for resource, of_sources in tables.items()
        for number in range(parts[resource])
    }
    for _ in engine.table_by_table(rows, partial(_merge_part, tables, parts, scratch, survivorship)):
        pass
    whole = {resource: sum(rows_in(path) for path in _files(scratch, resource, parts[resource])) for resource in tables}
    for _ in engine.table_by_table(whole, partial(_put_together, parts, scratch, into, before)):
        pass


def keep_merged(
    connection: duckdb.DuckDBPyConnection, resource: str, merged: Path, into: Path, before: MergedBefore | None
) -> None:
    """Have the merged rows of a resource, the file `merged`, in the folder `into`."""
    target = LayeredTable(into / f"{resource}.parquet")
    known = LayeredTable(before.folder / "merged" / target.base.name) if before else None
    if known and known.base.exists():
        # What follows need look at what differs alone.
        write_anew(connection, merged, known, target, key_columns(resource))
    else:
        merged.rename(target.base)


def _merge_part(
    tables: Mapping[str, Sequence[IdentifiedTable]],
    parts: Mapping[str, int],
    scratch: Path,
    survivorship: Survivorship,
    connection: duckdb.DuckDBPyConnection,
    name: str,
) -> None:
    resource, _, number = name.rpartition(".")
    part = PartOfKeys(int(number), parts[resource])
    target = _files(scratch, resource, part.of)[part.number]
    merge(connection, resource, tables[resource], target, survivorship.of(resource), part)


def _put_together(
    parts: Mapping[str, int],
    scratch: Path,
    into: Path,
    before: MergedBefore | None,
    connection: duckdb.DuckDBPyConnection,
    resource: str,
) -> None:
    files = ", ".join(literal(path) for path in _files(scratch, resource, parts[resource]))
    merged = scratch / f"{resource}.merged.parquet"
    connection.execute(f"copy (from read_parquet([{files}])) to {literal(merged)} ({PARQUET})")
    keep_merged(connection, resource, merged, into, before)


def _files(scratch: Path, resource: str, parts: int) -> list[Path]:
    return [scratch / f"{_name(resource, number)}.merged.parquet" for number in range(parts)]


def _name(resource: str, number: int) -> str:
    return f"{resource}.{number}"
