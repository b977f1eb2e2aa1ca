"""What a resource is made of: single values, references and collections, each with its privacy class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from homeroom.model.declaration import Element


class PrivacyClass(StrEnum):
    """What kind of information a field holds: decides who may see it, what is masked, and what a family is told.

    The most telling thing that a field can say decides its class. A domain's module says by what rule its fields got
    theirs; `docs/reference/privacy-classes.md` says it for a district, `tests/model/test_privacy.py` for each field.
    """

    # Says nothing about any person: organizations, calendars, courses, tests.
    PUBLIC = "public"
    # What a district may publish about a student unless the family objects (34 CFR 99.3): here, the name.
    DIRECTORY = "directory"
    # A student's schooling: enrollment, attendance, grades, results.
    EDUCATION = "education"
    # Finds, reaches or could impersonate a person: numbers, birth, addresses.
    IDENTIFYING = "identifying"
    # Harms most when it gets out: disability, health, discipline, poverty, origin, language, having no home.
    SENSITIVE = "sensitive"
    # What employees do for the district.
    STAFF = "staff"
    # What Homeroom concludes about a student.
    DERIVED = "derived"


class Kind(StrEnum):
    """The kinds of single values that the standard knows."""

    TEXT = "string"
    INTEGER = "int"
    LONG = "long"
    DECIMAL = "decimal"
    BOOLEAN = "bool"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    DESCRIPTOR = "descriptor"


@dataclass(frozen=True)
class ValueType:
    """The type of one value: `length` of text, `precision` and `scale` of a decimal, `descriptor` of a code."""

    kind: Kind
    length: int | None = None
    precision: int | None = None
    scale: int | None = None
    descriptor: str | None = None

    def __str__(self) -> str:
        """The type as the standard's facts write it: `string(32)`, `decimal(5,4)`, `SexDescriptor`."""
        if self.kind is Kind.DESCRIPTOR:
            return str(self.descriptor)
        if self.kind is Kind.TEXT:
            return f"string({self.length})"
        if self.kind is Kind.DECIMAL:
            return f"decimal({self.precision},{self.scale})"
        return self.kind.value


@dataclass(frozen=True)
class Field:
    """A single value. `path` is its JSON path in the resource, with `[*]` for each item of a collection."""

    type: ValueType
    privacy: PrivacyClass
    required: bool = False
    key: bool = False
    path: str = ""

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]


@dataclass(frozen=True)
class Reference:
    """A reference to another resource by its key. `parts` are the key values it carries, by name."""

    target: str
    privacy: PrivacyClass
    parts: tuple[tuple[str, ValueType], ...] = ()
    required: bool = False
    key: bool = False
    path: str = ""

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]


@dataclass(frozen=True)
class Collection:
    """A list of items (`unique_by` tells which values make an item unique), or one embedded object (`single`)."""

    element: type[Element]
    privacy: PrivacyClass
    unique_by: tuple[str, ...] = ()
    single: bool = False
    required: bool = False
    path: str = ""
    stricter: tuple[tuple[str, PrivacyClass], ...] = ()

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2].removesuffix("[*]")

    @property
    def strictest(self) -> PrivacyClass:
        """The class of the collection as a whole: that of the strictest value inside."""
        return strictest(self.privacy, *(member.privacy for member in _inside(self, "")))


Member = Field | Reference | Collection


def walk(members: dict[str, Member], prefix: str = "") -> Iterator[Member]:
    """Every member at every depth, with its full path (`prefix` before it) and its effective privacy class."""
    for name, member in members.items():
        path = prefix + name
        if isinstance(member, Collection):
            if not member.single:
                path += "[*]"
            yield replace(member, path=path)
            yield from _inside(member, path + ".")
        else:
            yield replace(member, path=path)


def _inside(owner: Collection, prefix: str) -> Iterator[Member]:
    own = dict(owner.stricter)
    for name, member in owner.element.members.items():
        # An address is public on a school and identifying on a student: the owner's line decides.
        privacy = strictest(owner.privacy, own.get(name, owner.privacy))
        for inner in walk({name: member}, prefix):
            yield replace(inner, privacy=strictest(inner.privacy, privacy))


_STRICTNESS = {
    PrivacyClass.PUBLIC: 0,
    PrivacyClass.STAFF: 1,
    PrivacyClass.DIRECTORY: 2,
    PrivacyClass.EDUCATION: 3,
    PrivacyClass.DERIVED: 4,
    PrivacyClass.IDENTIFYING: 5,
    PrivacyClass.SENSITIVE: 6,
}


def strictest(*classes: PrivacyClass) -> PrivacyClass:
    """Of some classes, the one that protects most."""
    return max(classes, key=_STRICTNESS.__getitem__)
