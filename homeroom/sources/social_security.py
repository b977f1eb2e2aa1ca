"""Whether a file holds Social Security numbers. Homeroom has no field for them, so the file is refused.

The check reads a stream and keeps nothing: it runs before a single byte of the file is written anywhere.
It looks at XML (in `social_security_xml`), and at delimited text: column names that say so, columns of which at least
half of the values hold a number of the form ddd-dd-dddd that could have been issued (no area 000, 666 or 900-999, no
group 00, no serial 0000), and identifiers labelled with their kind, as OneRoster's `userIds` are (`{SSN:...}`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from homeroom.sources.social_security_xml import found_in_xml

DELIMITED = (".csv", ".tsv", ".txt", ".psv", ".tab", "")
SHARE = 0.5

_NUMBER = rb"(?<![0-9A-Za-z-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![0-9A-Za-z-])"
_BYTES = re.compile(_NUMBER)
# Searched first: a pattern that starts with a fixed byte is found ten times as fast.
_ENDING = re.compile(rb"-\d\d-\d{4}")
_TEXT = re.compile(_NUMBER.decode())
_LABELLED = re.compile(rb"\{\s*(?:ssn|social[\s_-]*security)[^}:]{0,20}:\s*[^}\s]", re.IGNORECASE)
_CHUNK = 1 << 22
_OVERLAP = 64


def holds_social_security_numbers(name: str, opened: Callable[[], BinaryIO]) -> str | None:
    """Why the file is refused, in words without any value of it, or None. `opened` gives the file from its start."""
    if name.lower().endswith(".xml"):
        return found_in_xml(opened, names_social_security)
    if not name.lower().endswith(DELIMITED[:-1]) and "." in name.rpartition("/")[2]:
        return None
    with opened() as stream:
        head = stream.read(1 << 16)
    encoding = _encoding(head)
    for header in _first_record(head.decode(encoding, "replace")):
        if names_social_security(header):
            return f"the column '{header.strip()[:60]}' is named for Social Security numbers"
    with opened() as stream:
        found = _scan(stream) if encoding != "utf-16" else True
    if found == "labelled":
        return "its identifiers are labelled as Social Security numbers"
    if not found:
        return None
    with opened() as stream:
        column = _column(io.TextIOWrapper(stream, encoding, "replace", newline=""))
    if column is None:
        return None
    return f"at least half of the values in column {column} look like Social Security numbers"


def names_social_security(header: str) -> bool:
    """Whether a column name says that it holds Social Security numbers: `ssn`, `Student_SSN`, `socialSecurityNo`."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", header)
    joined = "".join(words).lower()
    named = any(word.lower() in ("ssn", "ssnumber") for word in words)
    return named or "socialsecurity" in joined or "socsec" in joined or bool(_ENDS_IN_SSN.match(joined))


_ENDS_IN_SSN = re.compile(
    r"(student|staff|user|person|teacher|employee|emp|parent|guardian|mother|father|contact)s?"
    r"ssn(number|num|no|id)?$"
)


def _encoding(head: bytes) -> str:
    return "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _first_record(text: str) -> list[str]:
    line = next((line for line in text.splitlines() if line.strip()), "")
    return [cell.strip('"') for cell in re.split(r"[,;\t|]", line)]


def _scan(stream: BinaryIO) -> bool | str:
    """Whether any value could be such a number: most files have none, and are read no further."""
    tail, found = b"", False
    while chunk := stream.read(_CHUNK):
        window = tail + chunk
        if b"{" in window and _LABELLED.search(window):
            return "labelled"
        found = found or _any_number(window)
        tail = window[-_OVERLAP:]
    return found


def _any_number(window: bytes) -> bool:
    hits = _ENDING.finditer(window)
    return any(_BYTES.match(window, hit.start() - 3) for hit in hits if hit.start() >= 3)


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
                if _TEXT.search(value):
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
