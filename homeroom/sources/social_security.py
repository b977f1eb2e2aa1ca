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
from typing import IO, BinaryIO

from homeroom.sources.social_security_xml import found_in_xml

DELIMITED = (".csv", ".tsv", ".txt", ".psv", ".tab", "")
JSON = (".json", ".jsonl", ".ndjson")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
SHARE = 0.5

# What stands between the parts: a hyphen, a blank, a dot, and what word processors make of the first two.
_BETWEEN = ("-", " ", ".", "\u2010", "\u2011", "\u2012", "\u2013", "\u00a0")
_NUMBER = (
    r"(?<![0-9A-Za-z-])(?!000|666|9)\d{3}(?P<between>["
    + re.escape("".join(_BETWEEN))
    + r"])(?!00)\d{2}(?P=between)(?!0000)\d{4}(?![0-9A-Za-z-])"
)
_TEXT = re.compile(_NUMBER, re.ASCII)
# Searched first: a pattern that starts with a fixed byte is found ten times as fast.
_ENDINGS = [
    (mark.isascii(), re.compile(f"{re.escape(mark)}\\d\\d{re.escape(mark)}\\d{{4}}".encode())) for mark in _BETWEEN
]
_LABELLED = re.compile(rb"\{\s*(?:ssn|social[\s_-]*security)[^}:]{0,20}:\s*[^}\s]")
_LABEL_CELL = re.compile(
    rb"(?:^|[,;\t|\n])[\s\"]*(?:ssn|social[\s_-]*security[\s_-]*(?:number|num|no\.?|#)?)[\s\"]*(?=[,;\t|\r\n]|$)"
)
# Looked for first: the words in capitals or not, whole or from their second letter on.
_HINTS = (b"ssn", b"SSN", b"Ssn", b"ocial", b"OCIAL")
_NINE = re.compile(rb"(?<!\d)(?!000|666|9)\d{3}[- .]?(?!00)\d{2}[- .]?(?!0000)\d{4}(?!\d)")
# A property of JSON that holds anything; and a code that says what kind of number stands beside it.
_PROPERTY = re.compile(rb'"([A-Za-z][A-Za-z_ -]{1,60})"\s*:\s*+(?!null|"\s*")')
_CODE_OF_KIND = re.compile(rb'SystemDescriptor#(?:SSN|Social Security)[^"]{0,20}"', re.IGNORECASE)
_CHUNK = 1 << 22
_OVERLAP = 1 << 10
# How far behind its word the rest of a label may stand.
_NEAR = 1 << 7
_PADDING = b' \t\r\n\f\v"'


def holds_social_security_numbers(name: str, opened: Callable[[], BinaryIO]) -> str | None:
    """Why the file is refused, in words without any value of it, or None. `opened` gives the file from its start."""
    if name.lower().endswith(".xml"):
        return found_in_xml(opened, names_social_security)
    with opened() as stream:
        head = stream.read(1 << 16)
    encoding = _encoding(head)
    if name.lower().endswith(JSON):
        with opened() as stream:
            return _found_in_json(stream)
    if not is_read(name):
        with opened() as stream:
            return "it holds a number that looks like one" if _scan(stream) else None
    for header in _first_record(head.decode(encoding, "replace")):
        if names_social_security(header):
            # A file without a header begins with a person.
            name = re.sub(r"\d", "#", header.strip()[:60])
            return f"the column '{name}' is named for Social Security numbers"
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


def holds_any_number(stream: BinaryIO | IO[bytes]) -> bool:
    """Whether a stream holds anything at all that looks like such a number: for what no person keeps numbers in."""
    return bool(_scan(stream))


def is_read(name: str) -> bool:
    """Whether a file of this name is one of those that Homeroom reads: XML, or delimited text."""
    return name.lower().endswith((".xml", *DELIMITED[:-1])) or "." not in name.rpartition("/")[2]


def without_numbers(path: str) -> str:
    """A file's path, with any such number in it made unreadable."""
    return _TEXT.sub("###-##-####", path)


def is_no_text(head: bytes) -> bool:
    """Whether a file that begins so is a picture, a document or an archive rather than text."""
    return head.startswith((b"PK", b"%PDF")) or (b"\0" in head and _encoding(head) != "utf-16")


def names_social_security(header: str) -> bool:
    """Whether a column name says that it holds Social Security numbers: `ssn`, `Student_SSN`, `socialSecurityNo`."""
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", header)
    joined = "".join(words).lower()
    named = any(word.lower() in ("ssn", "ssnumber") for word in words) or bool(_SS_NUMBER.search(header))
    return named or "socialsecurity" in joined or "socsec" in joined or bool(_ENDS_IN_SSN.match(joined))


_SS_NUMBER = re.compile(r"(?<![A-Za-z])SS[\s_.-]*(?:#|Number|Num|No)(?![a-z])", re.IGNORECASE)
_ENDS_IN_SSN = re.compile(
    r"(student|staff|user|person|teacher|employee|emp|parent|guardian|mother|father|contact)s?"
    r"ssn(number|num|no|id)?$"
)


def _encoding(head: bytes) -> str:
    return "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _first_record(text: str) -> list[str]:
    line = next((line for line in text.splitlines() if line.strip()), "")
    return [cell.strip('"') for cell in re.split(r"[,;\t|]", line)]


def _scan(stream: BinaryIO | IO[bytes]) -> bool | str:
    """Whether any value could be such a number: most files have none, and are read no further."""
    tail, found = b"", False
    while chunk := stream.read(_CHUNK):
        window = tail + chunk
        if any(hint in window for hint in _HINTS) and _labelled(window.lower()):
            return "labelled"
        found = found or _any_number(window)
        tail = window[-_OVERLAP:]
    return found


def _found_in_json(stream: BinaryIO) -> str | None:
    """Why a file of JSON is refused: a property named for such numbers, a code that says so, or any such number."""
    tail = b""
    while chunk := stream.read(_CHUNK):
        window = tail + chunk
        if any(hint in window for hint in _HINTS):
            for found in _PROPERTY.finditer(window):
                name = found[1].decode("utf-8", "replace")
                if names_social_security(name):
                    return f"its property '{name}' is named for Social Security numbers"
            if _CODE_OF_KIND.search(window):
                return "its identifiers are labelled as Social Security numbers"
        if _any_number(window):
            return "it holds a number that looks like one"
        tail = window[-_OVERLAP:]
    return None


def _labelled(window: bytes) -> bool:
    """Only what stands about the words is looked at: to ask of every cell takes longer than all else in landing."""
    for word in (b"ssn", b"social"):
        at = window.find(word)
        while at >= 0:
            before = window[max(0, at - _OVERLAP) : at]
            # From the last sign that is no blank, which is where a label or a cell would begin, however it is padded.
            first, last = max(0, at - len(before) + len(before.rstrip(_PADDING)) - 1), at + _NEAR
            if _LABELLED.search(window, first, last):
                return True
            for cell in _LABEL_CELL.finditer(window, first, last):
                start, end = window.rfind(b"\n", 0, cell.start() + 1) + 1, window.find(b"\n", cell.end())
                if _NINE.search(window, start, end if end >= 0 else len(window)):
                    return True
            at = window.find(word, at + 1)
    return False


def _any_number(window: bytes) -> bool:
    for ascii_only, ending in _ENDINGS:
        if not ascii_only and window.isascii():
            continue
        for hit in ending.finditer(window):
            # As text, for what stands between may be several bytes; one byte more on each side must not be a digit.
            if _TEXT.search(window[max(0, hit.start() - 4) : hit.end() + 1].decode("utf-8", "ignore")):
                return True
    return False


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
