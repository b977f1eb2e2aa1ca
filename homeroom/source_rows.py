"""How a row of a delivery is named for ever, in one number: its file's in the upper half, its position in the lower.

What the position counts is the file's unit: lines, records (of XML that has all on one line), or rows of sheets, where
a workbook's sheets follow each other.
"""

from __future__ import annotations

POSITION = (1 << 32) - 1
# Excel has so many rows in a sheet: a position in a workbook is the sheet's number, from 0, times this, and the row.
ROWS_OF_A_SHEET = 1 << 20


def place(unit: str, position: int) -> dict[str, int]:
    """Where in its file a row stands: `{"line": 12}`, or `{"sheet": 2, "row": 12}`, all from 1."""
    if unit == "sheet":
        sheet, row = divmod(position - 1, ROWS_OF_A_SHEET)
        return {"sheet": sheet + 1, "row": row + 1}
    return {unit: position}


def place_in_words(unit: str, position: int) -> str:
    """Where in its file a row stands, for a person: `line 12`, or `sheet 2, row 12`."""
    return ", ".join(f"{name} {number:,}" for name, number in place(unit, position).items())
