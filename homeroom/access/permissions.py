"""Who may do what, and why. Where nothing here says yes, the answer is no."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the district. More come with their rules."""

    DISTRICT_DATA_MANAGER = "district data manager"


class Action(StrEnum):
    """What can be asked for."""

    SEE_COUNTS = "see counts"
    SEE_SOURCES = "see sources"
    MAP_SOURCES = "say what a source's columns mean"
    DECIDE_DELIVERIES = "decide deliveries"
    SEE_QUARANTINE = "see quarantine"
    EXPORT_QUARANTINE = "export rows in quarantine"
    SEE_IDENTITIES = "see who is who"
    SEE_MATCHES = "see matches"
    DECIDE_MATCHES = "decide matches"
    SEE_FINDINGS = "see what business rules found"
    SEARCH_STUDENTS = "search students"
    SEE_STUDENT = "see a student"
    SEE_STAFF = "see a member of staff"
    SEE_CONTACT = "see a contact"
    SEE_DISCLOSURES = "see to whom students were shown"


class Purpose(StrEnum):
    """What for. Advertising and sale have no word here."""

    CONSOLIDATION = "checking the district's own record"


@dataclass(frozen=True)
class Principal:
    """Who asks. `name` stands in the disclosure log, where a family reads it."""

    name: str
    role: Role


# Whoever sits at the district's own machine and may read the workspace's folder; the pages are shown to nobody else.
THIS_MACHINE = Principal("whoever works at the district's own machine", Role.DISTRICT_DATA_MANAGER)


@dataclass(frozen=True)
class Decision:
    """The answer and its reason, in words for whoever asked."""

    allowed: bool
    reason: str


_OFFICIAL = (
    "A school official with a legitimate educational interest, whom the district controls (FERPA, 34 CFR 99.31(a)(1))."
)

# One line for each thing that someone may do: role, action, purpose, and why.
RULES: dict[tuple[Role, Action, Purpose], str] = {
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_COUNTS, Purpose.CONSOLIDATION): "Counts name nobody.",
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_SOURCES, Purpose.CONSOLIDATION): "Files and their counts name nobody.",
    (Role.DISTRICT_DATA_MANAGER, Action.MAP_SOURCES, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.DECIDE_DELIVERIES, Purpose.CONSOLIDATION): "Files and counts name nobody.",
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_QUARANTINE, Purpose.CONSOLIDATION): "Rules and places name nobody.",
    (Role.DISTRICT_DATA_MANAGER, Action.EXPORT_QUARANTINE, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_IDENTITIES, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_MATCHES, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.DECIDE_MATCHES, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_FINDINGS, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.SEARCH_STUDENTS, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_STUDENT, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_STAFF, Purpose.CONSOLIDATION): "Staff are on the district's own books.",
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_CONTACT, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_DISCLOSURES, Purpose.CONSOLIDATION): _OFFICIAL,
}


def decide(principal: Principal, action: Action, purpose: Purpose) -> Decision:
    """Whether `principal` may do `action` for `purpose`, with the reason."""
    reason = RULES.get((principal.role, action, purpose))
    if reason is None:
        return Decision(False, f"No rule lets a {principal.role} {action} for {purpose}.")
    return Decision(True, reason)
