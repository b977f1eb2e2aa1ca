"""The sides of a student's record, in the order in which they are shown: what is asked, and what is said in a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from homeroom.access.words import code_of, day, school_year, shown, words_of
from homeroom.model import RESOURCES
from homeroom.model.columns import columns, table_name

Row = Mapping[str, Any]
_PROGRAM = "GeneralStudentProgramAssociation"


@dataclass(frozen=True)
class Part:
    """Rows of one kind. `question`: SQL that takes `student`; its column `title` heads an entry, `gist` says it short.

    `leave_out`: columns that the title says already. `brief`: entries are shown as a line that opens. `one_with`: the
    column by which a row belongs to an entry that an earlier part of the same title made.
    """

    title: str
    nothing: str
    resource: str
    question: str
    leave_out: tuple[str, ...] = ()
    gist: Callable[[Row], str] = lambda row: ""
    brief: bool = True
    sensitive: bool = False
    one_with: str = ""


def _span(first: Any, last: Any) -> str:
    if not first:
        return ""
    return f"{day(first)} – {day(last)}" if last else f"since {day(first)}"


def _said(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _enrollment(row: Row) -> str:
    return _said(code_of(row["entry_grade_level_descriptor"]), _span(row["entry_date"], row["exit_withdraw_date"]))


def _class(row: Row) -> str:
    return _said(school_year(row["school_year"]), _span(row["begin_date"], row["end_date"]))


def _grade(row: Row) -> str:
    number = shown(row["numeric_grade_earned"])
    letter = row["letter_grade_earned"] or ""
    period = row["grading_period_name"] or code_of(row["grade_type_descriptor"])
    return f"{period}: {f'{letter} ({number})' if letter and number else letter or number or 'no grade'}"


def _assessment(row: Row) -> str:
    results = [shown(item) for item in row["score_results"] or []]
    return "; ".join([day(row["administration_date"].date())] * bool(row["administration_date"]) + results)


def _program(row: Row) -> str:
    return _span(row["begin_date"], row.get("end_date"))


PARTS = (
    Part(
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
        brief=False,
        sensitive=True,
    ),
    Part(
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
        brief=False,
        one_with="contact_unique_id",
    ),
    Part(
        "Parents, guardians and other contacts",
        "",
        "StudentContactAssociation",
        "select * from edfi.student_contact_association where student_unique_id = %(student)s",
        ("contact_unique_id",),
        brief=False,
        one_with="contact_unique_id",
    ),
    Part(
        "Enrollment",
        "The student is enrolled in no school of the record.",
        "StudentSchoolAssociation",
        """
        select a.*, s.name_of_institution as title from edfi.student_school_association as a
        join edfi.school as s using (school_id)
        where student_unique_id = %(student)s order by a.entry_date desc
        """,
        ("school_id",),
        _enrollment,
    ),
    Part(
        "Classes",
        "No source says which classes.",
        "StudentSectionAssociation",
        """
        select a.*, coalesce(o.local_course_title, c.course_title, s.section_name, a.local_course_code) as title
        from edfi.student_section_association as a
        left join edfi.section as s
            using (local_course_code, school_id, school_year, session_name, section_identifier)
        left join edfi.course_offering as o using (local_course_code, school_id, school_year, session_name)
        left join edfi.course as c using (course_code, education_organization_id)
        where student_unique_id = %(student)s order by a.school_year desc, title, a.begin_date desc
        """,
        ("school_id", "local_course_code"),
        _class,
    ),
    Part(
        "Grades",
        "No source gives any.",
        "Grade",
        """
        select g.*, coalesce(o.local_course_title, c.course_title, g.local_course_code) as title
        from edfi.grade as g
        left join edfi.course_offering as o using (local_course_code, school_id, school_year, session_name)
        left join edfi.course as c using (course_code, education_organization_id)
        where student_unique_id = %(student)s order by g.school_year desc, title, g.grading_period_name
        """,
        ("school_id", "local_course_code", "section_identifier", "begin_date"),
        _grade,
    ),
    Part(
        "Assessments",
        "No source gives any.",
        "StudentAssessment",
        """
        select a.*, coalesce(t.assessment_title, a.assessment_identifier) as title
        from edfi.student_assessment as a left join edfi.assessment as t using (assessment_identifier, namespace)
        where student_unique_id = %(student)s order by a.administration_date desc nulls last, title
        """,
        ("namespace", "student_assessment_identifier"),
        _assessment,
    ),
)

PROGRAMS = tuple(
    Part(
        "Programs and services",
        "No source names one.",
        name,
        f"""
        select *, program_name as title from edfi.{table_name(name)}
        where student_unique_id = %(student)s order by begin_date desc
        """,
        ("education_organization_id", "program_education_organization_id"),
        _program,
        sensitive=True,
    )
    for name, definition in RESOURCES.items()
    if definition.subclass_of == _PROGRAM
)

# Counted by the year on the student's page.
_COUNTED = ("StudentSchoolAttendanceEvent", "StudentSectionAttendanceEvent")


@cache
def further() -> tuple[Part, ...]:
    """Every other kind of row that names a student: nothing that is held goes unshown."""
    told = {"Student", _PROGRAM, *_COUNTED, *(part.resource for part in PARTS + PROGRAMS)}
    return tuple(
        Part(
            "Further records",
            "",
            name,
            f"select *, '{_title(name)}' as title from edfi.{table_name(name)} where student_unique_id = %(student)s",
            sensitive=True,
        )
        for name in RESOURCES
        if name not in told
        if any(column.name == "student_unique_id" for column in columns(name))
    )


def _title(name: str) -> str:
    words = words_of(name.removeprefix("Student").removesuffix("Association")).strip()
    return words[:1].upper() + words[1:]
