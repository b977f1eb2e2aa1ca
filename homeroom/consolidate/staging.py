"""From one delivery, as landed, to cleaned tables of the model: read, map, clean, and ask the rules.

Everything is kept under `<staging>/<delivery_id>/` in one folder for each step, so that a delivery is worked on once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from homeroom.consolidate.clean import Context, clean, widths
from homeroom.consolidate.cleaned_before import CleanedBefore, Told, clean_changed, write_understood
from homeroom.consolidate.database import FEW_ROWS, connect, literal
from homeroom.consolidate.edfi.descriptors import vocabulary
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.known_again import places_of
from homeroom.consolidate.landed_delivery import goes_on, read_landed
from homeroom.consolidate.layered_table import LayeredTable, as_one_file, tables_in, write_changed
from homeroom.consolidate.mapped_before import MappedBefore
from homeroom.consolidate.rules import check, rules, set_aside
from homeroom.consolidate.sent_again import counting_on
from homeroom.consolidate.source_kinds import kind_named, module_of
from homeroom.consolidate.steps import key_of, once
from homeroom.progress import Steps
from homeroom.settings import SourceSettings
from homeroom.sources.delivery import Delivery, LandedTable, delivered_before, followed_by, read_delivery
from homeroom.sources.report import Report

Progress = Callable[[int], None]


@dataclass(frozen=True)
class StagedDelivery:
    """The cleaned tables of a delivery (`tables`: by resource), and the files of its problems."""

    source: SourceSettings
    delivery: Delivery
    tables: Mapping[str, LayeredTable]
    problems: Sequence[Path]
    landed: Sequence[LayeredTable]
    # The tables with the rows that were set aside, too.
    cleaned: Mapping[str, LayeredTable]
    # Earlier ones of which rows count on: those that this one changes, where it holds changes only, or sends again.
    earlier: Sequence[Delivery] = ()
    # Events and the use of tools, which have tables of their own in the record.
    learning: Sequence[Path] = ()
    # Where the rows that were sent again stand in the files of this delivery.
    places: Path | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What was delivered, and as what it was read: whatever is made of the tables has this among its inputs."""
        return self.delivery.delivery_id, key_of(self.source.reading)


def stage(
    source: SourceSettings,
    delivery: Delivery,
    staging: Path,
    advance: Progress,
    steps: Steps | None = None,
    engine: Engine = IN_THIS_PROCESS,
) -> StagedDelivery:
    """Read, map, clean and check a delivery; what was done before is not done again.

    `advance` is told the rows of each table when it is done, `steps` each of the four steps; `engine` does the work.
    Raises CannotRun where the kind of source is unknown.
    """
    folder, options = staging / delivery.delivery_id, key_of(source.reading)
    followed = followed_by(delivery)
    with _step(steps, "read"):
        landed = read_landed(delivery, followed, staging, engine)
    last = _staged_last(delivery, staging, options)
    with _step(steps, "map"):
        before = MappedBefore(last / "landed", last / f"mapped-{options}") if last else None
        mapped = once(
            folder / f"mapped-{options}", lambda into: engine.do(_map, source, delivery.kind, landed, before, into)
        )
    with _step(steps, "clean"):
        then = CleanedBefore(before, last / f"cleaned-{options}") if before and last else None
        cleaned = once(folder / f"cleaned-{options}", lambda into: _clean(source, mapped, then, into, advance, engine))
    with _step(steps, "check"):
        checked = once(folder / f"checked-{options}", lambda into: engine.do(_check, cleaned, into))
    return _staged(source, delivery, landed, mapped, cleaned, checked)


def staged_before(source: SourceSettings, delivery: Delivery, staging: Path) -> StagedDelivery | None:
    """What `stage` made of a delivery, where all of it is still there; nothing is made."""
    folder, options = staging / delivery.delivery_id, key_of(source.reading)
    steps = [folder / "landed", *(folder / f"{name}-{options}" for name in ("mapped", "cleaned", "checked"))]
    return _staged(source, delivery, *steps) if all(step.exists() for step in steps) else None


def _staged(
    source: SourceSettings, delivery: Delivery, landed: Path, mapped: Path, cleaned: Path, checked: Path
) -> StagedDelivery:
    changed = followed_by(delivery)
    known = {one.delivery_id for one in changed}
    return StagedDelivery(
        source,
        # Reading may have found that a file's positions count records.
        read_delivery(delivery.folder),
        tables_in(checked / "tables"),
        [
            landed / "problems.parquet",
            mapped / "problems.parquet",
            *sorted((cleaned / "problems").glob("*.parquet")),
            checked / "problems.parquet",
        ],
        list(tables_in(landed / "tables").values()),
        tables_in(cleaned / "tables"),
        [*changed, *(one for one in counting_on(landed, delivery) if one.delivery_id not in known)],
        [path for name in LEARNING_FILES if (path := mapped / name).exists()],
        places_of(landed),
    )


@contextmanager
def _step(steps: Steps | None, name: str) -> Iterator[None]:
    if steps is None:
        yield
        return
    with steps.step(name):
        yield


# What mappings of learning events write beside the tables of the model.
LEARNING_FILES = ("learning_events.parquet", "tool_use.parquet")
# What a source may say of its dates, where none of them tells by itself.
_DAY_FIRST = {"day-first": True, "month-first": False}


def _staged_last(delivery: Delivery, staging: Path, options: str) -> Path | None:
    """The folder of the source's last delivery that was staged with the same options, where all of it is there."""
    made = ("landed", f"mapped-{options}", f"cleaned-{options}")
    earlier = (staging / one.delivery_id for one in delivered_before(delivery))
    return next((folder for folder in earlier if all((folder / name).exists() for name in made)), None)


def _map(source: SourceSettings, kind: str, landed: Path, before: MappedBefore | None, into: Path) -> None:
    report = Report()
    found = tables_in(landed / "tables").items()
    tables = [LandedTable(name, table.base, table.count()) for name, table in found]
    going_on = {"before": before} if goes_on(kind) else {}
    module_of(kind_named(kind).mapper).map_tables(
        tables, source.name, into / "tables", report, source.options, **going_on
    )
    report.write(into / "problems.parquet")


def _clean(
    source: SourceSettings,
    mapped: Path,
    before: CleanedBefore | None,
    into: Path,
    advance: Progress,
    engine: Engine,
) -> None:
    (into / "tables").mkdir()
    (into / "problems").mkdir()
    staged = tables_in(mapped / "tables")
    context = engine.do(_context, source, mapped, staged)
    understood = before.understood(context) if before else {}

    def clean_one(connection: duckdb.DuckDBPyConnection, resource: str) -> tuple[str, Told]:
        """The resource, and what its columns told."""
        now, table = staged[resource], LayeredTable(into / "tables" / f"{resource}.parquet")
        problems = into / "problems" / f"{resource}.parquet"
        if before and resource in understood:
            told = understood[resource]
            if clean_changed(connection, resource, now, before, table, problems, context, told):
                return resource, told
        with as_one_file(connection, now) as rows:
            return resource, clean(connection, resource, rows, table.base, problems, context=context)

    told_now = {}
    for resource, told in engine.table_by_table({name: table.count() for name, table in staged.items()}, clean_one):
        advance(staged[resource].count())
        told_now[resource] = told
    write_understood(into, context, told_now)


def _context(source: SourceSettings, mapped: Path, staged: Mapping[str, LayeredTable]) -> Context:
    with connect() as connection:
        return Context(
            day_first=_DAY_FIRST.get(source.options.get("dates", "")),
            identifier_widths=widths(connection, staged),
            vocabulary=vocabulary(connection, mapped),
            local_namespace=source.options.get("namespace"),
            area_code=source.options.get("area_code"),
        )


def _check(cleaned: Path, into: Path) -> None:
    """Ask the rules of whole tables, and leave out the rows and the values that break one."""
    (into / "tables").mkdir()
    tables = tables_in(cleaned / "tables")
    few = sum(table.count() for table in tables.values()) < FEW_ROWS
    with connect(threads=1 if few else None) as connection:
        for resource, table in tables.items():
            connection.execute(f'create view "{resource}" as from {table.sql}')
        check(connection, rules().values(), {resource: f'"{resource}"' for resource in tables}).create("found")
        connection.execute(
            f"copy (select * exclude (resource) from found) to {literal(into / 'problems.parquet')} (format parquet)"
        )
        broken = {row[0] for row in connection.execute(_BROKEN).fetchall()}
        for resource, table in tables.items():
            if resource in broken:
                _set_aside(connection, resource, table, LayeredTable(into / "tables" / table.base.name))
            else:
                table.link(into / "tables")


_BROKEN = "select distinct resource from found where severity in ('row', 'value')"


def _set_aside(connection: duckdb.DuckDBPyConnection, resource: str, table: LayeredTable, target: LayeredTable) -> None:
    """Write the table without what `found` sets aside."""
    connection.execute(
        f"""
        create or replace temp table broken as select distinct source_row from found
            where resource = {literal(resource)} and severity in ('row', 'value');
        create or replace temp table breaking as
            select row.* from "{resource}" as row semi join broken using (source_row)
        """
    )
    set_aside(connection, resource, "breaking", "found").create("kept")
    write_changed(connection, table, target, "broken using (source_row)", "from kept")
    connection.execute("drop table kept; drop table breaking; drop table broken")
