"""Whether a file holds Social Security numbers. Homeroom has no field for them, so the file is refused.

The check reads a stream and keeps nothing: it runs before a single byte of the file is written anywhere.
It looks at XML (in `social_security_xml`), and at delimited text: column names that say so, columns of which at least
half of the values hold a number of the form ddd-dd-dddd (or with blanks, dots or long hyphens) that could have been
issued (no area 000, 666 or 900-999, no group 00, no serial 0000), and identifiers labelled with their kind, as
OneRoster's `userIds` are (`{SSN:...}`), or in a cell beside them. In a file of a kind that Homeroom doesn't read, one
such number is enough, and a file that is no text is not kept at all, for nobody could look into it.

Nine digits in a row, in a column whose name says nothing, may be anything: many districts and states number students
so. Such a column is kept; nothing in it tells one from the other.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from homeroom.social_security_numbers import NUMBER_IN_TEXT, found_in_json, names_social_security, scan
from homeroom.sources.social_security_xml import found_in_xml

DELIMITED = (".csv", ".tsv", ".txt", ".psv", ".tab", "")
JSON = (".json", ".jsonl", ".ndjson")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
SHARE = 0.5


def holds_social_security_numbers(name: str, opened: Callable[[], BinaryIO]) -> str | None:
    """Why the file is refused, in words without any value of it, or None. `opened` gives the file from its start."""
    if name.lower().endswith(".xml"):
        return found_in_xml(opened, names_social_security)
    with opened() as stream:
        head = stream.read(1 << 16)
    encoding = _encoding(head)
    if name.lower().endswith(JSON):
        with opened() as stream:
            return found_in_json(stream)
    if not is_read(name):
        with opened() as stream:
            return "it holds a number that looks like one" if scan(stream) else None
    for header in _first_record(head.decode(encoding, "replace")):
        if names_social_security(header):
            # A file without a header begins with a person.
            name = re.sub(r"\d", "#", header.strip()[:60])
            return f"the column '{name}' is named for Social Security numbers"
    with opened() as stream:
        found = scan(stream) if encoding != "utf-16" else True
    if found == "labelled":
        return "its identifiers are labelled as Social Security numbers"
    if not found:
        return None
    with opened() as stream:
        column = _column(io.TextIOWrapper(stream, encoding, "replace", newline=""))
    if column is None:
        return None
    return f"at least half of the values in column {column} look like Social Security numbers"


def is_read(name: str) -> bool:
    """Whether a file of this name is one of those that Homeroom reads: XML, or delimited text."""
    return name.lower().endswith((".xml", *DELIMITED[:-1])) or "." not in name.rpartition("/")[2]


def is_no_text(head: bytes) -> bool:
    """Whether a file that begins so is a picture, a document or an archive rather than text."""
    return head.startswith((b"PK", b"%PDF")) or (b"\0" in head and _encoding(head) != "utf-16")


def _encoding(head: bytes) -> str:
    return "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _first_record(text: str) -> list[str]:
    line = next((line for line in text.splitlines() if line.strip()), "")
    return [cell.strip('"') for cell in re.split(r"[,;\t|]", line)]


def _column(text: io.TextIOWrapper) -> int | None:
    """The number, from 1, of a column that holds such numbers in at least half of its filled values."""
    first = text.readline()
    delimiter = max(",;\t|", key=first.count)
    filled: dict[int, int] = {}
    matching: dict[int, int] = {}
    csv.field_size_limit(1 << 31)
    # The first line counts too: a file without a header begins with a person.
    for row in csv.reader(_without_nul(first, text), delimiter=delimiter):
        for index, value in enumerate(row):
            if value.strip():
                filled[index] = filled.get(index, 0) + 1
                if NUMBER_IN_TEXT.search(value):
                    matching[index] = matching.get(index, 0) + 1
    for index, count in matching.items():
        header_only = 1 if filled[index] > 1 else 0
        if count >= SHARE * (filled[index] - header_only):
            return index + 1
    return None


def _without_nul(first: str, rest: io.TextIOWrapper) -> Iterator[str]:
    yield first.replace("\0", "")
    for line in rest:
        yield line.replace("\0", "")
