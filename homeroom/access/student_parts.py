"""The sides of a student's record, in the order in which they are shown: what is asked, and what is said in a line."""

from __future__ import annotations

from functools import cache

from homeroom.access import record_parts
from homeroom.access.record_parts import Part, Row, in_classes, in_organizations
from homeroom.access.words import code_of, day, school_year, shown, span
from homeroom.model import RESOURCES
from homeroom.model.columns import table_name

_PROGRAM = "GeneralStudentProgramAssociation"


def _said(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _enrollment(row: Row) -> str:
    return _said(code_of(row["entry_grade_level_descriptor"]), span(row["entry_date"], row["exit_withdraw_date"]))


def _class(row: Row) -> str:
    return _said(school_year(row["school_year"]), span(row["begin_date"], row["end_date"]))


def _grade(row: Row) -> str:
    number = shown(row["numeric_grade_earned"])
    letter = row["letter_grade_earned"] or ""
    period = row["grading_period_name"] or code_of(row["grade_type_descriptor"])
    return f"{period}: {f'{letter} ({number})' if letter and number else letter or number or 'no grade'}"


def _assessment(row: Row) -> str:
    results = [shown(item) for item in row["score_results"] or []]
    taken = row["administration_date"]
    return "; ".join(([day(taken.date())] if taken else []) + results)


def _program(row: Row) -> str:
    return span(row["begin_date"], row.get("end_date"))


PARTS = (
    Part(
        "Home, contact details and background",
        "No source says anything of it.",
        "StudentEducationOrganizationAssociation",
        in_organizations("student_education_organization_association", "student_unique_id"),
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
        where a.student_unique_id = %(person)s order by a.contact_priority nulls last, 1
        """,
        ("contact_unique_id",),
        brief=False,
        one_with="contact_unique_id",
    ),
    Part(
        "Parents, guardians and other contacts",
        "",
        "StudentContactAssociation",
        "select * from edfi.student_contact_association where student_unique_id = %(person)s",
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
        where student_unique_id = %(person)s order by a.entry_date desc
        """,
        ("school_id",),
        _enrollment,
    ),
    Part(
        "Classes",
        "No source says which classes.",
        "StudentSectionAssociation",
        in_classes("student_section_association", "student_unique_id"),
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
        where student_unique_id = %(person)s order by g.school_year desc, title, g.grading_period_name
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
        where student_unique_id = %(person)s order by a.administration_date desc nulls last, title
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
        where student_unique_id = %(person)s order by begin_date desc
        """,
        ("education_organization_id", "program_education_organization_id"),
        _program,
        sensitive=True,
    )
    for name, definition in RESOURCES.items()
    if definition.subclass_of == _PROGRAM
)


def _attended(row: Row) -> str:
    return _said(day(row["event_date"]), code_of(row["attendance_event_category_descriptor"]))


# On the student's page these are counted by the year, with a page of their own for each year.
ATTENDANCE = (
    Part(
        "Attendance",
        "No source sends any.",
        "StudentSchoolAttendanceEvent",
        """
        select e.*, s.name_of_institution as title
        from edfi.student_school_attendance_event as e join edfi.school as s using (school_id)
        where e.student_unique_id = %(person)s order by e.event_date desc
        """,
        ("school_id", "event_date"),
        _attended,
    ),
    Part(
        "Attendance",
        "",
        "StudentSectionAttendanceEvent",
        """
        select e.*, coalesce(o.local_course_title, c.course_title, e.local_course_code) as title
        from edfi.student_section_attendance_event as e
        left join edfi.course_offering as o using (local_course_code, school_id, school_year, session_name)
        left join edfi.course as c using (course_code, education_organization_id)
        where e.student_unique_id = %(person)s order by e.event_date desc, title
        """,
        ("school_id", "local_course_code", "section_identifier", "event_date"),
        _attended,
    ),
)


@cache
def further() -> tuple[Part, ...]:
    """Every other kind of row that names a student: nothing that is held goes unshown."""
    return record_parts.further("Student", {_PROGRAM, *(part.resource for part in PARTS + PROGRAMS + ATTENDANCE)})


@cache
def resources_shown() -> frozenset[str]:
    """The resources of which rows stand on a student's page."""
    return frozenset({"Student", *(part.resource for part in (*PARTS, *PROGRAMS, *ATTENDANCE, *further()))})
