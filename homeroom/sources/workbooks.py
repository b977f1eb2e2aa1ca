"""Workbooks of Excel and LibreOffice: their sheets as rows of text, and what of them may not be kept.

Calamine reads every form of them (.xlsx, .xlsm, .xlsb, .xls, .ods). A cell's text is what a person means by it: a date
as Excel stores it, counted in days, is `2010-03-04`; a whole number has no `.0`; a cell that holds an error is empty.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from homeroom.social_security_numbers import holds_any_number
from homeroom.sources.archive import ArchiveLimits, FileRefused
from homeroom.sources.header_row import LOOKED_AT, header_row
from homeroom.sources.social_security import WORKBOOKS, holds_social_security_numbers

SUFFIXES = WORKBOOKS
# The parts of a workbook whose texts are those of its cells, which are looked at as columns.
_CELLS = ("xl/worksheets/", "xl/sharedstrings", "xl/styles", "xl/theme", "content.xml", "styles.xml")
_CHUNK = 1 << 20


@dataclass(frozen=True)
class SheetTable:
    """Which rows of a sheet, counted from 1, make a table: `header` names the columns, of which there are `width`; of
    those `above` and `below` it, only such as hold anything count."""

    above: list[int]
    header: int
    below: list[int]
    width: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: `number` from 0, and its cells by rows, from the first on, as long as the longest."""

    name: str
    number: int
    cells: list[list[Any]]

    @cached_property
    def rows(self) -> list[list[str]]:
        """The rows as text."""
        return [[_text(cell) for cell in row] for row in self.cells]

    @cached_property
    def table(self) -> SheetTable | None:
        """The sheet's table; None where no row holds anything."""
        filled = [number for number, row in enumerate(self.rows, 1) if any(cell.strip() for cell in row)]
        if not filled:
            return None
        at = header_row([self.rows[number - 1] for number in filled[:LOOKED_AT]])
        width = max(
            index for number in filled[at:] for index, cell in enumerate(self.rows[number - 1], 1) if cell.strip()
        )
        return SheetTable(filled[:at], filled[at], filled[at + 1 :], width)


def sheets_of(data: bytes, name: str) -> Iterator[Sheet]:
    """The sheets of a workbook that hold anything, hidden ones too.

    Raises FileRefused where it can't be opened.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for number, sheet in enumerate(workbook.sheet_names):
                rows = workbook.get_sheet_by_index(number).to_python(skip_empty_area=False)
                if rows:
                    yield Sheet(sheet, number, rows)
    except PasswordError as problem:
        raise FileRefused(
            "encrypted-file", f"{name} is locked with a password. Save it without one and send it again."
        ) from problem
    except CalamineError as problem:
        raise FileRefused(
            "broken-workbook",
            f"{name} can't be opened as a workbook: it is damaged or of another kind. Save it anew as .xlsx.",
        ) from problem


def check_workbook(data: bytes, name: str, limits: ArchiveLimits) -> None:
    """Refuse a workbook that can't be opened, unpacks to more than it may, or holds Social Security numbers.

    Raises FileRefused, with a sentence that has no value of any cell.
    """
    if zipfile.is_zipfile(io.BytesIO(data)):
        _check_parts(data, name, limits)
    for sheet in sheets_of(data, name):
        text = io.StringIO()
        csv.writer(text).writerows(sheet.rows)
        cells = text.getvalue().encode()
        if why := holds_social_security_numbers("sheet.csv", lambda cells=cells: io.BytesIO(cells)):  # type: ignore[misc]
            raise _social_security(name, f"in its sheet {sheet.name}, {why}")


def _check_parts(data: bytes, name: str, limits: ArchiveLimits) -> None:
    """A workbook is a zip: what it unpacks to is counted, and what is no cell (comments, caches) is looked through."""
    unpacked = 0
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as part:
                    while chunk := part.read(_CHUNK):
                        unpacked += len(chunk)
                        bomb = unpacked > limits.ratio_from_bytes and unpacked / len(data) > limits.ratio
                        if bomb or unpacked > limits.total_bytes:
                            raise FileRefused(
                                "archive-bomb", f"{name} unpacks to far more than its size, as only a bomb does."
                            )
                if not entry.filename.lower().startswith(_CELLS):
                    with archive.open(entry) as part:
                        if holds_any_number(part):
                            raise _social_security(
                                name, "a comment, a text box or a hidden copy in it holds a number that looks like one"
                            )
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as problem:
        raise FileRefused(
            "broken-workbook", f"{name} can't be opened as a workbook: it is damaged. Save it anew as .xlsx."
        ) from problem


def _social_security(name: str, why: str) -> FileRefused:
    return FileRefused(
        "social-security-numbers",
        f"{name} was refused and not kept: {why}. Homeroom never holds them. "
        "Take them out of the workbook and send it again.",
    )


def _text(cell: Any) -> str:
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float():
            return str(int(cell)) if cell.is_integer() else repr(cell)
        case datetime():
            return cell.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            hours, seconds = divmod(int(cell.total_seconds()), 3600)
            return f"{hours}:{seconds // 60:02}:{seconds % 60:02}"
        case _:
            return "" if cell is None else str(cell)
