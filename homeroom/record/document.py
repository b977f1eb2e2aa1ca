"""A resource's JSON document, in the shape of the Ed-Fi API, taken apart into the columns of its table.

Everything that is wrong with a document is told at once, in sentences that name the field and never repeat its value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

from homeroom.errors import HomeroomError
from homeroom.model import RESOURCES
from homeroom.model.columns import columns
from homeroom.model.declaration import Collection, Kind, Member, Reference, ValueType
from homeroom.record.values import WrongValue, json_value, read_value

# What an answer holds beside the resource's own fields: a document may bring it back, and nothing is done with it.
_OF_THE_ANSWER = frozenset({"id", "link", "_etag", "_lastModifiedDate"})


class Fault(NamedTuple):
    """One thing that is wrong: the path of the value (nothing for the document as a whole), and a sentence."""

    path: str
    sentence: str


class InvalidDocument(HomeroomError):
    """The document can't become a row; `faults` holds each thing that is wrong.

    `codes`: those of a document that could not be taken apart, as `Document` has them; nobody has looked for them yet.
    """

    def __init__(self, faults: Iterable[Fault], codes: Mapping[str, tuple[str, str]] | None = None) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        self.codes = codes or {}
        super().__init__(" ".join(self.problems))

    @property
    def problems(self) -> tuple[str, ...]:
        """The sentences alone."""
        return tuple(fault.sentence for fault in self.faults)


@dataclass
class Document:
    """A document taken apart. `values` are its columns (JSON ones as Python holds JSON); what must be in the record:

    `codes` by path as (descriptor type, URI), and `nested`, the references inside collections, by path as (the member,
    its parts). Top-level references are the table's own foreign keys.
    """

    resource: str
    values: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)
    nested: dict[str, tuple[Reference, dict[str, Any]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, path: str, sentence: str) -> None:
        """Keep what is wrong with the value at a path."""
        self.faults.append(Fault(path, sentence))


def take_apart(resource: str, document: object) -> Document:
    """The document's columns. Raises InvalidDocument with all that is wrong; KeyError for an unknown resource."""
    taken = Document(resource)
    definition = RESOURCES[resource]
    if not isinstance(document, Mapping):
        raise InvalidDocument([Fault("", f"A {resource} must be a JSON object.")])
    _unknown(taken, document, definition.members, f"a {resource}", "")
    for name, member in definition.members.items():
        value = document.get(name)
        if _is_nothing(value, member):
            if member.required:
                taken.wrong(name, f"{name} is required.")
        elif isinstance(member, Collection):
            taken.values[_column_of(resource, name)] = _collection(taken, member, value, name)
        elif isinstance(member, Reference):
            parts = _parts(taken, member, value, name)
            for part, read in (parts or {}).items():
                _put(taken, f"{name}.{part}", read)
        else:
            _put(taken, name, _value(taken, member.type, value, name))
    if taken.faults:
        raise InvalidDocument(taken.faults, taken.codes)
    for column in columns(resource):
        taken.values.setdefault(column.name, None)
    return taken


@cache
def _columns_by_path(resource: str) -> dict[str, str]:
    return {path: column.name for column in columns(resource) for path in column.paths}


def _column_of(resource: str, path: str) -> str:
    return _columns_by_path(resource)[path]


def _is_nothing(value: object, member: Member) -> bool:
    return value is None or (isinstance(member, Collection) and not member.single and value == [])


def _unknown(taken: Document, document: Mapping[Any, Any], known: Iterable[str], owner: str, prefix: str) -> None:
    names = set(known) | (_OF_THE_ANSWER if not prefix else {"link"})
    for name in document:
        if name not in names:
            # What is no field of ours may be anything, a person's name too: it is shortened to what a name can be.
            shown = name if isinstance(name, str) and name.isidentifier() and len(name) <= 60 else "One of its names"
            place = f"{prefix}{shown}" if shown == name else prefix.rstrip(".")
            taken.wrong(place, f"{prefix}{shown} is no field of {owner}.")


def _put(taken: Document, path: str, value: object) -> None:
    """Into the path's column, which others that the standard calls equal may have filled."""
    if value is None:
        return
    column = _column_of(taken.resource, path)
    present = taken.values.setdefault(column, value)
    if present != value:
        paths = [p for p, c in _columns_by_path(taken.resource).items() if c == column]
        taken.wrong(path, f"{' and '.join(paths)} must be the same.")


def _value(taken: Document, type_: ValueType, value: object, path: str) -> Any:
    try:
        read = read_value(type_, value)
    except WrongValue as problem:
        taken.wrong(path, f"{path} {problem}.")
        return None
    if type_.kind is Kind.DESCRIPTOR:
        taken.codes[path] = (str(type_.descriptor), read)
    return read


def _parts(taken: Document, member: Reference, value: object, path: str) -> dict[str, Any] | None:
    """The key values of a reference; None where one is missing or wrong."""
    if not isinstance(value, Mapping):
        taken.wrong(path, f"{path} must be an object.")
        return None
    _unknown(taken, value, dict(member.parts), f"a reference to a {member.target}", f"{path}.")
    parts = {}
    for part, type_ in member.parts:
        if value.get(part) is None:
            taken.wrong(f"{path}.{part}", f"{path}.{part} is required.")
        else:
            parts[part] = _value(taken, type_, value[part], f"{path}.{part}")
    return parts if len(parts) == len(member.parts) and None not in parts.values() else None


def _collection(taken: Document, member: Collection, value: object, path: str) -> Any:
    if member.single:
        return _element(taken, member, value, path)
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        taken.wrong(path, f"{path} must be a list.")
        return None
    items = [_element(taken, member, item, f"{path}[{number}]") for number, item in enumerate(value)]
    seen = set()
    for number, item in enumerate(items):
        if not member.unique_by or not isinstance(item, dict):
            continue
        key = tuple(repr(_at(item, name)) for name in member.unique_by)
        if key in seen:
            place = f"{path}[{number}]"
            taken.wrong(place, f"{place} has the same {' and '.join(member.unique_by)} as another.")
        seen.add(key)
    return items


def _at(item: object, path: str) -> object:
    for name in path.split("."):
        item = item.get(name) if isinstance(item, dict) else None
    return item


def _element(taken: Document, owner: Collection, value: object, path: str) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        taken.wrong(path, f"{path} must be an object.")
        return None
    members = owner.element.members
    _unknown(taken, value, members, f"{path.rpartition('.')[2]}", f"{path}.")
    element: dict[str, Any] = {}
    for name, member in members.items():
        inner, place = value.get(name), f"{path}.{name}"
        if _is_nothing(inner, member):
            if member.required:
                taken.wrong(place, f"{place} is required.")
        elif isinstance(member, Collection):
            element[name] = _collection(taken, member, inner, place)
        elif isinstance(member, Reference):
            parts = _parts(taken, member, inner, place)
            if parts is not None:
                taken.nested[place] = (member, parts)
                element[name] = {part: json_value(read) for part, read in parts.items()}
        else:
            read = _value(taken, member.type, inner, place)
            if read is not None:
                element[name] = json_value(read)
    return element
