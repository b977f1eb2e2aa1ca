"""Reader of workbooks: each sheet is a table of its own, under the names that its columns have.

What the columns mean is said elsewhere, in the source's mapping file. Which row names the columns is found where titles
stand above it; a sheet without rows below that is passed over. Delimited files beside the workbooks are read too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import pyarrow as pa

from homeroom.source_rows import ROWS_OF_A_SHEET
from homeroom.sources import csv_files
from homeroom.sources.archive import FileRefused
from homeroom.sources.column_names import unique_names
from homeroom.sources.csv_files import table_of, write_table
from homeroom.sources.delivery import DeliveredFile, Delivery, LandedTable
from homeroom.sources.header_row import ABOVE_HEADER
from homeroom.sources.kept_files import KeptFile
from homeroom.sources.report import Report
from homeroom.sources.workbooks import SUFFIXES, Sheet, sheets_of

KIND = "excel"
POSITION_UNIT = "sheet"


def read(delivery: Delivery, into: Path, report: Report) -> list[LandedTable]:
    """Land each sheet as `<into>/<table>.parquet`, `source_row` BIGINT and all else VARCHAR, untrimmed.

    The position in a `source_row` is the sheet's number, from 0, times `ROWS_OF_A_SHEET`, and the row, from 1.
    """
    workbooks = [file for file in delivery.files if _is_workbook(file.path)]
    for file in workbooks:
        if file.position_unit != POSITION_UNIT:
            delivery = delivery.with_position_unit(file, POSITION_UNIT)
    others = tuple(file for file in delivery.files if not _is_workbook(file.path))
    landed = csv_files.read(replace(delivery, files=others), into, report)
    for file in workbooks:
        try:
            for sheet in sheets_of(delivery.kept(file).read(), file.path):
                if table := _land(file, sheet, into, report):
                    landed.append(table)
        except FileRefused as problem:
            report.file_problem(file, problem.rule, str(problem))
    return landed


def export(sent: KeptFile, file: DeliveredFile, reasons: Mapping[int, str], out: BinaryIO) -> set[str]:
    """Write a workbook of the same sheets with the rows at the positions in `reasons` alone, the reason in a column."""
    if not _is_workbook(file.path):
        return csv_files.export(sent, file, reasons, out)
    # What writes workbooks is imported where one is written.
    from homeroom.sources.workbook_export import export_sheets

    return export_sheets(sent.read(), file.path, reasons, out)


def exported_path(path: str) -> str:
    """Under which path the rows of a file are written: workbooks of any form as `.xlsx`."""
    return f"{path}.xlsx" if _is_workbook(path) and not path.lower().endswith(".xlsx") else path


def _is_workbook(path: str) -> bool:
    return PurePosixPath(path).suffix.lower() in SUFFIXES


def _land(file: DeliveredFile, sheet: Sheet, into: Path, report: Report) -> LandedTable | None:
    table = sheet.table
    if table is None:
        return None
    begin = (file.number << 32) + sheet.number * ROWS_OF_A_SHEET
    report.row_problems([begin + number for number in table.above], ABOVE_HEADER.name)
    if not table.below:
        return None
    below = [sheet.rows[number - 1] for number in table.below]
    columns = [pa.array([row[index] for row in below], pa.string()) for index in range(table.width)]
    columns.append(pa.array([begin + number for number in table.below], pa.int64()))
    names = unique_names(sheet.rows[table.header - 1][: table.width])
    return write_table(pa.table(columns, [*names, "source_row"]), table_of(file.path, sheet.name), into)
