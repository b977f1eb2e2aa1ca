"""Documents of JSON as they were sent, one a line, each with the reason why it was set aside in a member of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

import numpy as np

from homeroom.sources.column_names import REASON
from homeroom.sources.exported_words import words_of, words_of_document
from homeroom.sources.json_lines import documents_of

# What is no document can't have a member: it stands in one itself, as text.
UNREADABLE = "homeroom_document"


def export_documents(data: bytes, reasons: Mapping[int, str], out: BinaryIO) -> set[str]:
    """Write the documents of a file that stand at the positions in `reasons`; gives the words in them.

    Of a document that is one, the text stays as it was, and its reason is the first member. A reason that an earlier
    export left behind is replaced.
    """
    found = documents_of(data)
    words: set[str] = set()
    for index in np.flatnonzero(np.isin(found.positions, list(reasons))).tolist():
        text = found.documents[index].as_py().strip()
        document = _read(text)
        words |= words_of(text) if document is None else words_of_document(document)
        line = _with_reason(text, document, " ".join(reasons[found.positions[index].as_py()].split()))
        out.write(line.encode(errors="replace") + b"\n")
    return words


def _read(text: str) -> dict[str, Any] | None:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _with_reason(text: str, document: dict[str, Any] | None, reason: str) -> str:
    if document is None:
        return json.dumps({REASON: reason, UNREADABLE: text}, ensure_ascii=False)
    if REASON in document:
        del document[REASON]
        text = json.dumps(document, ensure_ascii=False)
    member = json.dumps({REASON: reason}, ensure_ascii=False).removesuffix("}")
    # What a number looked like, and a name that stands twice, would not outlive a reading.
    return member + (", " if document else "") + text[1:].lstrip()
