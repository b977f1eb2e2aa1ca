"""Files of JSON as whole columns: one document a line, or one document or list in the whole file.

Where lines begin is found with NumPy over the bytes, and Arrow takes them as they are; what is in them, DuckDB reads.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute

_NEWLINE = 10
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Documents:
    """`documents` as text; `positions` from 1: lines, or, with `unit` 'record', places in the file's list."""

    positions: pa.Array
    documents: pa.Array
    unit: str


def documents_of(data: bytes) -> Documents:
    """The documents of a file. What is no JSON is there as it came: whoever reads it says so."""
    data = _as_utf8(data)
    whole = _whole(data)
    if whole is not None:
        texts = [_text(document) for document in whole]
        return Documents(pa.array(range(1, len(texts) + 1), pa.int64()), pa.array(texts, pa.large_string()), "record")
    return _lines(data)


def _lines(data: bytes) -> Documents:
    ends = np.flatnonzero(np.frombuffer(data, np.uint8) == _NEWLINE) + 1
    if not len(ends) or ends[-1] != len(data):
        ends = np.append(ends, len(data))
    offsets = np.concatenate(([0], ends)).astype(np.int64)
    lines = pa.LargeStringArray.from_buffers(len(ends), pa.py_buffer(offsets.tobytes()), pa.py_buffer(data))
    filled = pa.compute.not_equal(pa.compute.utf8_trim_whitespace(lines), "")
    positions = pa.array(np.arange(1, len(ends) + 1))
    return Documents(positions.filter(filled), lines.filter(filled), "line")


def _whole(data: bytes) -> list[object] | None:
    """The documents of a file whose first line is not a document of its own, or is the list of all."""
    first = data.lstrip().split(b"\n", 1)[0]
    try:
        begun = json.loads(first)
        if not isinstance(begun, list):
            return None
    except (ValueError, RecursionError):
        if first.strip()[:1] not in (b"{", b"["):
            return None
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        # Lines, one of which is damaged, or nested so deep that nobody meant it.
        return None
    return whole if isinstance(whole, list) else [whole]


def _text(document: object) -> str:
    text = json.dumps(document, ensure_ascii=False)
    # Half of a pair of surrogates is no character, and stays written by its number.
    return text if text.isascii() or not _HALF.search(text) else json.dumps(document)


def _as_utf8(data: bytes) -> bytes:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode()
    except UnicodeDecodeError:
        data = data.decode("utf-8", "replace").encode()
    return data
