"""Top-level elements of an interchange document as they were sent, each behind a comment with the reason why it was set
aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO
from xml.parsers import expat

from homeroom.sources.exported_words import words_of
from homeroom.sources.kept_files import KeptFile

_CHUNK = 1 << 18


def export_elements(sent: KeptFile, unit: str, reasons: Mapping[int, str], out: BinaryIO) -> set[str]:
    """Write a document of the same kind with those elements alone that start at the places in `reasons`; gives the
    words in them.

    `unit`: what the places count, 'line' or 'record'. What stands before the first element, and each element, is
    copied byte for byte.
    """
    found = _Elements(sent, unit, reasons)
    words: set[str] = set()
    with sent.open() as opened:
        stream = _Forward(opened)
        out.write(stream.read(found.head))
        for begin, end, reason in found.places:
            stream.go_to(begin)
            element = stream.read(end - begin)
            words |= words_of(element.decode(found.encoding, "replace"))
            out.write(
                found.encoded(f"\n<!-- {_comment(reason)} -->\n") + element + _rest_of_tag(stream, element, found)
            )
    out.write(found.encoded(f"\n</{found.root}>\n"))
    return words


class _Elements:
    """Where the wanted elements of a document stand, as (begin, where its last tag begins, reason), and what is round
    them: `head` bytes up to the first element, and the name of the outermost one."""

    def __init__(self, sent: KeptFile, unit: str, reasons: Mapping[int, str]) -> None:
        self.head, self.root = 0, ""
        self.places: list[tuple[int, int, str]] = []
        self.encoding = "utf-8"
        self._parser = expat.ParserCreate()
        self._reasons, self._by_record = reasons, unit == "record"
        self._depth = self._records = self._begin = 0
        self._place = 0
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        with sent.open() as stream:
            self._read(stream)

    def encoded(self, text: str) -> bytes:
        return text.encode(self.encoding, "replace")

    def _read(self, stream: BinaryIO) -> None:
        start = stream.read(_CHUNK)
        wide = {b"\xff\xfe": "utf-16-le", b"<\0": "utf-16-le", b"\xfe\xff": "utf-16-be", b"\0<": "utf-16-be"}
        two_bytes = wide.get(start[:2])
        chunk = start
        try:
            while chunk:
                # A zero byte that the reader replaced; here one of the same length, for the places to stay.
                self._parser.Parse(chunk if two_bytes else chunk.replace(b"\0", b" "), False)
                chunk = stream.read(_CHUNK)
        except expat.ExpatError:
            # What stood before was read, and only that can be in quarantine by its place.
            pass
        self.encoding = two_bytes or self.encoding

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        self.encoding = encoding or self.encoding

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._depth == 0:
            self.root = name
            # Whatever comes next stands behind the outermost element's tag.
            self._parser.DefaultHandler = self._behind_head
        elif self._depth == 1:
            self._behind_head("")
            self._records += 1
            self._begin = self._parser.CurrentByteIndex
            self._place = self._records if self._by_record else self._parser.CurrentLineNumber
        self._depth += 1

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._depth == 1 and self._place in self._reasons:
            self.places.append((self._begin, self._parser.CurrentByteIndex, self._reasons[self._place]))

    def _behind_head(self, data: str) -> None:
        if not self.head:
            self.head = self._parser.CurrentByteIndex
            self._parser.DefaultHandler = None


class _Forward:
    """A stream that is read from its start to its end, of which the next bytes can be looked at before."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._place, self._ahead = stream, 0, b""

    def peek(self, size: int) -> bytes:
        self._ahead += self._stream.read(max(0, size - len(self._ahead)))
        return self._ahead[:size]

    def read(self, size: int) -> bytes:
        found = self.peek(size)
        self._ahead = self._ahead[size:]
        self._place += len(found)
        return found

    def go_to(self, place: int) -> None:
        while self._place < place and self.read(min(_CHUNK, place - self._place)):
            pass


def _rest_of_tag(stream: _Forward, element: bytes, found: _Elements) -> bytes:
    """The element's last tag, where it has one of its own: `<Student/>` was read to its end."""
    close, open_ = found.encoded(">"), found.encoded("</")
    if stream.peek(len(open_)) != open_:
        return b""
    rest = stream.read(len(open_))
    while not rest.endswith(close):
        rest += stream.read(len(close))
    return rest


def _comment(reason: str) -> str:
    """Text that may stand in a comment, which has no two hyphens together."""
    text = " ".join(reason.split())
    while "--" in text:
        text = text.replace("--", "- -")
    return text
