"""Rows of a delimited file as they were sent, with the reason why each was set aside in a column behind the others."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from homeroom.sources.column_names import REASON
from homeroom.sources.delimited import as_utf8, delimiter_of
from homeroom.sources.delimited_records import records_of

_MARK = b"\xef\xbb\xbf"


def export_rows(data: bytes, reasons: Mapping[int, str]) -> bytes:
    """The header and the rows that start on the lines in `reasons`, byte for byte, each with its reason.

    `data`: a whole delimited file. Its delimiter, line ends, byte order mark and encoding are kept; that of UTF-16 may
    change its byte order. A reason that an earlier export left behind is replaced.
    """
    text = as_utf8(data)
    delimiter = delimiter_of(text)
    records = records_of(text, delimiter)
    header = text[: records.starts[0] if len(records.starts) else None]
    end = b"\r\n" if header.endswith(b"\r\n") else b"\n"
    header = header.strip(b"\r\n")
    last = re.compile(
        re.escape(delimiter) + rb'(?:"(?:[^"]|"")*"|[^"' + re.escape(delimiter) + rb"\r\n]*)$", re.MULTILINE
    )
    exported_before = header.rpartition(delimiter)[2].strip(b' "').lower() == REASON.encode()
    if exported_before:
        header = header.rpartition(delimiter)[0]
    encoding = _encoding(text)
    lines = [header + delimiter + REASON.encode()]
    for index in np.flatnonzero(np.isin(records.lines, list(reasons))).tolist():
        row = text[records.starts[index] : records.ends[index]].rstrip(b"\r")
        if exported_before:
            row = last.sub(b"", row, count=1)
        words = " ".join(reasons[int(records.lines[index])].split()).replace('"', '""')
        lines.append(row + delimiter + f'"{words}"'.encode(encoding, "replace"))
    written = end.join(lines) + end
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return written.decode().encode("utf-16")
    return _MARK + written if data.startswith(_MARK) else written


def _encoding(text: bytes) -> str:
    try:
        text.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
