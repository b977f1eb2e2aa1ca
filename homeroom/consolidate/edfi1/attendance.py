"""Attendance: an event at a school where it names no section, else in the section."""

from __future__ import annotations

from homeroom.consolidate.edfi1.paths import Columns, given
from homeroom.consolidate.edfi1.recurring import SCHOOL, STUDENT, section_at
from homeroom.consolidate.edfi1.references import ORGANIZATION

_SECTION = "SectionReference/SectionIdentity"

ELEMENTS: dict[str, Columns] = {
    "AttendanceEvent": {
        "student_unique_id": STUDENT,
        "school_id": f"{SCHOOL} | {_SECTION}/EducationalOrgReference/{ORGANIZATION} | {_SECTION}/StateOrganizationId",
        "in_section": given(
            "{0} is not null or coalesce({1}, '') ilike 'section %'",
            f"{_SECTION}/UniqueSectionCode | {_SECTION}/LocalCourseCode | SectionReference/@ref",
            "AttendanceEventType",
        ),
        "section": section_at(_SECTION),
        "event_date": "EventDate",
        "school_year": given("school_year_of({0})", "SchoolYear"),
        "attendance_event_category_descriptor": "AttendanceEventCategory",
        "attendance_event_reason": "AttendanceEventReason",
        "educational_environment_descriptor": "EducationalEnvironment",
    }
}

# 5.2 wants the session: it is the school's that has the day; of several the shortest, which says most.
PREPARED = """
create or replace temp table attendance as
select *, try_cast(event_date as date) as day from edfi1.AttendanceEvent;
create or replace temp table session_of_day as
select d.school_id, d.day, s.school_year, s.session_name
from (select distinct school_id, day from attendance where not in_section) d
join session s on s.school_id = d.school_id and d.day between s.first_day and s.last_day
qualify row_number() over (partition by d.school_id, d.day order by s.last_day - s.first_day, s.session_name) = 1
"""

_AT_SCHOOL = """
select a.source_row, a.student_unique_id, a.school_id, s.school_year, s.session_name, a.event_date,
    a.attendance_event_category_descriptor, a.attendance_event_reason, a.educational_environment_descriptor
from attendance a join session_of_day s on s.school_id = a.school_id and s.day = a.day where not a.in_section"""

_IN_SECTION = """
select a.source_row, a.student_unique_id, s.school_id, s.school_year, s.session_name, s.local_course_code,
    s.section_identifier, a.event_date, a.attendance_event_category_descriptor, a.attendance_event_reason,
    a.educational_environment_descriptor
from attendance a join section_by_reference s on s.reference = a.section where a.in_section"""

STAGED: list[tuple[str, str]] = [
    ("StudentSchoolAttendanceEvent", _AT_SCHOOL),
    ("StudentSectionAttendanceEvent", _IN_SECTION),
]
