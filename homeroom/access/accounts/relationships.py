"""Why somebody is or isn't within a person's reach: the ties that the record holds, each with what it has to fulfil.

The conditions are those of `homeroom.access.accounts.reach`, of which the reach itself is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homeroom.access.accounts.reach import (
    ASSIGNED,
    COUNSELORS,
    ENROLLED,
    KINDS,
    LOOKED_AFTER,
    MEMBER,
    NO_COHORTS,
    PARENT,
    PRINCIPALS,
    RECORD_ACCESS,
    TAKEN,
    TAUGHT,
    THIS_YEAR,
    UNRESTRICTED,
    classified,
)
from homeroom.access.door import Use
from homeroom.access.permissions import Principal, Role
from homeroom.access.words import code_of, day

# So many ties are told of at most: those that count first.
_MOST = 5


@dataclass(frozen=True)
class _Tie:
    """Rows that tie a person to a student. `question`: takes `person` and `student`, and gives `conditions` as columns,
    beside what `told` says of a row; `nothing`: what is said where there is no such row."""

    question: str
    conditions: Mapping[str, str]
    told: Callable[[Mapping[str, Any]], str]
    nothing: str


async def ties(use: Use, principal: Principal, student: str) -> Sequence[tuple[bool, str]]:
    """What ties a principal of the record to a student, or would: whether each tie counts now, and why, in words.

    Asked beyond the wall of the principal. Of several that count, or don't, the first few.
    """
    found: list[tuple[bool, str]] = []
    nothing: list[str] = []
    for tie in _TIES[principal.role]:
        marks = ", ".join(f"({condition}) is true as {name}" for name, condition in tie.conditions.items())
        question = tie.question.format(conditions=marks.format(person="%(person)s"))
        rows = await use.rows(question, person=principal.person, student=student)
        found += [(all(row[name] for name in tie.conditions), tie.told(row)) for row in rows]
        if not rows:
            nothing.append(tie.nothing)
    counting = [one for one in found if one[0]]
    return (counting or found)[:_MOST] or [(False, words) for words in nothing]


def reached_otherwise(principal: Principal, kind: str, reached: bool) -> str:
    """Why a contact or a member of staff is or isn't within reach."""
    if kind == "Staff":
        return (
            "The row is about themselves." if reached else "The row is about a member of staff other than themselves."
        )
    if KINDS[principal.role] == "staff":
        return (
            "The contact belongs to a student whom they reach."
            if reached
            else "The contact belongs to no student whom they reach."
        )
    return "The row is about themselves." if reached else "The row is about another adult than themselves."


def _span(row: Mapping[str, Any], begin: str, end: str) -> str:
    if row[begin] is None:
        return "from no day that the record knows"
    return f"since {day(row[begin])}" if row[end] is None else f"from {day(row[begin])} to {day(row[end])}"


def _not_now(row: Mapping[str, Any], *asked: tuple[str, str]) -> str:
    missing = [words for name, words in asked if not row[name]]
    return f" It does not count: {'; '.join(missing)}." if missing else ""


def _section(row: Mapping[str, Any]) -> str:
    return (
        f"They teach section {row['section_identifier']} of {row['local_course_code']} {_span(row, 'from_', 'until')}, "
        f"and the student is in it {_span(row, 'taken_from', 'taken_until')}."
        + _not_now(
            row,
            ("taught", "they do not teach it now"),
            ("taken", "the student is not in it now"),
            ("this_year", "it is not a section of the school year that the record calls the current one"),
        )
    )


def _school(row: Mapping[str, Any]) -> str:
    return (
        f"They are {code_of(row['classification'])} at {row['school']} {_span(row, 'from_', 'until')}, and the student "
        f"is enrolled there {_span(row, 'enrolled_from', 'enrolled_until')}."
        + _not_now(
            row,
            ("assigned", "they are not assigned there now"),
            ("classified", "the assignment is none that reaches a school's students"),
            ("enrolled", "the student is not enrolled there now"),
            ("no_cohorts", "the school's cohorts say who looks after whom"),
        )
    )


def _cohort(row: Mapping[str, Any]) -> str:
    return (
        f"They look after cohort {row['cohort_identifier']} {_span(row, 'from_', 'until')}, and the student is in it "
        f"{_span(row, 'member_from', 'member_until')}."
        + _not_now(
            row,
            ("looked_after", "they do not look after it now"),
            ("member", "the student is not in it now"),
            ("record_access", "the record does not let them see its students' records"),
        )
    )


def _child(row: Mapping[str, Any]) -> str:
    relation = code_of(row["relation_descriptor"])
    said = f"The record calls them {relation} of the student" if relation else "The record ties them to the student"
    guardian = {True: ", and their legal guardian", False: ", and not their legal guardian", None: ""}
    return f"{said}{guardian[row['legal_guardian']]}." + _not_now(
        row,
        ("parent", "that is no parent and no guardian (34 CFR 99.3)"),
        ("unrestricted", "the record holds a restriction of custody or contact"),
    )


def _at_school(condition: Mapping[str, str], nothing: str) -> _Tie:
    return _Tie(
        """
        select assigned.staff_classification_descriptor as classification, school.name_of_institution as school,
            assigned.begin_date as from_, assigned.end_date as until, enrolled.entry_date as enrolled_from,
            enrolled.exit_withdraw_date as enrolled_until, {conditions}
        from edfi.staff_education_organization_assignment_association as assigned
        join edfi.student_school_association as enrolled on enrolled.school_id = assigned.education_organization_id
        join edfi.school on school.school_id = enrolled.school_id
        where assigned.staff_unique_id = %(person)s and enrolled.student_unique_id = %(student)s
        order by enrolled.entry_date desc, assigned.begin_date desc
        """,
        {"assigned": ASSIGNED, "enrolled": ENROLLED, **condition},
        _school,
        nothing,
    )


_TIES: Mapping[Role, Sequence[_Tie]] = {
    Role.TEACHER: (
        _Tie(
            """
            select local_course_code, section_identifier, taught.begin_date as from_, taught.end_date as until,
                taken.begin_date as taken_from, taken.end_date as taken_until, {conditions}
            from edfi.staff_section_association as taught join edfi.student_section_association as taken
                using (local_course_code, school_id, school_year, session_name, section_identifier)
            where taught.staff_unique_id = %(person)s and taken.student_unique_id = %(student)s
            order by taught.begin_date desc, section_identifier
            """,
            {"taught": TAUGHT, "taken": TAKEN, "this_year": THIS_YEAR},
            _section,
            "The record knows no section in which they teach the student.",
        ),
    ),
    Role.PRINCIPAL: (
        _at_school(
            {"classified": classified(PRINCIPALS), "no_cohorts": "true"},
            "The record knows no school at which they are assigned and the student is enrolled.",
        ),
    ),
    Role.COUNSELOR: (
        _Tie(
            """
            select cohort_identifier, looked_after.begin_date as from_, looked_after.end_date as until,
                member.begin_date as member_from, member.end_date as member_until, {conditions}
            from edfi.staff_cohort_association as looked_after
            join edfi.student_cohort_association as member using (cohort_identifier, education_organization_id)
            where looked_after.staff_unique_id = %(person)s and member.student_unique_id = %(student)s
            order by looked_after.begin_date desc, cohort_identifier
            """,
            {"looked_after": LOOKED_AFTER, "member": MEMBER, "record_access": RECORD_ACCESS},
            _cohort,
            "The record knows no cohort that they look after with the student in it.",
        ),
        _at_school(
            {"classified": classified(COUNSELORS), "no_cohorts": NO_COHORTS.replace("school.", "assigned.")},
            "The record knows no school at which they are a counselor and the student is enrolled.",
        ),
    ),
    Role.CONTACT: (
        _Tie(
            """
            select relation_descriptor, legal_guardian, {conditions} from edfi.student_contact_association as child
            where child.contact_unique_id = %(person)s and child.student_unique_id = %(student)s
            """,
            {"parent": PARENT, "unrestricted": UNRESTRICTED},
            _child,
            "The record does not say that the student is a child of theirs.",
        ),
    ),
    Role.STUDENT: (
        _Tie(
            "select {conditions} from edfi.student as own where own.student_unique_id = %(student)s",
            {"themselves": "own.student_unique_id = {person}"},
            lambda row: "The student is they themselves." if row["themselves"] else "The student is somebody else.",
            "The record knows no such student.",
        ),
    ),
}
