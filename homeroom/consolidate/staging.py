"""From one delivery, as landed, to cleaned tables of the model: read, map, clean, and ask the rules.

Everything is kept under `<staging>/<delivery_id>/` in one folder for each step, so that a delivery is worked on once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import duckdb

from homeroom.consolidate import map_edfi_xml, map_oneroster
from homeroom.consolidate.clean import Context, clean, widths
from homeroom.consolidate.database import connect
from homeroom.consolidate.edfi.descriptors import vocabulary
from homeroom.consolidate.rules import check, rules, set_aside
from homeroom.consolidate.steps import key_of, once
from homeroom.settings import SourceSettings
from homeroom.sources import edfi_xml, oneroster_csv
from homeroom.sources.delivery import Delivery, LandedTable, read_delivery
from homeroom.sources.report import Report

Progress = Callable[[int], None]


@dataclass(frozen=True)
class StagedDelivery:
    """The cleaned tables of a delivery (`tables`: resource to Parquet), and the files of its problems."""

    source: SourceSettings
    delivery: Delivery
    tables: Mapping[str, Path]
    problems: Sequence[Path]
    landed: Sequence[Path]


def stage(source: SourceSettings, delivery: Delivery, staging: Path, advance: Progress) -> StagedDelivery:
    """Read, map, clean and check a delivery; what was done before is not done again.

    `advance` is told the rows of each table when it is done. Raises CannotRun where the kind of source is unknown.
    """
    folder = staging / delivery.delivery_id
    landed = once(folder / "landed", lambda into: _read(delivery, into))
    mapped = once(folder / f"mapped-{key_of(source.options)}", lambda into: _map(source, delivery.kind, landed, into))
    cleaned = once(folder / f"cleaned-{key_of(source.options)}", lambda into: _clean(mapped, into, advance))
    checked = once(folder / f"checked-{key_of(source.options)}", lambda into: _check(cleaned, into))
    return StagedDelivery(
        source,
        # Reading may have found that a file's positions count records.
        read_delivery(delivery.folder),
        {path.stem: path for path in sorted((checked / "tables").glob("*.parquet"))},
        [
            landed / "problems.parquet",
            mapped / "problems.parquet",
            *sorted((cleaned / "problems").glob("*.parquet")),
            checked / "problems.parquet",
        ],
        sorted((landed / "tables").glob("*.parquet")),
    )


_READERS: Mapping[str, ModuleType] = {oneroster_csv.KIND: oneroster_csv, edfi_xml.KIND: edfi_xml}
_MAPPERS: Mapping[str, ModuleType] = {map_oneroster.KIND: map_oneroster, map_edfi_xml.KIND: map_edfi_xml}

SOURCE_KINDS = tuple(_READERS)


def _read(delivery: Delivery, into: Path) -> None:
    report = Report()
    _READERS[delivery.kind].read(delivery, into / "tables", report)
    report.write(into / "problems.parquet")


def _map(source: SourceSettings, kind: str, landed: Path, into: Path) -> None:
    report = Report()
    with connect() as connection:
        tables = [
            LandedTable(path.stem, path, _rows(connection, path)) for path in (landed / "tables").glob("*.parquet")
        ]
    _MAPPERS[kind].map_tables(tables, source.name, into / "tables", report, source.options)
    report.write(into / "problems.parquet")


def _clean(mapped: Path, into: Path, advance: Progress) -> None:
    (into / "tables").mkdir()
    (into / "problems").mkdir()
    staged = {path.stem: path for path in sorted((mapped / "tables").glob("*.parquet"))}
    with connect() as connection:
        context = Context(identifier_widths=widths(connection, staged), vocabulary=vocabulary(connection, mapped))
        for resource, path in staged.items():
            file = f"{resource}.parquet"
            clean(connection, resource, path, into / "tables" / file, into / "problems" / file, context=context)
            advance(_rows(connection, path))


def _check(cleaned: Path, into: Path) -> None:
    """Ask the rules of whole tables, and leave out the rows and the values that break one."""
    (into / "tables").mkdir()
    tables = {path.stem: path for path in sorted((cleaned / "tables").glob("*.parquet"))}
    with connect() as connection:
        for resource, path in tables.items():
            connection.execute(f"create view \"{resource}\" as from '{path}'")
        check(connection, rules().values(), {resource: f'"{resource}"' for resource in tables}).create("found")
        connection.execute(
            f"copy (select * exclude (resource) from found) to '{into / 'problems.parquet'}' (format parquet)"
        )
        broken = {row[0] for row in connection.execute("select distinct resource from found").fetchall()}
        for resource, path in tables.items():
            target = into / "tables" / path.name
            if resource in broken:
                set_aside(connection, resource, f'"{resource}"', "found").write_parquet(str(target))
            else:
                # The same bytes under a second name cost nothing.
                target.hardlink_to(path)


def _rows(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    row = connection.execute(f"select count(*) from '{path}'").fetchone()
    return int(row[0]) if row else 0
