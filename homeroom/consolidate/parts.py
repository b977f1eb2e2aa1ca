"""In which parts a run goes on: what names students alone need not wait until their contacts and the staff are linked.

A part's tables are merged while the persons of the next one are linked, and published while that one's are merged.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from homeroom.consolidate.identities import kinds_named
from homeroom.consolidate.rules import rules
from homeroom.model import RESOURCES
from homeroom.model.columns import EDUCATION_ORGANIZATION, foreign_keys


@dataclass(frozen=True)
class Part:
    """Kinds of identities that are linked together, and the `resources` that wait for these and for none after them."""

    name: str
    kinds: tuple[str, ...]
    resources: frozenset[str]


# Most tables name schools and students alone. Contacts come after students: their children tell most about them.
_LINKED = {
    "schools": (EDUCATION_ORGANIZATION,),
    "students": ("Student",),
    "staff and contacts": ("Staff", "Contact"),
}


@cache
def parts() -> tuple[Part, ...]:
    """Every resource, in parts that are linked, merged and published one after another."""
    found: list[Part] = []
    rest = frozenset(RESOURCES)
    for place, (name, kinds) in enumerate(_LINKED.items(), start=1):
        unknown = {kind for later in list(_LINKED.values())[place:] for kind in later}
        now = rest - _waiting_for(unknown)
        found.append(Part(name, kinds, now))
        rest -= now
    return tuple(found)


def _waiting_for(kinds: set[str]) -> frozenset[str]:
    """The resources that name such a person, those that refer to one of them, and those that a rule asks with them."""
    waiting = {resource for resource in RESOURCES if not kinds.isdisjoint(kinds_named(resource))}
    asked_together = [rule.needs.keys() for rule in rules().values()]
    while True:
        held = waiting | {str(RESOURCES[resource].subclass_of) for resource in waiting}
        more = {r for r in RESOURCES if any(foreign.target in held for foreign in foreign_keys(r))}
        more.update(*(needs for needs in asked_together if not waiting.isdisjoint(needs)))
        if more <= waiting:
            return frozenset(waiting)
        waiting |= more
