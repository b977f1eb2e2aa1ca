"""Reader of delimited files of any shape: each is a table of its own, under the names that its columns have.

What the columns mean is said elsewhere, in the source's mapping file. Which row names the columns is found where a
title stands above it; a column without a name is called by its position.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import quote, unquote

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from homeroom.sources.column_names import REASON, unique_names
from homeroom.sources.delimited import RULES, as_utf8, pieces_of
from homeroom.sources.delimited_export import export_rows
from homeroom.sources.delivery import DeliveredFile, Delivery, LandedTable
from homeroom.sources.exported_words import words_of_file
from homeroom.sources.header_row import ABOVE_HEADER, header_of_text
from homeroom.sources.kept_files import KeptFile
from homeroom.sources.landed_text import land_text
from homeroom.sources.report import Report

KIND = "csv"
SUFFIXES = (".csv", ".tsv", ".txt", ".psv", ".tab", "")
# Nobody downstream has a use for them.
_NOT_LANDED = ("password", "passwort", "pwd", REASON)


def read(delivery: Delivery, into: Path, report: Report) -> list[LandedTable]:
    """Land each file as `<into>/<table>.parquet`, `source_row` BIGINT and all else VARCHAR, untrimmed.

    What can't be read is told to the report: a file with a sentence, a row with its rule and line.
    """
    report.knows([*RULES, ABOVE_HEADER])
    delivery.report_refused(report)
    into.mkdir(parents=True, exist_ok=True)
    files = []
    for file in delivery.files:
        if PurePosixPath(file.path).suffix.lower() in SUFFIXES:
            files.append(file)
        else:
            report.file_problem(
                file, "unknown-file", f"{file.path} is no file of delimited text. It was kept as sent and not read."
            )
    # NumPy and Arrow work outside Python's lock: two files are read in the time of one.
    with ThreadPoolExecutor(2) as workers:
        landed = list(workers.map(lambda file: _land(delivery, file, into, report), files))
    return [table for table in landed if table is not None]


def export(sent: KeptFile, file: DeliveredFile, reasons: Mapping[int, str], out: BinaryIO) -> set[str]:
    """Write the rows of a file that start on the lines in `reasons`, as sent, with the reason in a column."""
    data = as_utf8(sent.read())
    header = header_of_text(data)
    begins = data[: header.offset].count(b"\n")
    written = export_rows(data[header.offset :], {line - begins: words for line, words in reasons.items()})
    out.write(written)
    return words_of_file(written)


def table_of(path: str, sheet: str | None = None) -> str:
    """The name under which a delivered file is landed, or a sheet of a workbook: a folder holds no others."""
    return quote(path, safe=" ") + ("" if sheet is None else "#" + quote(sheet, safe=" "))


def file_of(table: str) -> tuple[str, str | None]:
    """The path of the delivered file that a landed table holds, and the sheet of it where it is a workbook's."""
    path, mark, sheet = table.partition("#")
    return unquote(path), unquote(sheet) if mark else None


def write_table(table: pa.Table, name: str, into: Path) -> LandedTable:
    """Write a landed table, whole or not at all; passwords and the reasons of an earlier quarantine stay out."""
    left_out = [column for column in table.column_names if column.lower() in _NOT_LANDED]
    table = table.drop_columns(left_out)
    path = into / f"{name}.parquet"
    unfinished = into / f"{name}.unfinished"
    pq.write_table(table, unfinished, compression="lz4")
    unfinished.replace(path)
    return LandedTable(name, path, table.num_rows)


def _land(delivery: Delivery, file: DeliveredFile, into: Path, report: Report) -> LandedTable | None:
    name = table_of(file.path)
    target = into / f"{name}.parquet"
    with delivery.kept(file).open() as stream:
        pieces = pieces_of(stream)
        start = next(pieces, b"")
        header = header_of_text(start)
        above = start[: header.offset].count(b"\n")
        rows = land_text(
            file, chain([start[header.offset :]], pieces), unique_names, _NOT_LANDED, target, report, above
        )
    if rows is None:
        return None
    report.row_problems((file.number << 32) + np.array(header.above, np.int64), ABOVE_HEADER.name)
    return LandedTable(name, target, rows)
