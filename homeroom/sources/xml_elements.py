"""The top-level elements of an interchange document, one after the other, each as JSON with the line it starts on.

The document is a stream: what is held is one element, never the file. A document type declaration is refused, so there
are no entities to expand and nothing outside the file to fetch. Plain elements are read without a parser
(`homeroom.sources.plain_xml`), all others with one (`homeroom.sources.parsed_xml`).
"""

from __future__ import annotations

from codecs import utf_8_decode
from collections.abc import Iterator
from typing import BinaryIO

from homeroom.sources.parsed_xml import LARGEST_TEXT, NotInterchange, Root, Take, XmlElement, parse, parse_one
from homeroom.sources.plain_xml import Head, NotPlain, PlainElements, local_name, read_head

__all__ = ["NotInterchange", "XmlElement", "read_elements"]

_CHUNK = 1 << 18


def read_elements(stream: BinaryIO, name: str, root: Root, take: Take) -> int:
    """Give `take` each top-level element of a document, in order, and answer how many there were.

    `root` is told the local name and the namespace of the outermost element first, and may raise NotInterchange.
    Raises NotInterchange where the document breaks off or is not well formed; what stood before has been given.
    """
    start = stream.read(_CHUNK)
    head = read_head(start)
    if head is None:
        return parse(_Pieces(start, stream), name, root, take)
    prefix, _, local = head.name.rpartition(":")
    root(local, head.attributes.get(f"xmlns:{prefix}" if prefix else "xmlns"))
    return _read_plain(head, start, stream, name, take)


def _read_plain(head: Head, data: bytes, stream: BinaryIO, name: str, take: Take) -> int:
    """Read plain elements as long as they are, and let the parser do the rest."""
    plain, records, line = PlainElements(parse_one), 0, 1 + _lines(data[: head.length].decode(), 0, head.length)
    text, position, counted, data = "", 0, 0, data[head.length :]
    try:
        while len(text) - position <= LARGEST_TEXT:
            line += _lines(text, counted, position)
            decoded, used = utf_8_decode(data, "strict", False)
            text, position, counted, data = text[position:] + decoded, 0, 0, data[used:]
            for element, begin, end, document in plain.take(text, position):
                line, counted = line + _lines(text, counted, begin), begin
                records += 1
                take(XmlElement(local_name(element), line, records, document))
                position = end
            if not (chunk := stream.read(_CHUNK)):
                break
            data += chunk
    except (NotPlain, UnicodeDecodeError):
        pass
    line += _lines(text, counted, position)
    rest = _Pieces(head.opening + text[position:].encode() + data, stream)
    return parse(rest, name, lambda *_: None, take, line - 1, records)


def _lines(text: str, begin: int, end: int) -> int:
    found = text.count("\n", begin, end)
    if text.find("\r", begin, end) < 0:
        return found
    return found + text.count("\r", begin, end) - text.count("\r\n", begin, end)


class _Pieces:
    """A stream of which some was read already."""

    def __init__(self, read: bytes, stream: BinaryIO) -> None:
        self._read, self._stream = read, stream

    def __iter__(self) -> Iterator[bytes]:
        for begin in range(0, len(self._read), _CHUNK):
            yield self._read[begin : begin + _CHUNK]
        self._read = b""
        while chunk := self._stream.read(_CHUNK):
            yield chunk
