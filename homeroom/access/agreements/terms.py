"""What an agreement between the district and the provider of an app says, after the parts of the National Data Privacy
Agreement (Student Data Privacy Consortium): the purpose of its Exhibit A, the schedule of data of its Exhibit B, the
subprocessors, how long data is kept, and what becomes of it at the end, as its Exhibit D directs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from homeroom.access.permissions import Purpose
from homeroom.model import RESOURCES

# What an agreement may be for. Advertising, sale and profiling have no word here.
PURPOSES = (
    Purpose.ROSTERING,
    Purpose.INSTRUCTION,
    Purpose.ASSESSMENT,
    Purpose.PROGRESS_REPORTING,
    Purpose.OPERATIONS,
    Purpose.REQUIRED_REPORTING,
    Purpose.ACCOMMODATIONS,
)


class AtTheEnd(StrEnum):
    """What becomes of the data when the agreement ends."""

    DELETED = "deleted"
    RETURNED = "returned"
    RETURNED_AND_DELETED = "returned and deleted"


@dataclass(frozen=True)
class Element:
    """One data element: a resource of the record, and the JSON path of a field in it, as `homeroom.model` has them."""

    resource: str
    field: str

    def __str__(self) -> str:
        return f"{self.resource}.{self.field}"


@dataclass(frozen=True)
class Terms:
    """All that was agreed. `schools`: their ids in the record; None: all of the district. `end`: the last day.

    `retention`: for how long the provider keeps what it got, in words.
    """

    provider: str
    app: str
    purposes: tuple[Purpose, ...]
    elements: frozenset[Element]
    schools: frozenset[int] | None
    begin: date
    end: date
    subprocessors: tuple[str, ...]
    retention: str
    at_the_end: AtTheEnd
    contact_name: str
    contact_email: str

    def names(self, resource: str, field: str) -> bool:
        """Whether this field of the record may be told."""
        return Element(resource, field) in self.elements

    def lasts_on(self, day: date) -> bool:
        """Whether `day` is one of its days."""
        return self.begin <= day <= self.end

    def fields(self) -> Mapping[str, list[str]]:
        """The data elements by resource, in their order."""
        found: dict[str, list[str]] = {}
        for element in sorted(self.elements, key=str):
            found.setdefault(element.resource, []).append(element.field)
        return found


def fields_of(resource: str) -> frozenset[str]:
    """The fields of a resource that an agreement may name: single values, and each part of a reference."""
    definition = RESOURCES[resource]
    parts = {f"{path}.{part}" for path, found in definition.references.items() for part, _ in found.parts}
    return frozenset(definition.fields) | parts
