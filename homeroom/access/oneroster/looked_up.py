"""What the references of an object lead to: rows of the record by their ids, within the reach of whoever reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from homeroom.access.door import Use
from homeroom.access.oneroster.academic_sessions import grading_period_id, session_id
from homeroom.access.oneroster.gradebook import GRADED, category, line_item_of_grades
from homeroom.access.oneroster.rows import within_reach
from homeroom.access.resources.agreed import terms_of, under_agreement

Row = Mapping[str, Any]

_SECTION = ("local_course_code", "school_id", "school_year", "session_name", "section_identifier")
# What a row of each resource is known by, and what else has to be known of it.
_KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "Section": _SECTION,
    "Student": ("student_unique_id",),
    "School": ("school_id",),
    "GradebookEntry": ("gradebook_entry_identifier", "namespace", "source_section_identifier", "grading_period_name",
                       *_SECTION),
    "StudentGradebookEntry": ("gradebook_entry_identifier", "namespace", "student_unique_id"),
    "Grade": (*GRADED, "begin_date", "student_unique_id"),
    "Assessment": ("assessment_identifier", "namespace"),
    "StudentAssessment": ("assessment_identifier", "namespace", "student_unique_id", "student_assessment_identifier",
                          "score_results"),
}  # fmt: skip


async def row_of(use: Use, resource: str, id_: UUID) -> Row | None:
    """A row by its id; None where there is none within reach."""
    columns = ", ".join(f"row.{name}" for name in _KNOWN_BY[resource])
    return await _found(use, f"select {columns} from {{{resource}}} as row where row.id = %(id)s", id=id_)


async def grades_of(use: Use, line_item: UUID) -> Row | None:
    """What the grades of a line item have in common; None where there are no such grades."""
    columns = ", ".join(f"held.{name}" for name in GRADED)
    question = f"select {columns} from {{Grade}} as held where {line_item_of_grades('held')} = %(id)s limit 1"
    return await _found(use, question, id=line_item)


async def grading_period(use: Use, session: UUID, school: int) -> Row | None:
    """The grading period of a school that an academic session stands for; None where it is none of that school."""
    question = f"""
        select row.grading_period_descriptor, row.grading_period_name, row.school_id, row.school_year
        from {{GradingPeriod}} as row where row.school_id = %(school)s and {grading_period_id("row")} = %(id)s
    """
    return await _found(use, question, id=session, school=school)


async def session_of_section(use: Use, section: Row) -> UUID | None:
    """The academic session that is a section's."""
    question = f"""
        select {session_id("row")} as id from {{Session}} as row where row.school_id = %(school_id)s
        and row.school_year = %(school_year)s and row.session_name = %(session_name)s
    """
    found = await _found(use, question, **section)
    return found["id"] if found else None


async def kind_of_work(use: Use, id_: UUID) -> Row | None:
    """The code of a category, with its descriptor type (`descriptor_type`, `uri`); None where there is none."""
    question = f"""
        select descriptor_type, uri, namespace, code_value from edfi.descriptor
        where descriptor_type in ('GradebookEntryTypeDescriptor', 'GradeTypeDescriptor')
        and {category("uri")} = %(id)s
    """
    return await _found(use, question, id=id_)


async def seat_of(use: Use, section: Row, student: str) -> Row | None:
    """The last place of a student in a section (`begin_date`); None where there was none."""
    held = " and ".join(f"row.{name} = %({name})s" for name in _SECTION)
    question = f"""
        select row.begin_date from {{StudentSectionAssociation}} as row
        where row.student_unique_id = %(student)s and {held} order by row.begin_date desc limit 1
    """
    return await _found(use, question, student=student, **{name: section[name] for name in _SECTION})


async def subjects_of(use: Use, section: Row) -> list[str]:
    """The subjects of the course of a section, as codes."""
    question = """
        select course.academic_subjects as subjects from {CourseOffering} as offering
        join {Course} as course on course.course_code = offering.course_code
            and course.education_organization_id = offering.education_organization_id
        where offering.local_course_code = %(local_course_code)s and offering.school_id = %(school_id)s
            and offering.school_year = %(school_year)s and offering.session_name = %(session_name)s
    """
    found = await _found(use, question, **section)
    return [one["academicSubjectDescriptor"] for one in (found or {}).get("subjects") or ()]


def of_section(row: Row) -> dict[str, Any]:
    """The reference of a document to a section."""
    return {
        "localCourseCode": row["local_course_code"],
        "schoolId": row["school_id"],
        "schoolYear": row["school_year"],
        "sessionName": row["session_name"],
        "sectionIdentifier": row["section_identifier"],
    }


async def _found(use: Use, question: str, **values: Any) -> Row | None:
    async with under_agreement(use, as_app=True):
        return await use.row(within_reach(question, terms_of(use).extent), **values)
