"""Reader of OneRoster CSV bundles, versions 1.1 and 1.2, and of School Data Sync's variant of them.

Any subset of the files, with or without a manifest, in any folder of the delivery; columns in any order and case;
columns that the standard doesn't know, `metadata.*` among them, are landed under the names they came with; passwords
are not landed. Rows with the status `tobedeleted` are landed like others.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from homeroom.sources.column_names import REASON, unique_names
from homeroom.sources.delimited import RULES, NotDelimited, pieces_of
from homeroom.sources.delimited_export import export_rows
from homeroom.sources.delivery import DeliveredFile, Delivery, LandedTable
from homeroom.sources.exported_words import words_of_file
from homeroom.sources.kept_files import KeptFile
from homeroom.sources.landed_text import SOURCE_ROW, land_text
from homeroom.sources.oneroster_manifest import is_manifest, modes_of, table_name
from homeroom.sources.oneroster_tables import BY_FILE_NAME, PERSONS, REFERENCES, TABLES, Table
from homeroom.sources.report import Report

KIND = "oneroster-csv"
# What a row's column `IDENTIFIER` is to others, and which of their columns hold it.
IDENTIFIER, NAMES, NAMES_PERSONS = "sourcedId", REFERENCES, PERSONS
# Nobody downstream has a use for them.
NOT_LANDED = ("password", REASON)
# Whose rows mean nothing without whose: worth a word where the second did not come.
_REFERS_TO = {
    "enrollments": ("users", "classes"),
    "roles": ("users",),
    "demographics": ("users",),
    "classes": ("orgs",),
    "results": ("users", "lineItems"),
}


def read(delivery: Delivery, into: Path, report: Report) -> list[LandedTable]:
    """Land each table of the bundle as `<into>/<table>.parquet`, `source_row` BIGINT and all else VARCHAR, untrimmed.

    What can't be read is told to the report: a file with a sentence, a row with its rule and line.
    """
    report.knows(RULES)
    delivery.report_refused(report)
    into.mkdir(parents=True, exist_ok=True)
    tables: dict[str, list[DeliveredFile]] = {}
    for file in delivery.files:
        name = table_name(file.path)
        if is_manifest(file.path):
            _compare_manifest(delivery, file, report)
        elif name in BY_FILE_NAME:
            tables.setdefault(BY_FILE_NAME[name], []).append(file)
        elif PurePosixPath(file.path).suffix.lower() in (".csv", ".txt"):
            report.file_problem(
                file, "unknown-file", f"{file.path} is not a file of OneRoster. It was kept as sent and not read."
            )
    if delivery.follows is None:
        _tell_missing(tables, delivery, report)
    # NumPy and Arrow work outside Python's lock: two tables are read in the time of one.
    with ThreadPoolExecutor(2) as workers:
        landed = workers.map(lambda name: _land_table(delivery, TABLES[name], tables[name], into, report), tables)
        return [table for table in landed if table is not None]


def write_table(name: str, tables: list[pa.Table], into: Path) -> LandedTable:
    """Write the rows of several files or deliveries as one landed table."""
    table = tables[0] if len(tables) == 1 else pa.concat_tables(_same_case(tables), promote_options="default")
    path = into / f"{name}.parquet"
    unfinished = path.with_suffix(".unfinished")
    pq.write_table(table, unfinished, compression="lz4")
    unfinished.replace(path)
    return LandedTable(name, path, table.num_rows)


def export(sent: KeptFile, file: DeliveredFile, reasons: Mapping[int, str], out: BinaryIO) -> set[str]:
    """Write the rows of a file that start on the lines in `reasons`, as sent, with the reason in a column."""
    written = export_rows(sent.read(), reasons)
    out.write(written)
    return words_of_file(written)


def unknown_columns(landed: Path) -> list[str]:
    """The columns of a landed table that the standard doesn't know, but for the vendors' own `metadata.`."""
    names = set(pq.read_schema(landed).names) - {SOURCE_ROW, *TABLES[landed.stem].columns}
    return sorted(name for name in names if not name.lower().startswith("metadata."))


def table_by_lines(path: str) -> str | None:
    """The table that a delivered file holds, whose lines below the first are its rows; None where it holds none."""
    return BY_FILE_NAME.get(table_name(path))


def _land_table(
    delivery: Delivery, table: Table, files: list[DeliveredFile], into: Path, report: Report
) -> LandedTable | None:
    parts = []
    for file in files:
        part = into / f"{table.name}.{file.number}.part"
        with delivery.kept(file).open() as stream:
            header = partial(_columns, table=table, path=file.path)
            if land_text(file, pieces_of(stream), header, NOT_LANDED, part, report) is not None:
                parts.append(part)
    if not parts:
        return None
    if len(parts) == 1:
        whole = parts[0].rename(into / f"{table.name}.parquet")
        return LandedTable(table.name, whole, pq.read_metadata(whole).num_rows)
    landed = write_table(table.name, [pq.read_table(part) for part in parts], into)
    for part in parts:
        part.unlink()
    return landed


def _columns(names: list[str], table: Table, path: str) -> list[str]:
    """The columns' names: the standard's where it knows them, in any case, else as sent; each name once."""
    known = {column.lower(): column for column in table.columns}
    sent = [name.strip().strip('"') for name in names]
    result = unique_names(known.get(name.lower()) or table.also.get(name.lower()) or name for name in sent)
    missing = [one for one in table.needed if not any(way in result for way in one.split("|"))]
    if missing:
        wanted = " and ".join(one.replace("|", " or ") for one in missing)
        raise NotDelimited(
            "wrong-header",
            f"The first line of {path} must name the columns; {wanted} is missing. "
            "It was not read. Export it with OneRoster's column names.",
        )
    return result


def _tell_missing(tables: dict[str, list[DeliveredFile]], delivery: Delivery, report: Report) -> None:
    """Tell which files the others refer to that did not come; one that was refused has its own sentence."""
    refused = {BY_FILE_NAME.get(table_name(f.path)) for f in delivery.refused}
    for name, others in _REFERS_TO.items():
        for other in others:
            if name in tables and other not in tables and other not in refused:
                file = tables[name][0]
                report.file_problem(
                    file,
                    "missing-file",
                    f"{file.path} refers to {other}, but {other}.csv did not come. If the export should hold it, "
                    "send it again with that file.",
                )


def _compare_manifest(delivery: Delivery, file: DeliveredFile, report: Report) -> None:
    """Tell which files the manifest promises that did not come."""
    came = {table_name(f.path) for f in delivery.files} | {table_name(f.path) for f in delivery.refused}
    for name, mode in modes_of(delivery, file).items():
        if mode in ("bulk", "delta") and name.lower() not in came:
            report.file_problem(
                file, "missing-file", f"The manifest promises {name[:60]}.csv, which did not come. Send it again."
            )


def _same_case(tables: list[pa.Table]) -> list[pa.Table]:
    """Columns that two files of one table name in different case, under the first's name."""
    names: dict[str, str] = {}
    for table in tables:
        for column in table.column_names:
            names.setdefault(column.lower(), column)
    return [table.rename_columns([names[column.lower()] for column in table.column_names]) for table in tables]
