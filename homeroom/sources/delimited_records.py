"""Where the rows of delimited text begin and end, and which quotation marks are out of place.

Found with NumPy over the bytes of the text, which is UTF-8 without a byte order mark.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LARGEST_RECORD = 1 << 20
_NEWLINE, _RETURN, _QUOTE = 10, 13, 34


@dataclass(frozen=True)
class Records:
    """Where each row after the header starts and ends (bytes), its line, its number of delimiters, and its faults."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    lines: NDArray[np.int64]
    delimiters: NDArray[np.int64]
    misquoted: NDArray[np.bool_]
    header_text: str | None


def records_of(data: bytes, delimiter: bytes) -> Records:
    array = np.frombuffer(data, np.uint8)
    # One pass finds all bytes that may part rows and values; what follows looks at these only.
    marks = np.flatnonzero(_table(_NEWLINE, _QUOTE, delimiter[0])[array])
    kinds = array[marks]
    newlines = marks[kinds == _NEWLINE]
    is_quote, misquoted_at = kinds == _QUOTE, np.empty(0, np.int64)
    quotes = marks[is_quote]
    if _well_quoted(array, quotes, delimiter[0]):
        inside = np.bitwise_xor.accumulate(is_quote.view(np.uint8)).view(bool)
    else:
        quotes, misquoted_at = _mend(array, quotes, newlines, delimiter[0])
        inside = np.searchsorted(quotes, marks) % 2 == 1
    breaks, separators = marks[(kinds == _NEWLINE) & ~inside], marks[(kinds == delimiter[0]) & ~inside]
    starts = np.concatenate(([0], breaks + 1)).astype(np.int64)
    ends = np.concatenate((breaks, [len(array)])).astype(np.int64)
    filled = _filled(array, starts, ends)
    starts, ends = starts[filled], ends[filled]
    lines = np.searchsorted(newlines, starts, side="left") + 1
    counts = np.searchsorted(separators, ends) - np.searchsorted(separators, starts)
    misquoted = np.zeros(len(starts), bool)
    misquoted[np.searchsorted(starts, misquoted_at, side="right") - 1] = True
    text = bytes(data[starts[0] : ends[0]]).decode("utf-8", "replace").rstrip("\r")
    usable = not misquoted[0] and "\0" not in text
    return Records(starts[1:], ends[1:], lines[1:], counts[1:], misquoted[1:], text if usable else None)


def end_of_whole_records(data: bytes, delimiter: bytes) -> int:
    """Up to where a piece of a text, from the start of a row on, holds whole rows, whatever comes behind; 0 if none."""
    if b'"' not in data:
        return data.rfind(b"\n") + 1
    array = np.frombuffer(data, np.uint8)
    quotes, newlines = np.flatnonzero(array == _QUOTE), np.flatnonzero(array == _NEWLINE)
    outside = newlines[np.searchsorted(quotes, newlines) % 2 == 0]
    end = int(outside[-1]) + 1 if len(outside) else 0
    if end and _well_quoted(array[:end], quotes[: np.searchsorted(quotes, end)], delimiter[0]):
        return end
    # What closes a value is looked for no further than a record may be long: before, nothing depends on what comes.
    starts = records_of(data, delimiter).starts
    place = int(np.searchsorted(starts, len(data) - 2 * LARGEST_RECORD)) - 1
    return int(starts[place]) if place >= 0 else 0


def _filled(array: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which lines hold anything: not those that are empty but for a carriage return or blanks."""
    lengths = ends - starts
    filled = lengths > 1
    single = np.flatnonzero(lengths == 1)
    filled[single] = array[starts[single]] != _RETURN
    short = np.flatnonzero(filled & (lengths < 64))
    blank = np.isin(array[starts[short]], (32, 9, _RETURN))
    for index in short[blank]:
        filled[index] = bool(array[starts[index] : ends[index]].tobytes().strip())
    return filled


def _table(*values: int) -> NDArray[np.bool_]:
    """For each of the 256 bytes whether it is one of the values."""
    table = np.zeros(256, bool)
    table[list(values)] = True
    return table


def _well_quoted(array: NDArray[np.uint8], quotes: NDArray[np.int64], delimiter: int) -> bool:
    """Whether the quotation marks all open and close values, as in a file without fault.

    They alternate: one opens after a delimiter or a line's start, the next closes before a delimiter or a line's end,
    and two together inside a value are a mark of its own.
    """
    if len(quotes) % 2 or not len(quotes):
        return not len(quotes)
    opening, closing = quotes[::2], quotes[1::2]
    after = array[np.minimum(closing + 1, len(array) - 1)]
    closes = _table(delimiter, _NEWLINE, _RETURN, _QUOTE)[after] | (closing == len(array) - 1)
    before = array[np.maximum(opening - 1, 0)]
    opens = _table(delimiter, _NEWLINE)[before] | (opening == 0)
    opens[1:] |= opening[1:] - closing[:-1] == 1
    return bool(opens.all() and closes.all())


def _mend(
    array: NDArray[np.uint8], quotes: NDArray[np.int64], newlines: NDArray[np.int64], delimiter: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The marks that open and close values, and where one is out of place: the careful, slow way.

    It walks the lines that hold marks, and gives up on one where its marks don't close. A value may go on over lines
    as long as it closes within a megabyte at a place where a value may end.
    """
    proper: list[int] = []
    wrong: list[int] = []
    edges = np.concatenate((newlines, [len(array)]))
    values = array.tobytes()
    index = 0
    while index < len(quotes):
        line_end = int(edges[np.searchsorted(edges, quotes[index])])
        marks, following, ok = _line_marks(values, quotes, index, line_end, delimiter, edges)
        if ok:
            proper.extend(marks)
        else:
            wrong.append(int(quotes[index]))
        index = following
    return np.array(proper, np.int64), np.array(wrong, np.int64)


def _line_marks(
    values: bytes, quotes: NDArray[np.int64], index: int, line_end: int, delimiter: int, edges: NDArray[np.int64]
) -> tuple[list[int], int, bool]:
    """The marks of the record that begins in this line, the next mark's index, and whether all is in its place."""
    marks: list[int] = []
    after_line = int(np.searchsorted(quotes, line_end))
    first = int(quotes[index])
    position = index
    while position < len(quotes) and int(quotes[position]) < line_end:
        start = int(quotes[position])
        previous = values[start - 1] if start else _NEWLINE
        if previous not in (delimiter, _NEWLINE):
            # A mark inside a bare value (William "Bill" Smith) is a mark like any other character.
            position += 1
            continue
        close = _closing(values, quotes, position + 1, delimiter, first)
        if close is None:
            return [], after_line, False
        # Every mark from the opening to the closing is counted: pairs inside cancel out.
        marks.extend(int(q) for q in quotes[position : close + 1])
        position = close + 1
        end = int(quotes[close])
        if end > line_end:
            line_end = int(edges[np.searchsorted(edges, end)])
    return marks, position, True


def _closing(values: bytes, quotes: NDArray[np.int64], index: int, delimiter: int, first: int) -> int | None:
    while index < len(quotes) and int(quotes[index]) - first <= LARGEST_RECORD:
        at = int(quotes[index])
        following = values[at + 1] if at + 1 < len(values) else _NEWLINE
        if following == _QUOTE:
            index += 2
            continue
        return index if following in (delimiter, _NEWLINE, _RETURN) else None
    return None
