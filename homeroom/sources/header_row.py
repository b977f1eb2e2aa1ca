"""Which row names the columns: exports and workbooks often have a title, a date or an empty line above it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from homeroom.sources.column_names import REASON
from homeroom.sources.report import Rule

LOOKED_AT = 40
_HEAD = 1 << 18
_DELIMITERS = (",", "\t", ";", "|")
# What a value looks like and a name of a column doesn't: a number, a date, a time.
_VALUE = re.compile(r"[\s$€£%]*[-+]?[\d.,/:\s%-]*\d[\d.,/:\s%-]*")

ABOVE_HEADER = Rule(
    "above-the-header",
    "The line stands above the names of the columns and was passed over.",
    "Nothing to do, if it is a title of the export.",
    "notice",
)


@dataclass(frozen=True)
class TextHeader:
    """Where the row of names begins in delimited text: `offset` in bytes, and the lines (from 1) above it that hold
    anything."""

    offset: int
    above: tuple[int, ...]


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """The index of the row of names among the first rows of a table; 0 where none is like one.

    It is the first that fills about as many cells as the rows below it, and has no number or date among them; or one
    of a file that was handed out to be mended, which says so itself.
    """
    widths = Counter(width for row in rows if (width := _width(row)))
    if not widths:
        return 0
    # Ragged titles are few and narrow; of two widths as frequent, the wider is the table's.
    usual = max(widths, key=lambda width: (widths[width], width))
    for index, row in enumerate(rows):
        filled = [cell for cell in row if cell.strip()]
        if any(cell.strip().lower() == REASON for cell in filled):
            return index
        if len(filled) * 4 >= usual * 3 and not any(map(_VALUE.fullmatch, filled)):
            return index
    return 0


def _width(row: Sequence[str]) -> int:
    """Up to which cell, from 1, a row holds anything."""
    return max((index for index, cell in enumerate(row, 1) if cell.strip()), default=0)


def header_of_text(data: bytes) -> TextHeader:
    """Where the names of the columns begin in delimited text."""
    text = data[:_HEAD].decode("utf-8", "replace")
    best: tuple[float, list[tuple[int, list[str]]]] = (-1.0, [])
    for delimiter in _DELIMITERS:
        rows = _first_rows(text, delimiter)
        widths = Counter(len(row) for _, row in rows)
        width, often = widths.most_common(1)[0] if widths else (0, 0)
        # The delimiter that parts most rows alike into most cells.
        score = (width - 1) * often / max(1, len(rows))
        if score > best[0]:
            best = (score, rows)
    rows = best[1]
    index = header_row([row for _, row in rows]) if rows else 0
    if index == 0:
        return TextHeader(0, ())
    return TextHeader(_offset_of_line(data, rows[index][0]), tuple(line for line, _ in rows[:index]))


def _first_rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The first rows that hold anything, each with the line (from 1) on which it begins."""
    # A line ends where it is counted to end: at a newline, whatever else stands before it.
    lines = text.replace("\0", "").replace("\r", "").split("\n")
    reader = csv.reader(lines, delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((begins, row))
            begins = reader.line_num + 1
            if len(rows) == LOOKED_AT:
                break
    except csv.Error:
        # A cell without end: what came before it has to do.
        pass
    return rows


def _offset_of_line(data: bytes, line: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = data.index(b"\n", at) + 1
    return at
