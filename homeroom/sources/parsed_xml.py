"""XML as Expat parses it, element by element, for all that is not plain: it counts lines without a limit, and what it
holds is one element, never the file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from homeroom.sources.plain_xml import NotPlain, local_name

LARGEST_TEXT = 1 << 20
LARGEST_ELEMENT = 8 << 20
DEEPEST = 10_000
# A tag or a comment that is longer than this is no part of any interchange: expat would have to hold all of it.
_LARGEST_TOKEN = 16 << 20
_REPLACED_NUL = "\ufffd"


@dataclass(frozen=True)
class XmlElement:
    """One top-level element: its local name, where it starts (line and ordinal, both from 1), and itself as JSON.

    In the JSON every child is a list under its local name; a leaf without attributes is its text as sent, null where
    there is none; attributes are under '@name', the text beside attributes under '#text'. `broken` is the rule that the
    element breaks; then `document` is empty.
    """

    name: str
    line: int
    record: int
    document: str
    broken: str | None = None


class NotInterchange(Exception):
    """The document can't be read (any further): `rule`, a sentence for a person, and the line if one is known."""

    def __init__(self, rule: str, sentence: str) -> None:
        super().__init__(sentence)
        self.rule = rule


Root = Callable[[str, str | None], None]
Take = Callable[[XmlElement], None]


def parse(pieces: Iterable[bytes], name: str, root: Root, take: Take, lines: int = 0, records: int = 0) -> int:
    """Parse a document, or its rest behind `lines` lines and `records` elements."""
    parser = _parser()
    document = _Document(parser, name, root, take, lines, records)
    fed = 0
    try:
        for chunk in pieces:
            fed += len(chunk)
            if b"\0" in chunk and not _wide(chunk, fed == len(chunk), document):
                # Rare, and worth it: one damaged element is set aside instead of all that follow it.
                document.replaced_nul = True
                chunk = chunk.replace(b"\0", _REPLACED_NUL.encode())
            parser.Parse(chunk, False)
            document.break_what_is_too_large(fed)
            if fed - parser.CurrentByteIndex > _LARGEST_TOKEN:
                raise NotInterchange(
                    "unreadable-file",
                    f"{name} has one tag of many megabytes near line {parser.CurrentLineNumber + lines:,}, as no "
                    "interchange has. It was read up to there. Export it again.",
                )
        if not fed:
            raise NotInterchange("empty-file", f"{name} is empty. Check whether its export was finished.")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _broken(error, name, document) from error
    return document.records


def parse_one(element: str) -> str:
    """One element as JSON. Raises NotPlain where anything is wrong with it."""
    taken: list[XmlElement] = []
    parser = _parser()
    document = _Document(parser, "", lambda *_: None, taken.append, 0, 0)
    document.begin()
    try:
        parser.Parse(element, True)
    except expat.ExpatError:
        raise NotPlain from None
    if len(taken) != 1 or taken[0].broken:
        raise NotPlain
    return taken[0].document


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.ordered_attributes = True
    return parser


class _Document:
    """The handlers of one document, and what stands open in it."""

    def __init__(
        self, parser: expat.XMLParserType, name: str, root: Root, take: Take, lines: int, records: int
    ) -> None:
        self.lines, self.records = lines, records
        self.seen_root = False
        self.replaced_nul = False
        self.wide = False
        self.broken: str | None = None
        self._starts_at = 0
        self._stack: list[dict[str, Any]] = []
        self._pieces: list[str] = []
        self._parser, self._name, self._root, self._take = parser, name, root, take
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start_root

    def _refuse_doctype(self, *_: object) -> None:
        raise NotInterchange(
            "document-type",
            f"{self._name} has a document type declaration, with which a file can pull in other files or grow without "
            "end. It was not read. Export it without the DOCTYPE.",
        )

    def _start_root(self, name: str, attributes: list[str]) -> None:
        self.seen_root = True
        prefix, _, local = name.rpartition(":")
        wanted = f"xmlns:{prefix}" if prefix else "xmlns"
        pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
        self._root(local, pairs.get(wanted))
        self.begin()

    def begin(self) -> None:
        """Take elements from here on."""
        self._parser.StartElementHandler, self._parser.EndElementHandler, self._parser.CharacterDataHandler = (
            self._handlers()
        )

    def break_what_is_too_large(self, fed: int) -> None:
        """Give up an element, but not the document, that has grown too large in the chunks fed so far."""
        if self._stack and not self.broken:
            text = sum(map(len, self._pieces))
            if text > LARGEST_TEXT or fed - self._starts_at > LARGEST_ELEMENT:
                self.broken = "field-too-large" if text > LARGEST_TEXT else "element-too-large"
        if self.broken:
            self._pieces.clear()
            for node in self._stack:
                node.clear()
        if len(self._stack) > DEEPEST:
            raise NotInterchange(
                "element-too-deep",
                f"{self._name} has elements inside elements without end near line "
                f"{self._parser.CurrentLineNumber + self.lines:,}. It was read up to there. Export it again.",
            )

    def _handlers(self) -> tuple[Callable[..., None], Callable[..., None], Callable[..., None]]:
        """The three handlers, as closures and a list's own append: they run for every tag, so time is counted here."""
        parser, take, dumps = (
            self._parser,
            self._take,
            json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode,
        )
        names: dict[str, str] = {}
        stack, pieces, lines = self._stack, self._pieces, self.lines
        line = 0

        def start(name: str, attributes: list[str]) -> None:
            nonlocal line
            node: dict[str, Any] = {}
            if not stack:
                line, self._starts_at, self.broken = parser.CurrentLineNumber + lines, parser.CurrentByteIndex, None
            elif pieces and not pieces[-1].isspace():
                _add_text(stack[-1], pieces)
            if attributes:
                for key, value in zip(attributes[::2], attributes[1::2], strict=True):
                    if not key.startswith("xmlns"):
                        node["@" + local_name(key)] = value
            pieces.clear()
            stack.append(node)

        def end(name: str) -> None:
            if not stack:
                return
            value: Any = stack.pop()
            try:
                local = names[name]
            except KeyError:
                local = names[name] = local_name(name)
            if not value:
                value = pieces[0] if len(pieces) == 1 else "".join(pieces)
                if not value or value.isspace():
                    value = None
            elif pieces and not pieces[-1].isspace():
                _add_text(value, pieces)
            pieces.clear()
            if stack:
                parent = stack[-1]
                if local in parent:
                    parent[local].append(value)
                else:
                    parent[local] = [value]
                return
            self.records += 1
            take(self._finished(local, line, value, dumps))

        return start, end, pieces.append

    def _finished(self, name: str, line: int, value: Any, dumps: Callable[[Any], str]) -> XmlElement:
        if not isinstance(value, dict):
            value = {"#text": value} if value else {}
        if not self.broken:
            try:
                document = dumps(value)
            except RecursionError:
                self.broken = "element-too-deep"
            else:
                if not self.replaced_nul or _REPLACED_NUL not in document:
                    return XmlElement(name, line, self.records, document)
                self.broken = "nul-byte"
        return XmlElement(name, line, self.records, "", self.broken)


def _add_text(node: dict[str, Any], pieces: list[str]) -> None:
    """Text that stands beside attributes or between elements."""
    node["#text"] = node.get("#text", "") + "".join(pieces)


def _wide(chunk: bytes, first: bool, document: _Document) -> bool:
    """Whether the document is in an encoding of two bytes, where a zero byte is nothing strange."""
    if first:
        document.wide = chunk[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
    return document.wide


def _broken(error: expat.ExpatError, name: str, document: _Document) -> NotInterchange:
    line, records = error.lineno + document.lines, document.records
    count = "1 element" if records == 1 else f"{records:,} elements"
    kept = f"What stands before it was read ({count}). " if records else "Nothing of it was read. "
    if not document.seen_root:
        return NotInterchange(
            "not-xml", f"{name} is not XML: line {line:,} is not what a document begins with. Export it again as XML."
        )
    if error.code in _CUT_SHORT:
        return NotInterchange(
            "truncated-xml",
            f"{name} breaks off on line {line:,}, in the middle of an element. {kept}Send the whole file again.",
        )
    what = expat.ErrorString(error.code)
    return NotInterchange(
        "damaged-xml", f"{name} is not well-formed XML from line {line:,} on ({what}). {kept}Export it again."
    )


_CUT_SHORT = {
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
}
