"""A profile as the Ed-Fi ODS/API defines it in XML (Profile, Resource, ReadContentType, WriteContentType).

For each resource it says which members are told, and which are taken: `memberSelection` IncludeOnly, ExcludeOnly or
IncludeAll, in lists and embedded objects as well, and of a list only some items, by the codes that they hold (Filter).
What identifies a row or an item is always in it. Names are compared without regard to case, in the singular or plural
of the standard's JSON, with the name of the resource before them or without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from homeroom.errors import WrongUse
from homeroom.model import RESOURCES
from homeroom.model.declaration import Collection, Member, Reference
from homeroom.record.shown_document import ItemsTold

_LONGEST = 1_000_000
_INCLUDE, _EXCLUDE, _ALL = "IncludeOnly", "ExcludeOnly", "IncludeAll"
_MEMBERS = ("Property", "Collection", "Object", "Reference")
_KEPT = 200
# Takes the sentence of what is wrong.
Fault = Callable[[str], None]


@dataclass(frozen=True)
class Content:
    """What of a resource is told or taken: `fields` by their JSON paths, as agreements name them; `members`: those of
    its members of which something is; `items`: of which lists only some items."""

    fields: frozenset[str]
    members: frozenset[str]
    items: tuple[ItemsTold, ...] = ()


@dataclass(frozen=True)
class OfResource:
    """What a profile says of one resource; None where it can't be read, or not be written, by it."""

    read: Content | None
    write: Content | None


@dataclass(frozen=True)
class Profile:
    """A profile, by its name, with the resources of which it says something."""

    name: str
    resources: Mapping[str, OfResource]


def read_profiles(text: str) -> dict[str, str]:
    """The definitions in a file, by the names of the profiles: `<Profiles>` with several, or one `<Profile>`.

    Raises WrongUse with all that is wrong.
    """
    root = _root(text)
    found = [root] if root.tag == "Profile" else root.findall("Profile")
    if not found:
        raise WrongUse(
            "The file holds no profile. Write it as <Profiles><Profile name=...>, as the Ed-Fi ODS/API does."
        )
    named = {}
    for one in found:
        definition = ElementTree.tostring(one, encoding="unicode").strip()
        named[profile_of(definition).name] = definition
    return named


@lru_cache(_KEPT)
def profile_of(definition: str) -> Profile:
    """The profile of a definition, `<Profile name=...>`. Raises WrongUse with all that is wrong."""
    root = _root(definition)
    faults: list[str] = []
    name = root.get("name", "").strip()
    if not name or len(name) > 255 or not all(letter.isalnum() or letter in "-_ ." for letter in name):
        faults.append("Give the profile a name of letters, digits, hyphens and blanks.")
    resources = {}
    for element in root.findall("Resource"):
        resource = _resource(element.get("name", ""))
        if resource is None:
            faults.append(f"Resource {element.get('name', '')[:60]}: the record has no such resource.")
            continue
        resources[resource] = OfResource(
            _content(resource, element.find("ReadContentType"), faults.append),
            _content(resource, element.find("WriteContentType"), faults.append, written=True),
        )
    if not resources and not faults:
        faults.append("It names no resource.")
    if faults:
        told = "\n".join(f"- {fault}" for fault in dict.fromkeys(faults))
        raise WrongUse(f"The profile {name[:60]} can't be taken as it is. Mend it, and add it again:\n{told}")
    return Profile(name, resources)


def _root(text: str) -> ElementTree.Element:
    if len(text) > _LONGEST or "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise WrongUse(f"A profile is a file of at most {_LONGEST:,} characters, without a DOCTYPE.")
    try:
        return ElementTree.fromstring(text)  # noqa: S314 - without a DOCTYPE there are no entities
    except ElementTree.ParseError as problem:
        raise WrongUse(f"The profile is not XML: {problem}.") from None


def _resource(name: str) -> str | None:
    return next((one for one in RESOURCES if one.lower() == name.strip().lower()), None)


def _content(resource: str, element: ElementTree.Element | None, fault: Fault, written: bool = False) -> Content | None:
    if element is None:
        return None
    definition = RESOURCES[resource]
    reader = _Reader(resource, fault, written)
    fields = frozenset(reader.fields(definition.members, definition.key, "", element, f"{resource}: "))
    members = frozenset(field.partition(".")[0].partition("[")[0] for field in fields)
    return Content(fields, members, tuple(reader.items))


class _Reader:
    """Goes down the tree of a content type beside that of the model, and keeps what is said of items on its way."""

    def __init__(self, resource: str, fault: Fault, written: bool) -> None:
        self._resource, self._fault, self._written = resource, fault, written
        self.items: list[ItemsTold] = []

    def fields(
        self,
        members: Mapping[str, Member],
        key: tuple[str, ...],
        prefix: str,
        element: ElementTree.Element | None,
        place: str,
    ) -> Iterator[str]:
        """The paths of what is in it, of some members below `prefix`; all of them where nothing is said."""
        selection = _ALL if element is None else element.get("memberSelection", _ALL)
        if selection not in (_INCLUDE, _EXCLUDE, _ALL):
            self._fault(f"{place}memberSelection is {_INCLUDE}, {_EXCLUDE} or {_ALL}.")
        said = self._said(members, element, place)
        for name, member in members.items():
            found = said.get(name)
            inside = found is not None and isinstance(member, Collection) and found.get("memberSelection")
            if selection == _INCLUDE and found is None and name not in key:
                continue
            if selection == _EXCLUDE and found is not None and not inside and name not in key:
                continue
            yield from self._of_member(name, member, prefix, found, place)

    def _of_member(
        self, name: str, member: Member, prefix: str, found: ElementTree.Element | None, place: str
    ) -> Iterator[str]:
        path = prefix + name
        if isinstance(member, Reference):
            yield from (f"{path}.{part}" for part, _ in member.parts)
        elif isinstance(member, Collection):
            within = f"{path}." if member.single else f"{path}[*]."
            key = tuple(one.partition(".")[0] for one in member.unique_by)
            told = list(self.fields(member.element.members, key, within, found, f"{place}{name}: "))
            if found is not None:
                self._filters(path, member, found, place)
            if self._written and found is not None and (self._narrows(member, key, within, told) or self.items):
                self._fault(
                    f"{place}{name}: a list is written as a whole. Name all of it under WriteContentType, or none."
                )
            yield from told
        else:
            yield path

    def _narrows(self, member: Collection, key: tuple[str, ...], within: str, told: list[str]) -> bool:
        every = _Reader(self._resource, self._fault, False).fields(member.element.members, key, within, None, "")
        return set(told) != set(every)

    def _said(
        self, members: Mapping[str, Member], element: ElementTree.Element | None, place: str
    ) -> dict[str, ElementTree.Element]:
        said: dict[str, ElementTree.Element] = {}
        for child in element if element is not None else ():
            if child.tag == "Filter":
                continue
            name = child.get("name", "").strip()
            known = self._known(members, name) if child.tag in _MEMBERS else None
            if known is None:
                self._fault(f"{place}{child.tag[:60]} {name[:60]}: there is no such member.")
            else:
                said[known] = child
        return said

    def _known(self, members: Mapping[str, Member], name: str) -> str | None:
        wanted = {name.lower(), name.lower().removeprefix(self._resource.lower())}
        return next((one for one in members if one.lower() in wanted), None)

    def _filters(self, path: str, member: Collection, element: ElementTree.Element, place: str) -> None:
        for filter_ in element.findall("Filter"):
            name = filter_.get("propertyName", "").strip()
            known = self._known(member.element.members, name)
            mode = filter_.get("filterMode", _INCLUDE)
            values = frozenset((value.text or "").strip() for value in filter_.findall("Value"))
            if known is None or mode not in (_INCLUDE, _EXCLUDE) or not values or member.single:
                self._fault(
                    f"{place}Filter {name[:60]}: name a field of the items, {_INCLUDE} or {_EXCLUDE}, and values."
                )
                continue
            self.items.append(ItemsTold(path, known, mode == _INCLUDE, values))
