"""The words in rows that are handed out to be mended: whose rows they are is found by them."""

from __future__ import annotations

import re
from typing import Any


def words_of(text: str) -> set[str]:
    """Whatever stands between the signs that part values in delimited text and XML."""
    return {word.strip() for word in re.findall(r'[^<>",;|\t\r\n]+', text)}


def words_of_file(data: bytes) -> set[str]:
    """Those of a file of such text."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    return words_of(data.decode("utf-16" if wide else "utf-8", "replace"))


def words_of_document(document: Any) -> set[str]:
    """Each text and number of a document of JSON, however deep it stands."""
    words: set[str] = set()
    below = [document]
    while below:
        match below.pop():
            case dict() as members:
                below += members.values()
            case list() as items:
                below += items
            case str() as text:
                words.add(text.strip())
            case int() | float() as number:
                words.add(str(number))
    return words
