"""OneRoster bundles that hold changes only, put together with what they change.

What a source says now is its last whole bundle with the changes of all bundles since, in their order. A row of a later
bundle stands in the place of the earlier ones of its sourcedId; one with the status `tobedeleted` takes them out. Each
row keeps the `source_row` of the file in which it came, so that it leads back to that file and line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from homeroom.sources.delivery import Delivery
from homeroom.sources.oneroster_csv import SOURCE_ROW, write_table
from homeroom.sources.oneroster_manifest import holds_changes, is_delta, modes_of, table_name
from homeroom.sources.oneroster_tables import BY_FILE_NAME, TABLES
from homeroom.sources.report import Report

__all__ = ["compose", "holds_changes", "is_delta"]

_ABSENT = pa.scalar(None, pa.string())


def compose(deliveries: Sequence[tuple[Delivery, Path]], into: Path, report: Report) -> None:
    """Write what the source says now of each table to `into`, and tell the report every problem that still counts.

    `deliveries`: the last whole one, and behind it those that change it, in the order in which they came, each with the
    folder in which its own rows were read: `tables/<table>.parquet` and `problems.parquet`.
    """
    read = [_ReadDelivery(*one) for one in deliveries]
    into.mkdir(parents=True, exist_ok=True)
    names = {path.stem for one in read for path in (one.folder / "tables").glob("*.parquet")}
    for name in sorted(names):
        write_table(name, _rows(name, _since_whole(name, read), read[-1]), into)
    for one in read:
        report.take_over(_problems(one, read))


@dataclass(frozen=True)
class _ReadDelivery:
    delivery: Delivery
    folder: Path

    def table(self, name: str) -> Path:
        return self.folder / "tables" / f"{name}.parquet"

    def is_whole(self, name: str) -> bool:
        """Whether it says all of a table: rows that it does not have are not there any more."""
        modes = {BY_FILE_NAME.get(file.lower()): mode for file, mode in modes_of(self.delivery).items()}
        return self.table(name).exists() and (self.delivery.follows is None or modes.get(name) == "bulk")


def _since_whole(name: str, read: Sequence[_ReadDelivery]) -> list[_ReadDelivery]:
    """The deliveries whose rows of a table may count: from the last on that said all of it."""
    having = [one for one in read if one.table(name).exists()]
    whole = [position for position, one in enumerate(having) if one.is_whole(name)]
    return having[whole[-1] if whole else 0 :]


def _rows(name: str, parts: Sequence[_ReadDelivery], newest: _ReadDelivery) -> list[pa.Table]:
    """The rows that count, the newest delivery's first."""
    counting: list[pa.Table] = []
    said = pa.array([], pa.string())
    for part in reversed(parts):
        rows = pq.read_table(part.table(name))
        keys = _keys(name, rows)
        counts = pc.or_(pc.is_null(keys), pc.invert(pc.is_in(keys, value_set=said)))
        if not part.is_whole(name):
            counts = pc.and_(counts, _last_of_each(rows, keys))
            said = pa.concat_arrays([said, pc.unique(keys).drop_null()])
        if part is not newest:
            # What was taken out is told once, with the delivery that did so.
            counts = pc.and_(counts, pc.invert(_to_be_deleted(rows)))
        counting.append(rows.filter(counts))
    return counting


def _keys(name: str, rows: pa.Table) -> pa.Array:
    """Of each row what tells it from others; null where nothing does: such a row stands beside all others."""
    columns = ("sourcedId", "userSourcedId") if "sourcedId|userSourcedId" in TABLES[name].needed else ("sourcedId",)
    keys = pa.nulls(rows.num_rows, pa.string())
    for column in columns:
        if column in rows.column_names:
            text = pc.utf8_trim_whitespace(rows[column].combine_chunks())
            keys = pc.coalesce(keys, pc.if_else(pc.equal(text, ""), _ABSENT, text))
    return keys


def _last_of_each(rows: pa.Table, keys: pa.Array) -> pa.Array:
    """Which rows are the last of their key in the delivery, or have none."""
    told = pa.table({"key": keys, SOURCE_ROW: rows[SOURCE_ROW]})
    last = told.group_by("key").aggregate([(SOURCE_ROW, "max")])[f"{SOURCE_ROW}_max"].combine_chunks()
    return pc.or_(pc.is_null(keys), pc.is_in(rows[SOURCE_ROW].combine_chunks(), value_set=last))


def _to_be_deleted(rows: pa.Table) -> pa.Array:
    if "status" not in rows.column_names:
        return pa.repeat(pa.scalar(False), rows.num_rows)
    status = pc.utf8_lower(pc.utf8_trim_whitespace(rows["status"].combine_chunks()))
    return pc.coalesce(pc.equal(status, "tobedeleted"), pa.scalar(False))


def _problems(one: _ReadDelivery, read: Sequence[_ReadDelivery]) -> pa.Table:
    """The problems of a delivery but for those of files of which a later delivery said all anew."""
    later = read[read.index(one) + 1 :]
    said_anew = [
        file.number
        for file in one.delivery.files
        if any(other.is_whole(BY_FILE_NAME.get(table_name(file.path), "")) for other in later)
    ]
    problems = pq.read_table(one.folder / "problems.parquet")
    return problems.filter(pc.invert(pc.is_in(problems["file_number"], value_set=pa.array(said_anew, pa.int64()))))
