"""Elements of plain XML, several times faster than a parser gives them: tags, attributes and texts, and nothing else.

Most elements of an interchange are built alike. From the first few of a build a pattern is made, that matches a whole
element like them and has a group for each of its texts, and a JSON text with a place for each. An element that no
pattern matches is given to the parser alone. Whatever is not plain (comments and CDATA inside an element, other
encodings than UTF-8, anything a parser might object to) is not read here: the parser goes on from there and says what
is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from json.encoder import encode_basestring
from operator import itemgetter

_NAME = r"[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?"
_ATTRIBUTE = re.compile(rf"""(\s+)({_NAME})(\s*=\s*)("[^"<]*"|'[^'<]*')""")
_ATTRIBUTES = rf"""(?:\s+{_NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*"""
_HEAD = re.compile(
    rf"""\ufeff?(?:<\?xml\s+version\s*=\s*["']1\.0["']"""
    rf"""(?:\s+encoding\s*=\s*["']utf-8["'])?(?:\s+standalone\s*=\s*["'](?:yes|no)["'])?\s*\?>)?"""
    rf"""\s*(?:<!--(?:(?!--).)*-->\s*)*<({_NAME})({_ATTRIBUTES})\s*>""",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(r"\s*(?:<!--(?:(?!--).)*-->\s*)*", re.DOTALL)
_OPENING = re.compile(_NAME)
_TAG = re.compile(rf"<(/?)({_NAME})({_ATTRIBUTES})\s*(/?)>")
_NO_TEXT = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff"
_NOT_PLAIN = re.compile(rf"[{_NO_TEXT}]|\]\]>")
_BEHIND_TAG = re.compile(r">[^<]*<")
_ATTRIBUTE_VALUE = re.compile(r"\"[^\"<]*\"")
_ENTITY = re.compile(r"&(?:#x([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));|&")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
# In a pattern, a leaf's text is one that stays as it is: nothing to resolve in it, and no white space before it.
_LEAF = rf"((?:[^<&\]\s{_NO_TEXT}][^<&\]\r{_NO_TEXT}]*)?)"
_VALUE = rf"([^<>&\]\t\n\r\"'{_NO_TEXT}]*)"
_LARGEST = 1 << 20
_DEEPEST = 100
# A pattern takes as long to make as hundreds of elements to parse: it must be worth it.
_WORTH_A_PATTERN = 12
_MOST_PATTERNS = 5
_MOST_TAGS = 400
_MOST_BUILDS = 200
_MOST_NAMES = 300


class NotPlain(Exception):
    """What stands here is for the parser."""


@dataclass(frozen=True)
class Head:
    """The outermost element's name and attributes, its opening tag, and the length of all up to its end in bytes."""

    name: str
    attributes: dict[str, str]
    opening: bytes
    length: int


def read_head(start: bytes) -> Head | None:
    """The head of a plain document, from its first bytes; None where it is not plain, or not whole."""
    found = _HEAD.match(start.decode("utf-8", "ignore"))
    if not found or not start.startswith(found[0].encode()) or _NOT_PLAIN.search(found[0]):
        return None
    try:
        attributes = {name: _resolved(value[1:-1]) for _, name, _, value in _attributes(found[2])}
    except NotPlain:
        return None
    opening = re.sub(r"\s", " ", f"<{found[1]}{found[2]}>").encode()
    return Head(found[1], attributes, opening, len(found[0].encode()))


class PlainElements:
    """Takes plain elements from the front of what was read of a document so far.

    `parse` gives an element as JSON, or raises NotPlain.
    """

    def __init__(self, parse: Callable[[str], str]) -> None:
        self._parse = parse
        self._known: dict[str, _Known] = {}

    def take(self, text: str, position: int) -> Iterator[tuple[str, int, int, str]]:
        """Each whole element from `position` on: its name, where it begins and ends, and itself as JSON.

        Stops where the text ends within an element. Raises NotPlain at what is for the parser.
        """
        between, opening = _BETWEEN.match, _OPENING.match
        while True:
            begin = between(text, position).end()  # type: ignore[union-attr]
            found = opening(text, begin + 1) if text.startswith("<", begin) else None
            if not found:
                if len(text) - begin < 4 or (text.startswith("<!--", begin) and text.find("-->", begin) < 0):
                    return
                # The end of the outermost element, too, is the parser's to judge.
                raise NotPlain
            name = found[0]
            known = self._known.get(name) or self._new(name)
            for build in known.builds:
                if matched := build.pattern.match(text, begin):
                    known.matched += 1
                    position = matched.end()
                    yield name, begin, position, build.fill(matched.groups())
                    break
            else:
                end = known.end(text, begin)
                if end is None:
                    return
                element = text[begin:end]
                if len(element) > _LARGEST:
                    raise NotPlain
                yield name, begin, end, self._parse(element)
                known.learn(element)
                position = end

    def _new(self, name: str) -> _Known:
        if len(self._known) >= _MOST_NAMES:
            raise NotPlain
        return self._known.setdefault(name, _Known(name))


class _Known:
    """What is known of the elements of one name: how they end, and how they are built."""

    def __init__(self, name: str) -> None:
        self.builds: list[_Build] = []
        self.matched = 0
        self._unmatched = 0
        self._tag = re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]*?(/?)>")
        self._met: dict[str, int] = {}

    def end(self, text: str, begin: int) -> int | None:
        """Where the element ends that begins there; None where its end was not read yet."""
        depth, end = 0, None
        for tag in self._tag.finditer(text, begin):
            if depth == 0 and tag.start() != begin:
                raise NotPlain
            if not tag[2]:
                depth += -1 if tag[1] else 1
            if depth == 0:
                end = tag.end()
                break
        last = len(text) if end is None else end
        if text.find("<!", begin, last) >= 0 or text.find("<?", begin, last) >= 0:
            raise NotPlain
        return end

    def learn(self, element: str) -> None:
        """Make a pattern of a build that comes often."""
        self._unmatched += 1
        # Where elements are all different, looking for likeness is in vain.
        if self._unmatched > _MOST_BUILDS and self.matched < 4 * self._unmatched:
            self.builds.clear()
            return
        if len(self._met) > _MOST_BUILDS:
            self._met.clear()
        likeness = _ATTRIBUTE_VALUE.sub('""', _BEHIND_TAG.sub("><", element))
        self._met[likeness] = met = self._met.get(likeness, 0) + 1
        if met != _WORTH_A_PATTERN:
            return
        try:
            build = _Builder(element).build()
        except NotPlain:
            return
        self.builds.insert(0, build)
        del self.builds[_MOST_PATTERNS:]


@dataclass(frozen=True)
class _Build:
    """How elements are built: the pattern of one, and a JSON text with places that `order` fills from its groups."""

    pattern: re.Pattern[str]
    json: str
    order: Callable[[tuple[str, ...]], tuple[str, ...]] | None
    attributes: frozenset[int]

    def fill(self, texts: tuple[str, ...]) -> str:
        if self.order:
            texts = self.order(texts)
        if "" in texts:
            return self.json % tuple(
                encode_basestring(text) if text or place in self.attributes else "null"
                for place, text in enumerate(texts)
            )
        return self.json % tuple(map(encode_basestring, texts))


class _Builder:
    """One element taken apart: the pattern of elements like it, and their JSON. Raises NotPlain where it has none."""

    def __init__(self, element: str) -> None:
        self._pattern: list[str] = []
        self._groups = 0
        self._order: list[int] = []
        self._attributes: set[int] = set()
        tags = list(_TAG.finditer(element))
        if not tags or len(tags) > _MOST_TAGS or element.count("<") != len(tags):
            raise NotPlain
        self._json = self._written(self._tree(element, tags))

    def build(self) -> _Build:
        straight = self._order == sorted(self._order)
        order = None if straight else itemgetter(*self._order)
        return _Build(re.compile("".join(self._pattern)), self._json, order, frozenset(self._attributes))

    def _tree(self, element: str, tags: list[re.Match[str]]) -> dict[str, list[object]]:
        """The element's children by name: a place among the texts for a leaf or an attribute, a tree for others."""
        root: dict[str, list[object]] = {}
        stack: list[tuple[str, dict[str, list[object]]]] = []
        for number, tag in enumerate(tags):
            closing, name, attributes, empty = tag.groups()
            following = tags[number + 1] if number + 1 < len(tags) else None
            behind = element[tag.end() : following.start()] if following else ""
            if closing:
                if not stack or stack.pop()[0] != name or attributes or empty:
                    raise NotPlain
                self._pattern.append(re.escape(tag[0]))
            else:
                if (number and not stack) or len(stack) > _DEEPEST:
                    raise NotPlain
                node: dict[str, list[object]] = {}
                leaf = not attributes and (empty or (following is not None and bool(following[1])))
                if stack:
                    stack[-1][1].setdefault(local_name(name), []).append(self._groups if leaf else node)
                elif leaf:
                    raise NotPlain
                else:
                    root = node
                self._pattern.append(f"<{re.escape(name)}")
                self._take_attributes(attributes, node)
                self._pattern.append(re.escape(element[tag.end(3) : tag.end()]))
                if not empty:
                    stack.append((name, node))
                if leaf:
                    self._pattern.append("()" if empty else _LEAF)
                    self._groups += 1
                    if not empty:
                        continue
            if behind.strip(" \t\r\n"):
                # Text beside attributes or between elements.
                raise NotPlain
            if following:
                self._pattern.append(r"[ \t\r\n]*")
        if stack or not root:
            raise NotPlain
        return root

    def _take_attributes(self, attributes: str, node: dict[str, list[object]]) -> None:
        for space, name, equals, quote in _attributes(attributes):
            local = "@" + local_name(name)
            if local in node or name.startswith("xmlns"):
                raise NotPlain
            node[local] = [self._groups]
            self._groups += 1
            self._pattern.append(re.escape(space + name + equals))
            # A value with a quotation mark in it is another build.
            self._pattern.append(f"{quote[0]}{_VALUE}{quote[0]}")

    def _written(self, node: dict[str, list[object]]) -> str:
        members = []
        for name, values in node.items():
            written = []
            for value in values:
                if isinstance(value, dict):
                    written.append(self._written(value))
                else:
                    if name.startswith("@"):
                        self._attributes.add(len(self._order))
                    self._order.append(int(str(value)))
                    written.append("%s")
            listed = ",".join(written)
            members.append(f'"{name}":{listed}' if name.startswith("@") else f'"{name}":[{listed}]')
        return "{" + ",".join(members) + "}"


def local_name(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


def _attributes(text: str) -> list[tuple[str, str, str, str]]:
    """White space, name, equals sign and quoted value of each attribute. Raises NotPlain where two have one name."""
    found = _ATTRIBUTE.findall(text)
    if len({name for _, name, _, _ in found}) < len(found) or ">" in text:
        raise NotPlain
    return found


def _resolved(text: str) -> str:
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    if entity[3]:
        return _ENTITIES[entity[3]]
    code = int(entity[1], 16) if entity[1] else int(entity[2] or 0)
    if code in (9, 10, 13) or 32 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF:
        return chr(code)
    raise NotPlain
