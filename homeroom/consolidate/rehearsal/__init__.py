"""What a delivery would do, told without doing it: read, mapped, cleaned and checked in a folder of its own.

Nothing of a workspace is changed: its landing, its staging and its record are only looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from homeroom.consolidate.database import connect, private_folder
from homeroom.consolidate.rehearsal.causes import Cause, causes, trace
from homeroom.consolidate.rehearsal.compared import Compared, compare
from homeroom.consolidate.rehearsal.lent import lend, lend_what_is_changed
from homeroom.consolidate.rehearsal.record import HeldRecord, read_only
from homeroom.consolidate.rehearsal.references import find_unpublishable
from homeroom.consolidate.rules import described
from homeroom.consolidate.source_kinds import kind_named, module_of
from homeroom.consolidate.staging import StagedDelivery, stage, staged_before
from homeroom.errors import CannotRun
from homeroom.progress import Steps
from homeroom.record.deliveries import refused
from homeroom.record.provenance import NOTHING_TO_MEND
from homeroom.settings import SourceSettings, Workspace
from homeroom.sources.archive import ArchiveLimits
from homeroom.sources.delivery import free_file_number, land, last_delivery

__all__ = ["Cause", "Compared", "Rehearsal", "ValueProblem", "rehearse"]


@dataclass(frozen=True)
class ValueProblem:
    """A value that would be left out (`severity` 'value'), or is worth a look ('notice'), in so many rows of a file."""

    severity: str
    rule: str
    field: str
    file: str
    rows: int
    sentence: str

    @property
    def as_it_should_be(self) -> bool:
        """Whether there is nothing to mend, as with a value for which the record has no place."""
        return NOTHING_TO_MEND in self.sentence


@dataclass(frozen=True)
class Rehearsal:
    """What a delivery would do. `compared` is None where there is no earlier delivery to compare it with.

    `files`: a sentence for each file that was refused or not wholly read. `unknown_columns` by table.
    """

    source: str
    kind: str
    rows: int
    set_aside: int
    files: Sequence[str]
    causes: Sequence[Cause]
    values: Sequence[ValueProblem]
    unknown_columns: dict[str, list[str]]
    compared: Sequence[Compared] | None

    @property
    def faultless(self) -> bool:
        """Whether there is nothing to mend."""
        left_out = [one for one in self.values if one.severity == "value"]
        mended = all(one.as_it_should_be for one in self.causes) and all(one.as_it_should_be for one in left_out)
        return not self.files and mended


def rehearse(
    source: SourceSettings,
    path: Path,
    limits: ArchiveLimits,
    workspace: Workspace | None,
    record: str | None,
    steps: Steps,
) -> Rehearsal:
    """Tell what the delivery at `path` would do as the next one of `source`.

    `workspace`: where the source's last delivery lies, if it has one; `record`: the URL of the record, where there is
    one. Raises HomeroomError where nothing at `path` can be opened.
    """
    kind = kind_named(source.kind)
    reader = module_of(kind.reader)
    delta = module_of(kind.delta) if kind.delta else None
    changes_only = delta is not None and delta.holds_changes(path, limits)
    if changes_only and workspace is None:
        raise CannotRun(
            "These files hold changes only (their manifest says delta): what they change lies in the workspace of the "
            "district that gets them. Check them there, without --kind, or check a whole export."
        )
    with private_folder() as root:
        if changes_only and workspace:
            with read_only(record) as held:
                lend_what_is_changed(source, workspace, root, refused(held) if held else ())
        number = free_file_number(workspace.landing) if workspace else 1
        is_delta = delta.is_delta if delta else None
        delivery = land(source.name, source.kind, path, root / "landing", number, limits, is_delta)
        staged = stage(source, delivery, root / "staging", lambda rows: None, steps)
        earlier = _earlier(source, workspace, root / "earlier", steps) if workspace else None
        with steps.step("compare"), connect() as connection, read_only(record) as held:
            _gather(connection, staged)
            find_unpublishable(connection, staged.tables, staged.cleaned, HeldRecord(held, connection, source.name))
            trace(connection, staged.landed, reader)
            compared = compare(connection, earlier.tables, staged.tables, staged.cleaned) if earlier else None
            unknown: Callable[[Path], list[str]] = getattr(reader, "unknown_columns", lambda landed: [])
            return Rehearsal(
                source.name,
                source.kind,
                _count(connection, "landed"),
                _count(connection, "aside"),
                [row[0] for row in connection.execute(_FILES).fetchall()],
                causes(connection, reader),
                [ValueProblem(*row) for row in connection.execute(_VALUES).fetchall()],
                {table.base.stem: names for table in staged.landed if (names := unknown(table.base))},
                compared,
            )


def _earlier(source: SourceSettings, workspace: Workspace, folder: Path, steps: Steps) -> StagedDelivery | None:
    """The source's last delivery, staged; what is not there any more is made again, but not in the workspace."""
    last = last_delivery(source.name, source.kind, workspace.landing)
    if last is None or (last.follows and not staged_before(source, last, workspace.staging)):
        return None
    return staged_before(source, last, workspace.staging) or stage(
        source, lend(last, folder / "delivery"), folder / "staging", lambda rows: None, steps
    )


def _gather(connection: duckdb.DuckDBPyConnection, staged: StagedDelivery) -> None:
    """`described`, the rules; `file`, `landed` (source_row) and `problem` of a delivery, with its step."""
    connection.register("described", described())
    connection.execute("create temp table file (number bigint, path varchar, unit varchar)")
    # Of a delivery that holds changes only, most rows stand in the files of those that it changes.
    told = (staged.delivery, *staged.earlier)
    files = [(f.number, f.path, f.position_unit) for one in told for f in one.files]
    files += [(f.number, f.path, "line") for f in staged.delivery.refused]
    connection.executemany("insert into file values (?, ?, ?)", files)
    connection.execute(
        """
        create temp table problem as
        select distinct source_row, file_number, rule, field, sentence, severity,
            regexp_extract(filename, '/(landed|mapped|cleaned|checked)[^/]*/(problems/)?[^/]*$', 1) as step
        from read_parquet(?, union_by_name = true, filename = true)
        """,
        [[str(path) for path in staged.problems]],
    )
    landed = " union ".join(f"select source_row from {table.sql}" for table in staged.landed)
    rows = landed or "select null::bigint as source_row where false"
    connection.execute(
        f"create temp table landed as {rows} union select source_row from problem where source_row is not null"
    )


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0


_FILES = "select distinct sentence from problem where severity = 'file' order by 1"
_VALUES = """
    select severity, rule, coalesce(field, ''), path, count(distinct source_row) as rows, min(sentence)
    from problem join file on file.number = file_number where severity in ('value', 'notice')
    group by 1, 2, 3, 4 order by severity desc, rows desc, path, rule
"""
