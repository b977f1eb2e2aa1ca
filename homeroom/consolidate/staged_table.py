"""A resource's rows from one delivery, as a mapping of any kind of source leaves them for cleaning."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from homeroom.consolidate.database import PARQUET, literal
from homeroom.model.columns import columns


@dataclass(frozen=True)
class StagedTable:
    """A resource's rows from one delivery: `source_row` BIGINT, the resource's columns as VARCHAR."""

    resource: str
    path: Path
    rows: int


def write_staged(connection: duckdb.DuckDBPyConnection, resource: str, query: str, into: Path) -> StagedTable | None:
    """Write what `query` gives of a resource as `<into>/<Resource>.parquet`; None, and no file, where it gives no row.

    Raises AssertionError where the query has a column that the model has not.
    """
    present = [row[0] for row in connection.execute(f"describe {query}").fetchall()]
    known = [column.name for column in columns(resource)]
    if unknown := sorted(set(present) - {"source_row", *known}):
        raise AssertionError(f"{resource} has no column {', '.join(unknown)}; the mapping must name the model's")
    text = ", ".join(f'"{name}"::varchar as "{name}"' for name in known if name in present)
    path, unfinished = into / f"{resource}.parquet", into / f"{resource}.unfinished"
    written = connection.execute(
        f"copy (select source_row, {text} from ({query})) to {literal(unfinished)} ({PARQUET})"
    ).fetchone()
    rows = int(written[0]) if written else 0
    if not rows:
        unfinished.unlink()
        return None
    unfinished.replace(path)
    return StagedTable(resource, path, rows)
