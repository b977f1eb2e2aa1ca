"""What a source says now, as tables in its own terms, under `<staging>/<delivery_id>/landed`: read once.

Of a delivery that holds all, rows that were sent before keep their numbers, and where its kind allows lines that were
read before are not read again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from homeroom.consolidate.database import PARQUET, connect, literal
from homeroom.consolidate.engine import Engine
from homeroom.consolidate.layered_table import tables_in
from homeroom.consolidate.same_lines import find_same_lines, keep_lines
from homeroom.consolidate.sent_again import keep_numbers
from homeroom.consolidate.source_kinds import kind_named, module_of
from homeroom.consolidate.steps import once
from homeroom.sources.delivery import Delivery, delivered_before
from homeroom.sources.report import Report


def read_landed(delivery: Delivery, followed: Sequence[Delivery], staging: Path, engine: Engine) -> Path:
    """What the source says now: the delivery's own rows, or those in place in what it changes."""
    if not followed:
        return _whole(delivery, staging, engine)

    def own_rows(one: Delivery) -> Path:
        if not one.follows:
            return _whole(one, staging, engine)
        return once(staging / one.delivery_id / "changes", lambda into: engine.do(_read, one, into))

    read = [(one, _in_one_file_each(own_rows(one), engine)) for one in (*followed, delivery)]
    return once(staging / delivery.delivery_id / "landed", lambda into: engine.do(_compose, read, into))


def _whole(delivery: Delivery, staging: Path, engine: Engine) -> Path:
    """The rows of a delivery that holds all; those that were there before are known again."""
    folder = staging / delivery.delivery_id / "landed"
    return once(folder, lambda into: engine.do(_read_whole, delivery, staging, into))


def _read_whole(delivery: Delivery, staging: Path, into: Path) -> None:
    before = next((one for one in delivered_before(delivery) if _read_before(one, staging).exists()), None)
    table_of = getattr(module_of(kind_named(delivery.kind).reader), "table_by_lines", None)
    if table_of and before and not before.follows:
        if _read_rest(delivery, before, _read_before(before, staging).parent, table_of, into):
            return
    elif table_of:
        keep_lines(delivery, table_of, into)
    _read(delivery, into)
    if before:
        keep_numbers(into, _read_before(before, staging), in_layers=goes_on(delivery.kind))


def _read_before(delivery: Delivery, staging: Path) -> Path:
    return staging / delivery.delivery_id / "landed" / "tables"


def _read_rest(
    delivery: Delivery, before: Delivery, landed: Path, table_of: Callable[[str], str | None], into: Path
) -> bool:
    """Whether a delivery could be read by those of its lines that are others than before."""
    with TemporaryDirectory(dir=into, prefix="rest-") as name:
        rest = find_same_lines(delivery, before, landed, table_of, into, Path(name))
        _read(rest.delivery, into)
        if not all(lines.were_rows(into, table) for table, lines in rest.same.items()):
            shutil.rmtree(into / "tables")
            return False
        keep_numbers(into, landed / "tables", in_layers=goes_on(delivery.kind), same_lines=rest.same)
    return True


def _in_one_file_each(read: Path, engine: Engine) -> Path:
    """A folder in which each table that was read is one file: that of `read`, or one beside it."""
    if not any(table.in_layers for table in tables_in(read / "tables").values()):
        return read
    return once(read.with_name(f"{read.name}-whole"), lambda into: engine.do(_copy_whole, read, into))


def _copy_whole(read: Path, into: Path) -> None:
    (into / "tables").mkdir()
    with connect() as connection:
        for table in tables_in(read / "tables").values():
            target = into / "tables" / table.base.name
            connection.execute(f"copy (from {table.sql}) to {literal(target)} ({PARQUET})")
    (into / "problems.parquet").hardlink_to((read / "problems.parquet").resolve())


def _compose(read: Sequence[tuple[Delivery, Path]], into: Path) -> None:
    report = Report()
    delta = module_of(kind_named(read[-1][0].kind).delta or "")
    delta.compose(read, into / "tables", report)
    report.write(into / "problems.parquet")


def _read(delivery: Delivery, into: Path) -> None:
    report = Report()
    module_of(kind_named(delivery.kind).reader).read(delivery, into / "tables", report)
    report.write(into / "problems.parquet")


def goes_on(kind: str) -> bool:
    """Whether the mapping of a kind goes on from what it made before, and reads tables in layers."""
    return bool(getattr(module_of(kind_named(kind).mapper), "GOES_ON", False))
