"""What an agreement between the district and the provider of an app says, after the parts of the National Data Privacy
Agreement (Student Data Privacy Consortium): the purpose of its Exhibit A, the schedule of data of its Exhibit B, the
subprocessors, how long data is kept, and what becomes of it at the end, as its Exhibit D directs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from homeroom.access.egress.budget import Budget
from homeroom.access.permissions import Purpose
from homeroom.model import RESOURCES
from homeroom.record.shown_document import ItemsTold

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


class Extent(StrEnum):
    """Whom an agreement can be about: the students of some schools, or everybody, or everybody but those whose families
    opted out of the app."""

    SCHOOLS = "some schools"
    DISTRICT = "the whole district"
    WILLING = "the whole district, but for whom opted out"


# What stands for all members of a resource, whichever the model has: its rows may be deleted too, whoever wrote them.
EVERY_MEMBER = frozenset({"all"})
# What learners do in an app, as Caliper and xAPI tell it. No resource of the model: it is sent whole or not at all.
LEARNING_EVENT = "LearningEvent"


@dataclass(frozen=True)
class Element:
    """One data element: a resource of the record, and the JSON path of a field in it, as `homeroom.model` has them."""

    resource: str
    field: str

    def __str__(self) -> str:
        return f"{self.resource}.{self.field}"


@dataclass(frozen=True)
class Terms:
    """All that was agreed. `schools`: their ids in the record; None: all of the district. `organizations`: instead,
    education organizations with all that is below them, now and later. `end`: the last day.

    `retention`: for how long the provider keeps what it got, in words. `writes`: what its apps may write, by resource
    or descriptor type: the members of the resource, each as a whole, or `EVERY_MEMBER`. `namespaces`: those in which
    they write codes and what else belongs to whoever owns a namespace, such as assessments. `bulk_key`: the public key
    of age to which whole resources are encrypted as files; nothing where there are none. `webhook`: the address at
    which its app is told that something changed; nothing where it isn't. `optional`: a family may opt its child out of
    the app. `budget`: how many students a key is to be shown, where it is not what is implied.

    `profiles`: by which of the record's profiles its app reads and writes, where these narrow it; `items_told`: of
    which lists only some items are told, which a profile says and no agreement.

    `sandbox`: it is for trying out; the record of a district has no such agreement. `unrestricted`: what apps of a
    sandbox write wherever it is.
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
    writes: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    namespaces: tuple[str, ...] = ()
    bulk_key: str = ""
    webhook: str = ""
    optional: bool = False
    budget: Budget | None = None
    organizations: frozenset[int] = frozenset()
    sandbox: bool = False
    unrestricted: frozenset[str] = frozenset()
    profiles: tuple[str, ...] = ()
    items_told: tuple[ItemsTold, ...] = ()

    @property
    def extent(self) -> Extent:
        """Whom it can be about. Of some schools as well, nobody who opted out is meant."""
        if self.schools is not None:
            return Extent.SCHOOLS
        return Extent.WILLING if self.optional else Extent.DISTRICT

    def names(self, resource: str, field: str) -> bool:
        """Whether this field of the record may be told."""
        return Element(resource, field) in self.elements

    def members_written(self, resource: str) -> frozenset[str]:
        """The members of a resource, or of a descriptor type's values, that may be written; none where nothing may."""
        written = self.writes.get(resource, frozenset())
        return members_of(resource) if written == EVERY_MEMBER else written

    @property
    def writes_record(self) -> bool:
        """Whether its apps may write any resource of the record."""
        return bool(self.writes.keys() - {LEARNING_EVENT})

    @property
    def sends_events(self) -> bool:
        """Whether its apps may send what learners do in them."""
        return LEARNING_EVENT in self.writes

    def lasts_on(self, day: date) -> bool:
        """Whether `day` is one of its days."""
        return self.begin <= day <= self.end

    def fields(self) -> Mapping[str, list[str]]:
        """The data elements by resource, in their order."""
        found: dict[str, list[str]] = {}
        for element in sorted(self.elements, key=str):
            found.setdefault(element.resource, []).append(element.field)
        return found


# The members of the values of any descriptor type.
DESCRIPTOR_MEMBERS = ("codeValue", "description", "effectiveBeginDate", "effectiveEndDate", "namespace",
                      "shortDescription")  # fmt: skip


def members_of(resource: str) -> frozenset[str]:
    """The members of a resource, as its documents have them, or of a descriptor type's values; none of events."""
    if resource == LEARNING_EVENT:
        return frozenset()
    return frozenset(RESOURCES[resource].members if resource in RESOURCES else DESCRIPTOR_MEMBERS)


def fields_of(resource: str) -> frozenset[str]:
    """The fields of a resource that an agreement may name: single values, and each part of a reference."""
    definition = RESOURCES[resource]
    parts = {f"{path}.{part}" for path, found in definition.references.items() for part, _ in found.parts}
    return frozenset(definition.fields) | parts
