"""How a resource of the school record is declared, and what every declaration can be asked.

A resource is a class; each line of it is one field, with its type, its length and its privacy class:

    class Student(Resource, domain="student_identification"):
        '''A person for whom the district provides instruction or services.'''

        studentUniqueId: str = text(32, IDENTIFYING, key=True)
        birthDate: date = day(IDENTIFYING, required=True)
        otherNames: list[OtherName] = collection(OtherName, IDENTIFYING, unique_by=("otherNameTypeDescriptor",))

The names are the JSON names of the Ed-Fi Data Standard 5.2. The table column, the JSON of the API, the mart column and
the data dictionary are all made from these lines (`homeroom.model.columns` gives the flat view that tables use).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from homeroom.model.descriptor import known_descriptor
from homeroom.model.member import Collection, Field, Kind, Member, PrivacyClass, Reference, ValueType, walk


class UnclassifiedField(TypeError):
    """A field was declared without a privacy class: the model does not load."""


def text(length: int, privacy: PrivacyClass, *, key: bool = False, required: bool = False) -> Any:
    """Text of at most `length` characters."""
    return Field(ValueType(Kind.TEXT, length=length), privacy, required or key, key)


def integer(privacy: PrivacyClass, *, key: bool = False, required: bool = False) -> Any:
    """A whole number of 32 bits."""
    return Field(ValueType(Kind.INTEGER), privacy, required or key, key)


def long(privacy: PrivacyClass, *, key: bool = False, required: bool = False) -> Any:
    """A whole number of 64 bits."""
    return Field(ValueType(Kind.LONG), privacy, required or key, key)


def decimal(precision: int, scale: int, privacy: PrivacyClass, *, key: bool = False, required: bool = False) -> Any:
    """An exact number of `precision` digits, `scale` of them behind the point."""
    return Field(ValueType(Kind.DECIMAL, precision=precision, scale=scale), privacy, required or key, key)


def boolean(privacy: PrivacyClass, *, key: bool = False, required: bool = False) -> Any:
    """Yes or no."""
    return Field(ValueType(Kind.BOOLEAN), privacy, required or key, key)


def day(privacy: PrivacyClass, *, key: bool = False, required: bool = False) -> Any:
    """A calendar date."""
    return Field(ValueType(Kind.DATE), privacy, required or key, key)


def clock_time(privacy: PrivacyClass, *, key: bool = False, required: bool = False) -> Any:
    """A time of day."""
    return Field(ValueType(Kind.TIME), privacy, required or key, key)


def moment(privacy: PrivacyClass, *, key: bool = False, required: bool = False) -> Any:
    """A date with a time of day."""
    return Field(ValueType(Kind.DATETIME), privacy, required or key, key)


def descriptor(name: str, privacy: PrivacyClass, *, key: bool = False, required: bool = False) -> Any:
    """A code of the descriptor type `name`, held as its URI."""
    return Field(code(name), privacy, required or key, key)


def reference(
    target: str, privacy: PrivacyClass, *, key: bool = False, required: bool = False, **parts: ValueType
) -> Any:
    """A reference to `target` by the key values `parts`."""
    return Reference(target, privacy, tuple(parts.items()), required or key, key)


def collection(
    element: type[Element],
    privacy: PrivacyClass,
    *,
    unique_by: tuple[str, ...],
    required: bool = False,
    stricter: dict[str, PrivacyClass] | None = None,
) -> Any:
    """A list of `element`, no two alike in `unique_by`.

    Its fields take `privacy`, unless the element declares a stricter class for one, or this collection does, in
    `stricter`, for what the same element may hold elsewhere.
    """
    if unknown := set(stricter or ()) - set(element.members):
        raise UnclassifiedField(f"{element.__name__} has no {', '.join(sorted(unknown))} to be stricter about.")
    return Collection(element, privacy, unique_by, required=required, stricter=tuple((stricter or {}).items()))


def embedded(element: type[Element], privacy: PrivacyClass, *, required: bool = False) -> Any:
    """One object inside the resource."""
    return Collection(element, privacy, single=True, required=required)


def string(length: int) -> ValueType:
    """The type of a reference part that is text."""
    return ValueType(Kind.TEXT, length=length)


def code(name: str) -> ValueType:
    """The type of a descriptor, also as a reference part; the descriptor type must be declared."""
    return ValueType(Kind.DESCRIPTOR, descriptor=known_descriptor(name))


LONG = ValueType(Kind.LONG)
INTEGER = ValueType(Kind.INTEGER)
DATE = ValueType(Kind.DATE)
TIME = ValueType(Kind.TIME)
DATETIME = ValueType(Kind.DATETIME)
BOOLEAN = ValueType(Kind.BOOLEAN)


def _members(owner: type) -> dict[str, Member]:
    """The declared members of a class, in the order they are written; a bare annotation is a field without a class."""
    members: dict[str, Member] = {}
    for name in getattr(owner, "__annotations__", {}):
        if name.startswith("_") or "ClassVar" in str(owner.__annotations__[name]):
            continue
        value = owner.__dict__.get(name)
        if not isinstance(value, Member) or not isinstance(value.privacy, PrivacyClass):
            raise UnclassifiedField(f"{owner.__name__}.{name} needs a declaration with a privacy class.")
        members[name] = value
    return members


class Element:
    """The shape of one item of a collection, or of an embedded object."""

    members: ClassVar[dict[str, Member]]

    def __init_subclass__(cls) -> None:
        cls.members = _members(cls)


@dataclass(frozen=True)
class Definition:
    """All that is declared about a resource, in full JSON paths, in the order of declaration."""

    name: str
    endpoint: str
    domain: str
    description: str
    subclass_of: str | None
    members: dict[str, Member] = field(repr=False)
    equal: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """The names of the members that identify a row."""
        return tuple(n for n, m in self.members.items() if not isinstance(m, Collection) and m.key)

    @property
    def fields(self) -> dict[str, Field]:
        """Every single value, by JSON path, those inside collections included; references' parts are not in it."""
        return {m.path: m for m in self.walk() if isinstance(m, Field)}

    @property
    def references(self) -> dict[str, Reference]:
        """Every reference, by JSON path."""
        return {m.path: m for m in self.walk() if isinstance(m, Reference)}

    @property
    def collections(self) -> dict[str, Collection]:
        """Every collection and embedded object, by JSON path (a collection's path ends in `[*]`)."""
        return {m.path: m for m in self.walk() if isinstance(m, Collection)}

    def walk(self) -> Iterator[Member]:
        """Every member at every depth, with its full path and its effective privacy class."""
        yield from walk(self.members)


RESOURCES: dict[str, Definition] = {}


class Resource:
    """A resource of the school record. Its subclasses are the model; each registers itself in `RESOURCES`."""

    definition: ClassVar[Definition]

    def __init_subclass__(
        cls,
        *,
        domain: str,
        endpoint: str | None = None,
        subclass_of: str | None = None,
        equal: tuple[tuple[str, str], ...] = (),
    ) -> None:
        cls.definition = Definition(
            name=cls.__name__,
            endpoint=endpoint or _plural(cls.__name__),
            domain=domain,
            description=(cls.__doc__ or "").strip(),
            subclass_of=subclass_of,
            members=_members(cls),
            equal=equal,
        )
        RESOURCES[cls.__name__] = cls.definition


def _plural(name: str) -> str:
    """The endpoint's name: `Student` gives `students`, `GradebookEntry` gives `gradebookEntries`."""
    camel = name[0].lower() + name[1:]
    if camel.endswith("y") and not camel.endswith("ay"):
        return camel[:-1] + "ies"
    return camel + "s"
