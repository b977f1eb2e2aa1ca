"""Students of the record: found by name or id, and one with all that is held, each value with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from homeroom.access import disclosures
from homeroom.access.door import Use
from homeroom.access.lineage import Lineage, Origin, Value, code_of

PAGE = 50


@dataclass(frozen=True)
class Found:
    """One page of the students that were searched for, and how many there are in all."""

    students: Sequence[dict[str, Any]]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class Entry:
    """One row of the record as shown: a heading, its values, and the rows that it came from."""

    title: str
    values: Sequence[Value]
    origins: Sequence[Origin]


@dataclass(frozen=True)
class Section:
    """What is held about one side of a student; `entries` is empty where nothing is."""

    title: str
    nothing: str
    entries: Sequence[Entry]
    sensitive: bool = False


@dataclass(frozen=True)
class StudentRecord:
    """One student: the person first, then everything that is held."""

    id: UUID
    unique_id: str
    name: str
    grade_level: str
    school: str
    sections: Sequence[Section]
    attendance: Sequence[dict[str, Any]]
    identities: Sequence[dict[str, Any]]
    disclosures: Sequence[dict[str, Any]]


async def search(use: Use, words: str, page: int = 1) -> Found:
    """The students of whom every word begins a name, or is an id that the record or a source knows; by last name.

    Accents and case don't matter; no word at all finds everybody.
    """
    asked = words.split()[:8]
    conditions = [_CONDITION.format(number=number) for number in range(len(asked))] or ["true"]
    parameters: dict[str, Any] = {f"word{number}": word for number, word in enumerate(asked)}
    where = " and ".join(conditions)
    total = (await use.row(f"select count(*) as n from edfi.student where {where}", **parameters) or {"n": 0})["n"]
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    rows = await use.rows(_PAGE.format(where=where), **parameters, most=PAGE, skip=(page - 1) * PAGE)
    for row in rows:
        row["grade_level"] = code_of(row["grade_level"])
    await use.disclose(row["student_unique_id"] for row in rows)
    return Found(rows, total, page)


async def student(use: Use, record_id: UUID) -> StudentRecord | None:
    """All that the record holds of a student, or None where it has none by that id."""
    row = await use.row("select * from edfi.student where id = %(id)s", id=record_id)
    if row is None:
        return None
    unique_id = row["student_unique_id"]
    await use.disclose([unique_id])
    held = {part.title: await use.rows(part.question, student=unique_id) for part in _PARTS}
    lineage = await Lineage.of(use, [row, *(one for rows in held.values() for one in rows)])
    sections = [
        Section(
            "Who the student is",
            "",
            [Entry("", lineage.values("Student", row), lineage.origins(row))],
        )
    ]
    for part in _PARTS:
        entries = [
            Entry(
                one.get("title") or "",
                lineage.values(one.get("resource") or part.resource, one, ("student_unique_id", *part.leave_out)),
                lineage.origins(one),
            )
            for one in held[part.title]
        ]
        sections.append(Section(part.title, part.nothing, entries, part.sensitive))
    latest = await use.row(_LATEST, student=unique_id) or {}
    return StudentRecord(
        record_id,
        unique_id,
        " ".join(
            filter(None, (row["first_name"], row["middle_name"], row["last_surname"], row["generation_code_suffix"]))
        ),
        code_of(latest.get("grade_level")),
        latest.get("school") or "",
        sections,
        await use.rows(_ATTENDANCE, student=unique_id),
        await use.rows(_IDENTITIES, student=unique_id),
        await disclosures.of_student(use.record, unique_id),
    )


@dataclass(frozen=True)
class _Part:
    title: str
    nothing: str
    resource: str
    question: str
    leave_out: tuple[str, ...] = ()
    sensitive: bool = False


_PARTS = (
    _Part(
        "Home, contact details and background",
        "No source says anything of it.",
        "StudentEducationOrganizationAssociation",
        """
        select a.*, o.name as title from edfi.student_education_organization_association as a
        left join lateral (
            select name_of_institution as name from edfi.school where school_id = a.education_organization_id
            union all select name_of_institution from edfi.local_education_agency
            where local_education_agency_id = a.education_organization_id limit 1
        ) as o on true
        where student_unique_id = %(student)s order by a.education_organization_id
        """,
        ("education_organization_id",),
        sensitive=True,
    ),
    _Part(
        "Parents, guardians and other contacts",
        "No source names one.",
        "Contact",
        """
        select c.*, concat_ws(' ', c.first_name, c.last_surname) || coalesce(' ('
            || split_part(a.relation_descriptor, '#', 2) || ')', '') as title
        from edfi.student_contact_association as a join edfi.contact as c using (contact_unique_id)
        where a.student_unique_id = %(student)s order by a.contact_priority nulls last, 1
        """,
        ("contact_unique_id",),
    ),
    _Part(
        "Enrollment",
        "The student is enrolled in no school of the record.",
        "StudentSchoolAssociation",
        """
        select a.*, s.name_of_institution as title from edfi.student_school_association as a
        join edfi.school as s using (school_id)
        where student_unique_id = %(student)s order by a.entry_date desc
        """,
        ("school_id",),
    ),
    _Part(
        "Classes",
        "No source says which classes.",
        "StudentSectionAssociation",
        """
        select a.*, concat_ws(', ', coalesce(o.local_course_title, s.section_name, a.local_course_code), a.session_name)
            as title
        from edfi.student_section_association as a
        left join edfi.section as s
            using (local_course_code, school_id, school_year, session_name, section_identifier)
        left join edfi.course_offering as o using (local_course_code, school_id, school_year, session_name)
        where student_unique_id = %(student)s order by a.school_year desc, a.begin_date desc, title
        """,
        ("school_id", "local_course_code", "session_name"),
    ),
    _Part(
        "Grades",
        "No source gives any.",
        "Grade",
        """
        select g.*, concat_ws(', ', coalesce(o.local_course_title, g.local_course_code), g.session_name) as title
        from edfi.grade as g
        left join edfi.course_offering as o using (local_course_code, school_id, school_year, session_name)
        where student_unique_id = %(student)s order by g.school_year desc, g.session_name, title
        """,
        ("school_id", "local_course_code", "session_name", "section_identifier", "begin_date"),
    ),
    _Part(
        "Assessments",
        "No source gives any.",
        "StudentAssessment",
        """
        select a.*, concat_ws(', ', coalesce(t.assessment_title, a.assessment_identifier), a.administration_date::date)
            as title
        from edfi.student_assessment as a left join edfi.assessment as t using (assessment_identifier, namespace)
        where student_unique_id = %(student)s order by a.administration_date desc nulls last, title
        """,
        ("assessment_identifier", "namespace", "student_assessment_identifier"),
    ),
)

# Every word the student goes by, and every id: those of the sources are in `identity`.
_PLAIN = r"lower(regexp_replace(normalize({text}, NFD), '[\u0300-\u036f]', '', 'g'))"
_NAMES = _PLAIN.format(
    text="' ' || concat_ws(' ', first_name, middle_name, last_surname, preferred_first_name, maiden_name)"
)
_CONDITION = (
    "(replace("
    + _NAMES
    + ", '-', ' ') like '%% ' || replace(replace("
    + _PLAIN.format(text="%(word{number})s::text")
    + r", '%%', '\%%'), '_', '\_') || '%%'"
    " or student_unique_id = %(word{number})s or student_unique_id in (select unique_id from consolidation.identity"
    " where kind = 'Student' and source_id = %(word{number})s))"
)
_PAGE = """
    select student.id, student.student_unique_id, first_name, middle_name, last_surname, generation_code_suffix,
        latest.school, latest.grade_level
    from (
        select * from edfi.student where {where}
        order by last_surname, first_name, student_unique_id limit %(most)s offset %(skip)s
    ) as student
    left join lateral (
        select school.name_of_institution as school, entry_grade_level_descriptor as grade_level
        from edfi.student_school_association as a join edfi.school using (school_id)
        where a.student_unique_id = student.student_unique_id order by entry_date desc limit 1
    ) as latest on true
    order by last_surname, first_name, student_unique_id
"""
_LATEST = """
    select school.name_of_institution as school, entry_grade_level_descriptor as grade_level
    from edfi.student_school_association as a join edfi.school using (school_id)
    where a.student_unique_id = %(student)s order by entry_date desc limit 1
"""
_ATTENDANCE = """
    select school_year, split_part(attendance_event_category_descriptor, '#', 2) as category, count(*) as events,
        min(event_date) as first, max(event_date) as last
    from (
        select school_year, attendance_event_category_descriptor, event_date
        from edfi.student_school_attendance_event where student_unique_id = %(student)s
        union all
        select school_year, attendance_event_category_descriptor, event_date
        from edfi.student_section_attendance_event where student_unique_id = %(student)s
    ) as event group by 1, 2 order by 1 desc, 3 desc
"""
_IDENTITIES = """
    select source, source_id, probability, decided_by from consolidation.identity
    where kind = 'Student' and unique_id = %(student)s order by source, source_id
"""
