"""What the record holds of one student's attendance in one school year, event by event, each with who said so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from homeroom.access.accounts.shown_fields import shown_to
from homeroom.access.door import Use
from homeroom.access.lineage import Lineage, Origin, Value
from homeroom.access.persons import fields_in
from homeroom.access.student_parts import ATTENDANCE
from homeroom.access.words import code_of

# The day, the kind of event and the place stand in columns of their own; terms and classes are told by their names.
_TOLD = {
    "student_unique_id", "event_date", "attendance_event_category_descriptor", "school_id", "school_year",
    "session_name", "local_course_code", "section_identifier",
}  # fmt: skip


@dataclass(frozen=True)
class AttendanceEvent:
    """One event. `place`: the class, or the school where it is of the whole day; `details`: what else is held of it,
    such as its reason; `origins`: the rows that told of it, the believed one first."""

    day: date
    kind: str
    place: str
    details: Sequence[Value]
    origins: Sequence[Origin]


@dataclass(frozen=True)
class AttendanceOfYear:
    """The events of a student in a school year, named by the year in which it ends; the latest first."""

    student_id: UUID
    student: str
    school_year: int
    events: Sequence[AttendanceEvent]


async def attendance_of_year(use: Use, record_id: UUID, school_year: int) -> AttendanceOfYear | None:
    """What is held of a student's attendance in a year, or None where there is no such student whom the
    principal may see; logged as shown."""
    row = await use.row(_STUDENT.format(within=use.within("student_unique_id", "Student")), id=record_id)
    if row is None:
        return None
    unique_id = row["student_unique_id"]
    held = [
        (part.resource, shown_to(use.principal.role, part.resource, one))
        for part in ATTENDANCE
        for one in await use.rows(_OF_YEAR.format(events=part.question), person=unique_id, year=school_year)
    ]
    await use.disclose([unique_id], {"Student": _NAMES, **fields_in(held)})
    lineage = await Lineage.of(use, [one for _, one in held])
    events = [
        AttendanceEvent(
            one["event_date"],
            code_of(one["attendance_event_category_descriptor"]),
            one["title"],
            lineage.values(resource, one, _TOLD),
            lineage.origins(one),
        )
        for resource, one in held
    ]
    latest_first = sorted(events, key=lambda event: event.day, reverse=True)
    return AttendanceOfYear(record_id, row["name"], school_year, latest_first)


_NAMES = ("firstName", "middleName", "lastSurname", "generationCodeSuffix")
_STUDENT = """
    select student_unique_id,
        concat_ws(' ', first_name, middle_name, last_surname, generation_code_suffix) as name
    from edfi.student where id = %(id)s and {within}
"""
_OF_YEAR = "select * from ({events}) as event where school_year = %(year)s order by event_date desc, title"
