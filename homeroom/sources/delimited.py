"""Delimited text as whole columns, with the exact line on which each row starts.

Where rows begin, how many fields each has, and which are damaged is found with NumPy over the bytes of the file;
Arrow then parses what is sound. A row that is damaged (a NUL byte, too many or too few columns, a field of megabytes,
a quotation mark out of place) is set aside with its line, and the others go on.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
from numpy.typing import NDArray

from homeroom.sources.report import Rule

LARGEST_RECORD = 1 << 20
_HEAD = 1 << 16
_NEWLINE, _RETURN, _QUOTE = 10, 13, 34

RULES = (
    Rule("nul-byte", "The row holds a NUL byte, which no text has.", "The file may be damaged: export it again."),
    Rule("too-many-columns", "The row has more values than there are columns.", "A comma may want quotation marks."),
    Rule("too-few-columns", "The row has fewer values than there are columns.", "The line may be cut short."),
    Rule("field-too-large", "The row is larger than one megabyte.", "Look at it in the source: it can't be one row."),
    Rule("unbalanced-quotes", "A quotation mark is out of place.", "Double it inside a value, or take it out."),
)


@dataclass(frozen=True)
class DelimitedText:
    """`columns` all text, as sent; `lines` the physical line, from 1, on which each row starts; `damaged` by rule."""

    columns: pa.Table
    lines: NDArray[np.int64]
    damaged: dict[str, NDArray[np.int64]]
    guessed_encoding: int = 0


class NotDelimited(Exception):
    """The file as a whole can't be read: `rule` and a sentence for a person."""

    def __init__(self, rule: str, sentence: str) -> None:
        super().__init__(sentence)
        self.rule = rule


def read_delimited(data: bytes, name: str, header: Callable[[list[str]], list[str]]) -> DelimitedText:
    """Read the bytes of a delimited file.

    `header` is given the names in the first row and answers the names to use; it may raise NotDelimited.
    """
    data = as_utf8(data)
    if not data[:_HEAD].strip() and not data.strip():
        raise NotDelimited("empty-file", f"{name} is empty. Check whether its export was finished.")
    delimiter = delimiter_of(data)
    records = records_of(data, delimiter)
    if records.header_text is None:
        raise NotDelimited("wrong-header", f"The first line of {name} can't be read as column names.")
    names = header(_split(records.header_text, delimiter))
    damaged = _damaged(data, records, len(names))
    sound = np.ones(len(records.starts), bool)
    for rows in damaged.values():
        sound[rows] = False
    body, guessed = _body(data, records, sound)
    try:
        columns = _parse(body, names, delimiter, b'"' in data)
    except pa.ArrowInvalid as error:
        raise NotDelimited("unreadable-file", f"{name} can't be split into rows. Export it again.") from error
    good = records.lines[sound]
    if columns.num_rows != len(good):
        # Arrow and the count above must agree, or the lines would be lies.
        raise NotDelimited("unreadable-file", f"{name} can't be split into rows with certainty. Export it again.")
    return DelimitedText(columns, good, {rule: records.lines[rows] for rule, rows in damaged.items()}, guessed)


@dataclass(frozen=True)
class Records:
    """Where each row after the header starts and ends (bytes), its line, its number of delimiters, and its faults."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    lines: NDArray[np.int64]
    delimiters: NDArray[np.int64]
    misquoted: NDArray[np.bool_]
    header_text: str | None


def as_utf8(data: bytes) -> bytes:
    """The bytes of a file without a byte order mark, UTF-16 as UTF-8, old Macintosh line ends as newlines."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
    return data.removeprefix(b"\xef\xbb\xbf")


def delimiter_of(data: bytes) -> bytes:
    first = data[:_HEAD].lstrip().split(b"\n", 1)[0]
    return max((b",", b"\t", b";", b"|"), key=first.count)


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


def _damaged(data: bytes, records: Records, width: int) -> dict[str, NDArray[np.int64]]:
    """The rows that can't be taken, by rule, each under the first that it breaks."""
    left = np.ones(len(records.starts), bool)
    found: dict[str, NDArray[np.int64]] = {}

    def set_aside(rule: str, rows: NDArray[np.bool_]) -> None:
        found[rule] = np.flatnonzero(rows & left)
        left[rows] = False

    nul = np.zeros(len(left), bool)
    if b"\0" in data:
        at = np.searchsorted(records.starts, np.flatnonzero(np.frombuffer(data, np.uint8) == 0), side="right") - 1
        nul[at[at >= 0]] = True
    set_aside("nul-byte", nul)
    set_aside("unbalanced-quotes", records.misquoted)
    set_aside("field-too-large", records.ends - records.starts > LARGEST_RECORD)
    set_aside("too-many-columns", records.delimiters > width - 1)
    set_aside("too-few-columns", records.delimiters < width - 1)
    return {rule: rows for rule, rows in found.items() if len(rows)}


def _body(data: bytes, records: Records, sound: NDArray[np.bool_]) -> tuple[bytes | memoryview, int]:
    """The bytes of the sound rows, as UTF-8, and how many of them were in another encoding."""
    starts, ends = records.starts[sound], records.ends[sound]
    if not _is_utf8(data):
        rows = [_utf8(data[start:end]) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        return b"\n".join(row for row, _ in rows), sum(guessed for _, guessed in rows)
    if len(starts) and sound.all() and bool((starts[1:] == ends[:-1] + 1).all()):
        # Up to the last row's end: what is blank behind it is no row.
        return memoryview(data)[int(starts[0]) : int(ends[-1])], 0
    return b"\n".join(data[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)), 0


def _is_utf8(data: bytes) -> bool:
    try:
        return data.isascii() or bool(data.decode())
    except UnicodeDecodeError:
        return False


def _utf8(row: bytes) -> tuple[bytes, bool]:
    """A row as UTF-8. What is not is read as Windows-1252, which student systems on Windows write."""
    if _is_utf8(row):
        return row, False
    try:
        return row.decode("cp1252").encode(), True
    except UnicodeDecodeError:
        return row.decode("latin-1").encode(), True


def _split(text: str, delimiter: bytes) -> list[str]:
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter.decode()))
    return [cell for row in rows for cell in row]


def _parse(body: bytes | memoryview, names: list[str], delimiter: bytes, quoted: bool) -> pa.Table:
    schema = pa.schema([(name, pa.string()) for name in names])
    if not len(body):
        return schema.empty_table()
    return pc.read_csv(
        pa.BufferReader(body),
        read_options=pc.ReadOptions(column_names=names, block_size=16 * LARGEST_RECORD),
        parse_options=pc.ParseOptions(delimiter=delimiter.decode(), newlines_in_values=quoted),
        convert_options=pc.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=False, check_utf8=False
        ),
    )
