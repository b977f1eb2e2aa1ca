"""Rows of a workbook as they were sent, in a new one, with the reason why each was set aside in a column behind the
others.

It is made anew rather than cut down: what else a workbook holds (texts of other rows, copies for pivot tables, versions
of before) stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from homeroom.source_rows import ROWS_OF_A_SHEET
from homeroom.sources.column_names import REASON
from homeroom.sources.workbooks import Sheet, SheetTable, sheets_of

# What a name of a sheet may hold in LibreOffice and not in Excel.
_NOT_IN_NAMES = re.compile(r"[\\*?:/\[\]]")
# Signs that XML has no place for, or reads as others, are written by their number; what looks like that too.
_BY_NUMBER = re.compile(rf"{ILLEGAL_CHARACTERS_RE.pattern}|\r|_(?=x[0-9A-Fa-f]{{4}}_)")
# Before it, Excel counts a day that never was, or none at all.
_FIRST_DAY = date(1900, 3, 1)


def export_sheets(data: bytes, name: str, reasons: Mapping[int, str], out: BinaryIO) -> set[str]:
    """Write the same sheets with their row of names and the rows at the positions in `reasons`; gives their words.

    Each cell is of the type that it had: a number stays one, and a text that looks like one stays text. Reasons of an
    earlier export are left out.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "Homeroom"
    words: set[str] = set()
    for sheet in sheets_of(data, name):
        written = book.create_sheet(_NOT_IN_NAMES.sub("_", sheet.name))
        if sheet.table is not None:
            words |= _write(sheet, sheet.table, reasons, written)
    book.save(out)
    return words


def _write(sheet: Sheet, table: SheetTable, reasons: Mapping[int, str], written: Any) -> set[str]:
    first = sheet.number * ROWS_OF_A_SHEET
    names = sheet.rows[table.header - 1][: table.width]
    columns = [index for index, name in enumerate(names) if name.strip().lower() != REASON]
    wanted = {table.header: REASON} | {row: reasons[first + row] for row in table.below if first + row in reasons}
    for row, reason in wanted.items():
        cells = [sheet.cells[row - 1][index] for index in columns]
        written.append([_cell(value, written) for value in (*cells, " ".join(reason.split()))])
    return {sheet.rows[row - 1][index].strip() for row in wanted for index in columns}


def _cell(value: Any, written: Any) -> Any:
    match value:
        case "":
            return None
        case date() if (value.date() if isinstance(value, datetime) else value) < _FIRST_DAY:
            value = value.isoformat()
        case float() if value.is_integer():
            return int(value)
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(written, _BY_NUMBER.sub(lambda found: f"_x{ord(found[0]):04X}_", value))
    # Else what begins with an equals sign would become a formula.
    cell.data_type = "s"
    return cell
