"""What an agreement opens of a class: parts of which it names something, and in them values of which it names all.

Elements are written as `Student.firstName`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from homeroom.access.agreements.terms import Terms
from homeroom.access.oneroster.declaration import Field, OneRosterClass, Part, Value

# Agreements are few, and each of their requests asks for the same.
_KEPT = 500


@dataclass(frozen=True)
class Open:
    """A part of a class, and what of it may be told."""

    part: Part
    agreed: frozenset[str]

    def values(self, name: str) -> list[Value]:
        """The values of a field, or of a part of one (`roles.org`), that may be told."""
        return [value for value in self.part.values.get(name, ()) if self.agreed.issuperset(value.made_of)]

    def sql(self, name: str) -> str | None:
        """The first of these that is not null, as SQL; None where there is none."""
        told = [value.sql for value in self.values(name)]
        if not told:
            return None
        return told[0] if len(told) == 1 else f"coalesce({', '.join(told)})"

    def names(self, resource: str) -> bool:
        """Whether the agreement names anything of a resource."""
        return any(element.startswith(f"{resource}.") for element in self.agreed)

    def elements(self, fields: Iterable[Field]) -> dict[str, set[str]]:
        """Of what these fields are made, by resource."""
        found: dict[str, set[str]] = {}
        for field in fields:
            for name in (field.given_as, *(f"{field.name}.{inner.name}" for inner in field.parts)):
                for element in (element for value in self.values(name) for element in value.made_of):
                    resource, _, path = element.partition(".")
                    found.setdefault(resource, set()).add(path)
        return found


@lru_cache(_KEPT)
def elements_of(terms: Terms) -> frozenset[str]:
    """All that an agreement names."""
    return frozenset(map(str, terms.elements))


@lru_cache(_KEPT)
def open_parts(of: OneRosterClass, agreed: frozenset[str]) -> tuple[Open, ...]:
    """The parts of a class that may be told: those of whose own rows something is named, and of whose values one is."""
    found = (Open(part, agreed) for part in of.parts)
    return tuple(
        one
        for one in found
        if one.names(one.part.resource) and any(value.made_of for name in one.part.values for value in one.values(name))
    )
