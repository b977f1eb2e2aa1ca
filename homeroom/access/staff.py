"""One member of staff with all that is held, each value with its source."""

from __future__ import annotations

from homeroom.access.door import Use
from homeroom.access.persons import PersonRecord, person_record, row_known_as
from homeroom.access.record_parts import Part, Row, further, in_classes, in_organizations
from homeroom.access.words import code_of, school_year, span


async def staff_known_as(use: Use, staff_id: str, source: str = "") -> PersonRecord | None:
    """The member of staff by the record's unique id, or by the id that a source uses; None where there is none.

    Rows about a student that only name the teacher, as a transcript does, are part of the student's record, not of
    this one. A student whom any row names all the same, as an answer to a survey may, is logged as shown.
    """
    row = await row_known_as(use, "Staff", staff_id, source)
    parts = (*_PARTS, *further("Staff", {part.resource for part in _PARTS}))
    return await person_record(use, "Staff", row, parts) if row else None


def _assignment(row: Row) -> str:
    work = row["position_title"] or code_of(row["staff_classification_descriptor"])
    return ", ".join(filter(None, (work, span(row["begin_date"], row["end_date"]))))


def _employment(row: Row) -> str:
    return ", ".join(
        filter(None, (code_of(row["employment_status_descriptor"]), span(row["hire_date"], row["end_date"])))
    )


def _class(row: Row) -> str:
    return ", ".join(filter(None, (school_year(row["school_year"]), span(row["begin_date"], row["end_date"]))))


_PARTS = (
    Part(
        "Assignments",
        "No source says where.",
        "StaffEducationOrganizationAssignmentAssociation",
        in_organizations("staff_education_organization_assignment_association", "staff_unique_id"),
        gist=_assignment,
    ),
    Part(
        "Employment",
        "No source says by whom.",
        "StaffEducationOrganizationEmploymentAssociation",
        in_organizations("staff_education_organization_employment_association", "staff_unique_id"),
        gist=_employment,
    ),
    Part(
        "Contact details at work",
        "",
        "StaffEducationOrganizationContactAssociation",
        in_organizations("staff_education_organization_contact_association", "staff_unique_id"),
    ),
    Part(
        "Schools",
        "",
        "StaffSchoolAssociation",
        """
        select a.*, s.name_of_institution as title from edfi.staff_school_association as a
        left join edfi.school as s using (school_id)
        where a.staff_unique_id = %(person)s order by title
        """,
    ),
    Part(
        "Classes",
        "No source says which classes.",
        "StaffSectionAssociation",
        in_classes("staff_section_association", "staff_unique_id"),
        ("school_id", "local_course_code"),
        _class,
    ),
)


def resources_shown() -> frozenset[str]:
    """The resources of which rows are told with the person."""
    return frozenset({"Staff", *(part.resource for part in (*_PARTS, *further("Staff", {p.resource for p in _PARTS})))})
