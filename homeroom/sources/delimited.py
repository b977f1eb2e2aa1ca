"""Delimited text as whole columns, with the exact line on which each row starts.

A file is read piece by piece. Where rows begin and how many fields each has is found over the bytes
(`homeroom.sources.delimited_records`); Arrow then parses what is sound. A row that is damaged (a NUL byte, too many or
too few columns, a field of megabytes, a quotation mark out of place) is set aside with its line, and the others go on.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
from numpy.typing import NDArray

from homeroom.sources.delimited_records import LARGEST_RECORD, Records, end_of_whole_records, records_of
from homeroom.sources.report import Rule

# So much of a file is held at a time: of a file of gigabytes, the places of its rows alone would fill the memory.
PIECE = 32 << 20
_HEAD = 1 << 16
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

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


def pieces_of(stream: BinaryIO) -> Iterator[bytes]:
    """The text of a delimited file, as `as_utf8` has it, piece by piece."""
    first = stream.read(PIECE)
    if first[:2] in _UTF_16 or (b"\n" not in first and b"\r" in first):
        yield as_utf8(first + stream.read())
        return
    yield as_utf8(first)
    while piece := stream.read(PIECE):
        yield piece


def read_delimited(
    pieces: Iterable[bytes], name: str, header: Callable[[list[str]], list[str]]
) -> Iterator[DelimitedText]:
    """Read the text of a delimited file, which comes in any pieces; gives rows by and by, and some at least once.

    `header` is given the names in the first row and answers the names to use; it may raise NotDelimited.
    """
    names: list[str] = []
    delimiter, first_row, lines = b",", b"", 0
    for text in _whole_rows(pieces):
        if not names:
            if not text.strip():
                raise NotDelimited("empty-file", f"{name} is empty. Check whether its export was finished.")
            delimiter = delimiter_of(text)
        # Each piece is read below the row that names the columns.
        records = records_of(first_row + text, delimiter)
        if records.header_text is None:
            raise NotDelimited("wrong-header", f"The first line of {name} can't be read as column names.")
        if not names:
            names = header(_split(records.header_text, delimiter))
        yield _read_piece(first_row + text, records, name, names, delimiter, lines - first_row.count(b"\n"))
        lines += text.count(b"\n")
        first_row = first_row or records.header_text.encode() + b"\n"


def _whole_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same text, cut behind rows."""
    rest, delimiter = b"", b""
    for piece in pieces:
        text = rest + piece
        if not text.strip():
            rest = text
            continue
        delimiter = delimiter or delimiter_of(text)
        end = end_of_whole_records(text, delimiter) if len(text) >= PIECE else 0
        rest = text[end:]
        if end:
            yield text[:end]
    if rest or not delimiter:
        yield rest


def _read_piece(
    data: bytes, records: Records, name: str, names: list[str], delimiter: bytes, lines_before: int
) -> DelimitedText:
    damaged = _damaged(data, records, len(names))
    sound = np.ones(len(records.starts), bool)
    for rows in damaged.values():
        sound[rows] = False
    body, guessed = _body(data, records, sound)
    try:
        columns = _parse(body, names, delimiter, b'"' in data)
    except pa.ArrowInvalid as error:
        raise NotDelimited("unreadable-file", f"{name} can't be split into rows. Export it again.") from error
    lines = records.lines + lines_before
    if columns.num_rows != int(sound.sum()):
        # Arrow and the count above must agree, or the lines would be lies.
        raise NotDelimited("unreadable-file", f"{name} can't be split into rows with certainty. Export it again.")
    return DelimitedText(columns, lines[sound], {rule: lines[rows] for rule, rows in damaged.items()}, guessed)


def as_utf8(data: bytes) -> bytes:
    """The bytes of a file without a byte order mark, UTF-16 as UTF-8, old Macintosh line ends as newlines."""
    if data[:2] in _UTF_16:
        data = data.decode("utf-16", "replace").encode()
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
    return data.removeprefix(b"\xef\xbb\xbf")


def delimiter_of(data: bytes) -> bytes:
    first = data[:_HEAD].lstrip().split(b"\n", 1)[0]
    return max((b",", b"\t", b";", b"|"), key=first.count)


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
