"""In which parts a run goes on: what names students alone need not wait until their contacts and the staff are linked.

A part's tables are merged while the persons of the next ones are linked, and published while those' are merged.
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
    """A `kind` of identities, and the `resources` that wait for these and for none after them.

    `after`: the part that is linked before this one, and `beside`: the one that is linked meanwhile, and known with it.
    """

    name: str
    kind: str
    after: str | None
    beside: str | None
    resources: frozenset[str]


# Most tables name schools and students alone. Staff are linked beside students: nothing told of the ones tells of the
# others. Contacts come after students: their children tell most about them.
_LINKED: tuple[tuple[str, str, str | None, str | None], ...] = (
    ("schools", EDUCATION_ORGANIZATION, None, None),
    ("students", "Student", "schools", None),
    ("staff", "Staff", "schools", "students"),
    ("contacts", "Contact", "staff", None),
)


@cache
def parts() -> tuple[Part, ...]:
    """Every resource, in parts that are merged and published one after another; of the last, all are linked."""
    found: list[Part] = []
    rest = frozenset(RESOURCES)
    for place, (name, kind, after, beside) in enumerate(_LINKED, start=1):
        now = rest - _waiting_for({later for _, later, *_ in _LINKED[place:]})
        found.append(Part(name, kind, after, beside, now))
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
