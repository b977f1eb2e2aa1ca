"""Who may do what, and why. Where nothing here says yes, the answer is no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from homeroom.access import reasons

if TYPE_CHECKING:
    from homeroom.access.agreements.agreement import Agreement


class Role(StrEnum):
    """What somebody is to the district. More come with their rules."""

    DISTRICT_DATA_MANAGER = "district data manager"
    PRIVACY_OFFICER = "privacy officer"
    # What the record says that somebody is; whom they reach is said in `homeroom.access.accounts.reach`.
    PRINCIPAL = "principal"
    COUNSELOR = "counselor"
    TEACHER = "teacher"
    CONTACT = "parent or guardian"
    STUDENT = "student"
    # What looks after keys and sign-in, before it is known who asks.
    GATEKEEPER = "gatekeeper"
    # Whoever asks, and need not say who they are.
    ANYBODY = "member of the public"
    # A program of a provider with whom the district has a data-use agreement.
    APP = "provider's app"


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
    SEE_EARLIER_DAYS = "see what the record said on an earlier day"
    SEE_DISCLOSURES = "see to whom students were shown"
    SEE_LOG_TREE = "see the tree of the disclosure log"
    SEE_AGREEMENTS = "see agreements"
    DECIDE_AGREEMENTS = "decide agreements"
    GIVE_KEYS = "give keys to apps"
    CHECK_KEYS = "check keys"
    SIGN_IN = "let people sign in"
    LOOK_AFTER_ACCOUNTS = "look after accounts"
    EXPLAIN_ACCESS = "explain who sees what, and why"
    DECIDE_OPT_OUTS = "decide whether an optional app gets a student's data"
    SEE_RETENTION = "see what is due to be deleted"
    DECIDE_RETENTION = "decide what is deleted as it is due"
    FIND_IDENTITIES = "find students' ids"
    CREATE_IDENTITIES = "create students' ids"
    READ_RESOURCES = "read resources of the record"
    WRITE_RESOURCES = "write resources of the record"
    DELETE_RESOURCES = "delete rows of the record"
    SEND_LEARNING_EVENTS = "send learning events"
    READ_SENT_EVENTS = "read the learning events that it sent"


class Purpose(StrEnum):
    """What for. Advertising, sale and profiling have no word here."""

    CONSOLIDATION = "checking the district's own record"
    ADMISSION = "knowing who asks"
    OVERSIGHT = "looking after who is shown what"
    INSPECTION = "inspecting one's own education records"
    # What agreements may be for (`homeroom.access.agreements.terms`).
    ROSTERING = "rostering"
    INSTRUCTION = "instruction"
    ASSESSMENT = "assessment"
    PROGRESS_REPORTING = "progress reporting"
    OPERATIONS = "operations"
    REQUIRED_REPORTING = "required reporting"
    ACCOMMODATIONS = "accommodations"


@dataclass(frozen=True)
class Principal:
    """Who asks. `name` stands in the disclosure log, where a family reads it.

    `agreement`: an app's, as it is now; `client`: its key, by which it is counted whom it is shown. `account`: a
    person's, by its number; `person`: the unique id by which the record knows somebody whose role is `OF_THE_RECORD`.
    """

    name: str
    role: Role
    agreement: Agreement | None = None
    client: str | None = None
    account: int | None = None
    person: str | None = None


# The roles that the record gives. Whoever has one sees those alone who are within reach.
OF_THE_RECORD = (Role.PRINCIPAL, Role.COUNSELOR, Role.TEACHER, Role.CONTACT, Role.STUDENT)

# Whoever sits at the district's own machine and may read the workspace's folder.
THIS_MACHINE = Principal("whoever works at the district's own machine", Role.DISTRICT_DATA_MANAGER)
# What checks keys and tokens, and sees no student.
GATEKEEPER = Principal("the gatekeeper of the interface for apps", Role.GATEKEEPER)
# What lets people sign in, and sees no student.
DOORKEEPER = Principal("the doorkeeper of the pages", Role.GATEKEEPER)
ANYBODY = Principal("anybody", Role.ANYBODY)


@dataclass(frozen=True)
class Decision:
    """The answer and its reason, in words for whoever asked."""

    allowed: bool
    reason: str


_OFFICIAL = (
    "A school official with a legitimate educational interest, whom the district controls (FERPA, 34 CFR 99.31(a)(1))."
)

_AGREED = (
    "A provider who does for the district, under an agreement and its direct control, what its own staff would do "
    "(FERPA, 34 CFR 99.31(a)(1)(i)(B))."
)

_OWN_RECORDS = (
    "Parents, and students themselves, have the right to inspect the student's education records (FERPA, 34 CFR 99.10)."
)

_FAMILY_DECIDES = "Whether an optional app knows of a child is the family's to decide; the district writes it down."

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
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_EARLIER_DAYS, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_DISCLOSURES, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_LOG_TREE, Purpose.CONSOLIDATION): "The tree names nobody.",
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_AGREEMENTS, Purpose.CONSOLIDATION): "Agreements name no student.",
    (Role.DISTRICT_DATA_MANAGER, Action.DECIDE_AGREEMENTS, Purpose.CONSOLIDATION): "Agreements name no student.",
    (Role.DISTRICT_DATA_MANAGER, Action.EXPLAIN_ACCESS, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.DECIDE_OPT_OUTS, Purpose.CONSOLIDATION): _FAMILY_DECIDES,
    (Role.DISTRICT_DATA_MANAGER, Action.SEE_RETENTION, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.DECIDE_RETENTION, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.DISTRICT_DATA_MANAGER, Action.GIVE_KEYS, Purpose.CONSOLIDATION): "Keys name no student.",
    (Role.DISTRICT_DATA_MANAGER, Action.LOOK_AFTER_ACCOUNTS, Purpose.CONSOLIDATION): _OFFICIAL,
    (Role.PRIVACY_OFFICER, Action.SEE_COUNTS, Purpose.OVERSIGHT): "Counts name nobody.",
    (Role.PRIVACY_OFFICER, Action.SEARCH_STUDENTS, Purpose.OVERSIGHT): _OFFICIAL,
    (Role.PRIVACY_OFFICER, Action.SEE_DISCLOSURES, Purpose.OVERSIGHT): _OFFICIAL,
    (Role.PRIVACY_OFFICER, Action.SEE_AGREEMENTS, Purpose.OVERSIGHT): "Agreements name no student.",
    (Role.PRIVACY_OFFICER, Action.DECIDE_AGREEMENTS, Purpose.OVERSIGHT): "Agreements name no student.",
    (Role.PRIVACY_OFFICER, Action.GIVE_KEYS, Purpose.OVERSIGHT): "Keys name no student.",
    (Role.PRIVACY_OFFICER, Action.SEE_RETENTION, Purpose.OVERSIGHT): _OFFICIAL,
    (Role.PRIVACY_OFFICER, Action.DECIDE_RETENTION, Purpose.OVERSIGHT): _OFFICIAL,
    (Role.PRIVACY_OFFICER, Action.EXPLAIN_ACCESS, Purpose.OVERSIGHT): _OFFICIAL,
    # Of students within reach alone, which the door holds them to.
    (Role.PRINCIPAL, Action.SEARCH_STUDENTS, Purpose.INSTRUCTION): _OFFICIAL,
    (Role.PRINCIPAL, Action.SEE_STUDENT, Purpose.INSTRUCTION): _OFFICIAL,
    (Role.COUNSELOR, Action.SEARCH_STUDENTS, Purpose.INSTRUCTION): _OFFICIAL,
    (Role.COUNSELOR, Action.SEE_STUDENT, Purpose.INSTRUCTION): _OFFICIAL,
    (Role.TEACHER, Action.SEARCH_STUDENTS, Purpose.INSTRUCTION): _OFFICIAL,
    (Role.TEACHER, Action.SEE_STUDENT, Purpose.INSTRUCTION): _OFFICIAL,
    (Role.CONTACT, Action.SEARCH_STUDENTS, Purpose.INSPECTION): _OWN_RECORDS,
    (Role.CONTACT, Action.SEE_STUDENT, Purpose.INSPECTION): _OWN_RECORDS,
    (Role.CONTACT, Action.SEE_DISCLOSURES, Purpose.INSPECTION): _OWN_RECORDS,
    (Role.CONTACT, Action.DECIDE_OPT_OUTS, Purpose.INSPECTION): _FAMILY_DECIDES,
    (Role.STUDENT, Action.SEARCH_STUDENTS, Purpose.INSPECTION): _OWN_RECORDS,
    (Role.STUDENT, Action.SEE_STUDENT, Purpose.INSPECTION): _OWN_RECORDS,
    (Role.STUDENT, Action.SEE_DISCLOSURES, Purpose.INSPECTION): _OWN_RECORDS,
    (Role.STUDENT, Action.DECIDE_OPT_OUTS, Purpose.INSPECTION): _FAMILY_DECIDES,
    (Role.GATEKEEPER, Action.CHECK_KEYS, Purpose.ADMISSION): "Keys, tokens and agreements name no student.",
    (Role.GATEKEEPER, Action.SIGN_IN, Purpose.ADMISSION): "Who signs in is known by a word, a key or a provider.",
    (Role.ANYBODY, Action.SEE_LOG_TREE, Purpose.OVERSIGHT): "The tree names nobody.",
    # For an app its agreement decides as well, in `decide`.
    (Role.APP, Action.FIND_IDENTITIES, Purpose.ROSTERING): _AGREED,
    (Role.APP, Action.FIND_IDENTITIES, Purpose.INSTRUCTION): _AGREED,
    (Role.APP, Action.FIND_IDENTITIES, Purpose.ASSESSMENT): _AGREED,
    (Role.APP, Action.FIND_IDENTITIES, Purpose.PROGRESS_REPORTING): _AGREED,
    (Role.APP, Action.FIND_IDENTITIES, Purpose.OPERATIONS): _AGREED,
    (Role.APP, Action.FIND_IDENTITIES, Purpose.REQUIRED_REPORTING): _AGREED,
    (Role.APP, Action.FIND_IDENTITIES, Purpose.ACCOMMODATIONS): _AGREED,
    (Role.APP, Action.READ_RESOURCES, Purpose.ROSTERING): _AGREED,
    (Role.APP, Action.READ_RESOURCES, Purpose.INSTRUCTION): _AGREED,
    (Role.APP, Action.READ_RESOURCES, Purpose.ASSESSMENT): _AGREED,
    (Role.APP, Action.READ_RESOURCES, Purpose.PROGRESS_REPORTING): _AGREED,
    (Role.APP, Action.READ_RESOURCES, Purpose.OPERATIONS): _AGREED,
    (Role.APP, Action.READ_RESOURCES, Purpose.REQUIRED_REPORTING): _AGREED,
    (Role.APP, Action.READ_RESOURCES, Purpose.ACCOMMODATIONS): _AGREED,
    (Role.APP, Action.WRITE_RESOURCES, Purpose.ROSTERING): _AGREED,
    (Role.APP, Action.WRITE_RESOURCES, Purpose.INSTRUCTION): _AGREED,
    (Role.APP, Action.WRITE_RESOURCES, Purpose.ASSESSMENT): _AGREED,
    (Role.APP, Action.WRITE_RESOURCES, Purpose.PROGRESS_REPORTING): _AGREED,
    (Role.APP, Action.WRITE_RESOURCES, Purpose.OPERATIONS): _AGREED,
    (Role.APP, Action.WRITE_RESOURCES, Purpose.REQUIRED_REPORTING): _AGREED,
    (Role.APP, Action.WRITE_RESOURCES, Purpose.ACCOMMODATIONS): _AGREED,
    (Role.APP, Action.DELETE_RESOURCES, Purpose.ROSTERING): _AGREED,
    (Role.APP, Action.DELETE_RESOURCES, Purpose.INSTRUCTION): _AGREED,
    (Role.APP, Action.DELETE_RESOURCES, Purpose.ASSESSMENT): _AGREED,
    (Role.APP, Action.DELETE_RESOURCES, Purpose.PROGRESS_REPORTING): _AGREED,
    (Role.APP, Action.DELETE_RESOURCES, Purpose.OPERATIONS): _AGREED,
    (Role.APP, Action.DELETE_RESOURCES, Purpose.REQUIRED_REPORTING): _AGREED,
    (Role.APP, Action.DELETE_RESOURCES, Purpose.ACCOMMODATIONS): _AGREED,
    # What learners do with an app says nothing that those who only fill classes or run offices have to know.
    (Role.APP, Action.SEND_LEARNING_EVENTS, Purpose.INSTRUCTION): _AGREED,
    (Role.APP, Action.SEND_LEARNING_EVENTS, Purpose.ASSESSMENT): _AGREED,
    (Role.APP, Action.SEND_LEARNING_EVENTS, Purpose.PROGRESS_REPORTING): _AGREED,
    (Role.APP, Action.SEND_LEARNING_EVENTS, Purpose.ACCOMMODATIONS): _AGREED,
    (Role.APP, Action.READ_SENT_EVENTS, Purpose.INSTRUCTION): _AGREED,
    (Role.APP, Action.READ_SENT_EVENTS, Purpose.ASSESSMENT): _AGREED,
    (Role.APP, Action.READ_SENT_EVENTS, Purpose.PROGRESS_REPORTING): _AGREED,
    (Role.APP, Action.READ_SENT_EVENTS, Purpose.ACCOMMODATIONS): _AGREED,
    # Who comes to be a student is known where classes are filled and where the district's offices are run.
    (Role.APP, Action.CREATE_IDENTITIES, Purpose.ROSTERING): _AGREED,
    (Role.APP, Action.CREATE_IDENTITIES, Purpose.OPERATIONS): _AGREED,
}


_WRITING = frozenset({Action.WRITE_RESOURCES, Action.DELETE_RESOURCES})
_OF_EVENTS = frozenset({Action.SEND_LEARNING_EVENTS, Action.READ_SENT_EVENTS})


def decide(principal: Principal, action: Action, purpose: Purpose, today: date | None = None) -> Decision:
    """Whether `principal` may do `action` for `purpose` on this day, with the reason."""
    reason = RULES.get((principal.role, action, purpose))
    if reason is None:
        return Decision(False, reasons.no_rule(principal.role, action, purpose))
    if principal.role is Role.APP:
        if principal.agreement is None:
            return Decision(False, reasons.NO_AGREEMENT)
        if objection := principal.agreement.objection(purpose, today or date.today()):
            return Decision(False, objection)
        if action in _WRITING and not principal.agreement.terms.writes_record:
            return Decision(False, reasons.READS_ALONE)
        if action in _OF_EVENTS and not principal.agreement.terms.sends_events:
            return Decision(False, reasons.SENDS_NO_EVENTS)
    return Decision(True, reason)


# What people do things for, by what they are.
_PURPOSES = {
    Role.DISTRICT_DATA_MANAGER: Purpose.CONSOLIDATION,
    Role.PRIVACY_OFFICER: Purpose.OVERSIGHT,
    Role.PRINCIPAL: Purpose.INSTRUCTION,
    Role.COUNSELOR: Purpose.INSTRUCTION,
    Role.TEACHER: Purpose.INSTRUCTION,
    Role.CONTACT: Purpose.INSPECTION,
    Role.STUDENT: Purpose.INSPECTION,
    Role.ANYBODY: Purpose.OVERSIGHT,
}


def actions_of(principal: Principal) -> set[Action]:
    """All that a principal may do today, for whatever purpose."""
    return {action for _, action, purpose in RULES if decide(principal, action, purpose).allowed}


def may(principal: Principal, action: Action) -> bool:
    """Whether a rule lets a principal do `action` today, for what it would do it for."""
    return decide(principal, action, purpose_of(principal, action)).allowed


def purpose_of(principal: Principal, action: Action) -> Purpose:
    """What `action` is done for: by an app, the first of its agreement's purposes for which a rule lets it, else the
    first; by a person, what people of that role are there for."""
    if principal.agreement is None:
        return _PURPOSES.get(principal.role, Purpose.ADMISSION)
    purposes = principal.agreement.terms.purposes
    return next((purpose for purpose in purposes if (principal.role, action, purpose) in RULES), purposes[0])
