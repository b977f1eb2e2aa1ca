"""How a descriptor type of the school record is declared, and what it can be asked.

A descriptor is a code whose meaning is agreed, written as a URI: `uri://ed-fi.org/SexDescriptor#Female`. Each type is
a class; the values that the standard ships for it stand in `descriptors/values.tsv`, since they are data:

    class SexDescriptor(Descriptor):
        '''A person's sex, as it is recorded.'''

    SexDescriptor.uri("Female")
    "Female" in SexDescriptor.values()
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import ClassVar

STANDARD_NAMESPACE = "uri://ed-fi.org/"
# A namespace of 255 characters, `#` and a code of 50.
LONGEST_URI = 306

DESCRIPTORS: dict[str, type[Descriptor]] = {}


class Descriptor:
    """A descriptor type. Its subclasses are the model's; each registers itself in `DESCRIPTORS`, by its name.

    `endpoint` is its name in the Ed-Fi API; `domain` the module that it is declared in; `namespace` what comes before
    the `#` in the URIs of the standard's values, for nearly all types the standard's own with the type's name.
    """

    description: ClassVar[str]
    domain: ClassVar[str]
    endpoint: ClassVar[str]
    namespace: ClassVar[str]

    def __init_subclass__(cls, *, namespace: str | None = None) -> None:
        cls.description = (cls.__doc__ or "").strip()
        cls.domain = cls.__module__.rpartition(".")[2]
        cls.endpoint = _camel(cls.__name__) + "s"
        cls.namespace = namespace or STANDARD_NAMESPACE + cls.__name__
        DESCRIPTORS[cls.__name__] = cls

    @classmethod
    def values(cls) -> tuple[str, ...]:
        """The codes that the standard ships; none for a type whose values it leaves to those who use it."""
        return _standard_values().get(cls.__name__, ())

    @classmethod
    def uri(cls, code: str) -> str:
        """The URI of one of the standard's values."""
        return f"{cls.namespace}#{code}"


class UnknownDescriptor(TypeError):
    """A field was declared with a descriptor type that is not declared: the model does not load."""


def known_descriptor(name: str) -> str:
    """`name`, if a descriptor type of that name is declared; else an UnknownDescriptor error."""
    if name not in DESCRIPTORS:
        raise UnknownDescriptor(f"{name} is no descriptor type. Declare it in a module of homeroom.model.descriptors.")
    return name


def _camel(name: str) -> str:
    """`SexDescriptor` as `sexDescriptor`, `IDEAPartDescriptor` as `ideaPartDescriptor`."""
    return re.sub(r"^([A-Z]+(?=[A-Z][a-z])|[A-Z])", lambda capitals: capitals[0].lower(), name)


@cache
def _standard_values() -> dict[str, tuple[str, ...]]:
    table = files("homeroom.model.descriptors").joinpath("values.tsv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in table.splitlines()[1:]:
        name, _, code = line.split("\t")
        found.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in found.items()}
