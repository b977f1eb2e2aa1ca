"""What looks like a Social Security number, and what says that it is one. Homeroom has no field for them.

A number of the form ddd-dd-dddd (or with blanks, dots or long hyphens) that could have been issued (no area 000, 666 or
900-999, no group 00, no serial 0000); identifiers labelled with their kind, as OneRoster's `userIds` are (`{SSN:...}`),
or in a cell beside them; names of columns and of properties of JSON.
"""

from __future__ import annotations

import re
from typing import IO, BinaryIO

# What stands between the parts: a hyphen, a blank, a dot, and what word processors make of the first two.
_BETWEEN = ("-", " ", ".", "\u2010", "\u2011", "\u2012", "\u2013", "\u00a0")
_NUMBER = (
    r"(?<![0-9A-Za-z-])(?!000|666|9)\d{3}(?P<between>["
    + re.escape("".join(_BETWEEN))
    + r"])(?!00)\d{2}(?P=between)(?!0000)\d{4}(?![0-9A-Za-z-])"
)
NUMBER_IN_TEXT = re.compile(_NUMBER, re.ASCII)
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


def holds_any_number(stream: BinaryIO | IO[bytes]) -> bool:
    """Whether a stream holds anything at all that looks like such a number: for what no person keeps numbers in."""
    return bool(scan(stream))


def without_numbers(path: str) -> str:
    """A file's path, with any such number in it made unreadable."""
    return NUMBER_IN_TEXT.sub("###-##-####", path)


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


def scan(stream: BinaryIO | IO[bytes]) -> bool | str:
    """Whether any value could be such a number: most files have none, and are read no further."""
    tail, found = b"", False
    while chunk := stream.read(_CHUNK):
        window = tail + chunk
        if any(hint in window for hint in _HINTS) and _labelled(window.lower()):
            return "labelled"
        found = found or _any_number(window)
        tail = window[-_OVERLAP:]
    return found


def found_in_json(stream: BinaryIO) -> str | None:
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
            if NUMBER_IN_TEXT.search(window[max(0, hit.start() - 4) : hit.end() + 1].decode("utf-8", "ignore")):
                return True
    return False
