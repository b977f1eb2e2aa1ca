"""Reader of workbooks: each sheet is a table of its own, under the names that its columns have.

What the columns mean is said elsewhere, in the source's mapping file. Which row names the columns is found where titles
stand above it; a sheet without rows below that is passed over. Delimited files beside the workbooks are read too.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pyarrow as pa

from homeroom.source_rows import ROWS_OF_A_SHEET
from homeroom.sources import csv_files
from homeroom.sources.archive import FileRefused
from homeroom.sources.column_names import unique_names
from homeroom.sources.csv_files import table_of, write_table
from homeroom.sources.delivery import DeliveredFile, Delivery, LandedTable
from homeroom.sources.header_row import ABOVE_HEADER, LOOKED_AT, header_row
from homeroom.sources.report import Report
from homeroom.sources.workbooks import SUFFIXES, Sheet, sheets_of

KIND = "excel"
POSITION_UNIT = "sheet"


def read(delivery: Delivery, into: Path, report: Report) -> list[LandedTable]:
    """Land each sheet as `<into>/<table>.parquet`, `source_row` BIGINT and all else VARCHAR, untrimmed.

    The position in a `source_row` is the sheet's number, from 0, times `ROWS_OF_A_SHEET`, and the row, from 1.
    """
    workbooks = [file for file in delivery.files if PurePosixPath(file.path).suffix.lower() in SUFFIXES]
    for file in workbooks:
        if file.position_unit != POSITION_UNIT:
            delivery = delivery.with_position_unit(file, POSITION_UNIT)
    others = tuple(file for file in delivery.files if PurePosixPath(file.path).suffix.lower() not in SUFFIXES)
    landed = csv_files.read(replace(delivery, files=others), into, report)
    for file in workbooks:
        try:
            for sheet in sheets_of(delivery.path_of(file).read_bytes(), file.path):
                if table := _land(file, sheet, into, report):
                    landed.append(table)
        except FileRefused as problem:
            report.file_problem(file, problem.rule, str(problem))
    return landed


def _land(file: DeliveredFile, sheet: Sheet, into: Path, report: Report) -> LandedTable | None:
    filled = [(number, row) for number, row in enumerate(sheet.rows, 1) if any(cell.strip() for cell in row)]
    begin = (file.number << 32) + sheet.number * ROWS_OF_A_SHEET
    header = header_row([row for _, row in filled[:LOOKED_AT]])
    report.row_problems([begin + number for number, _ in filled[:header]], ABOVE_HEADER.name)
    below = filled[header + 1 :]
    if not below:
        return None
    names = filled[header][1]
    width = max(index for _, row in filled[header:] for index, cell in enumerate(row, 1) if cell.strip())
    columns = [pa.array([row[index] for _, row in below], pa.string()) for index in range(width)]
    columns.append(pa.array([begin + number for number, _ in below], pa.int64()))
    return write_table(
        pa.table(columns, [*unique_names(names[:width]), "source_row"]), table_of(file.path, sheet.name), into
    )
