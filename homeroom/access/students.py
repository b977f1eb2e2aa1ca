"""One student with all that is held, each value with its source, and who was shown it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from homeroom.access import disclosures
from homeroom.access.door import Use
from homeroom.access.permissions import Action
from homeroom.access.persons import PersonRecord, person_record, row_known_as
from homeroom.access.record_parts import Part
from homeroom.access.student_parts import ATTENDANCE, PARTS, PROGRAMS, further
from homeroom.access.words import code_of


@dataclass(frozen=True)
class StudentRecord(PersonRecord):
    """One student: the person first, then everything that is held. `disclosures`: none where they are not the
    principal's to see."""

    grade_level: str
    school: str
    attendance: Sequence[dict[str, Any]]
    disclosures: Sequence[dict[str, Any]]


async def student(use: Use, record_id: UUID) -> StudentRecord | None:
    """All that the record holds of a student, or None where it has none by that id whom the principal may see.

    It is logged as shown.
    """
    row = await use.row(_STUDENT.format(within=use.within("student_unique_id", "Student")), id=record_id)
    return await _record(use, row) if row else None


@dataclass(frozen=True)
class SeenBy:
    """To whom a student was shown: `disclosures` as `homeroom.access.disclosures.of_student` has them."""

    name: str
    disclosures: Sequence[dict[str, Any]]


async def seen_by(use: Use, record_id: UUID) -> SeenBy | None:
    """To whom the student was shown, or None where there is none whom the principal may see. It is logged as shown."""
    row = await use.row(_STUDENT.format(within=use.within("student_unique_id", "Student")), id=record_id)
    if row is None:
        return None
    await use.disclose([row["student_unique_id"]], {"Student": ("firstName", "lastSurname")})
    return SeenBy(f"{row['first_name']} {row['last_surname']}", await _shown_to_whom(use, row["student_unique_id"]))


async def student_known_as(use: Use, student_id: str, source: str = "") -> StudentRecord | None:
    """The student by the record's unique id, or by the id that a source uses; None where there is none.

    Each attendance event is in the record that this gives, which is logged as shown.
    """
    row = await row_known_as(use, "Student", student_id, source)
    return await _record(use, row, ATTENDANCE) if row else None


async def _record(use: Use, row: dict[str, Any], more: Sequence[Part] = ()) -> StudentRecord:
    held = await person_record(use, "Student", row, (*PARTS, *more, *PROGRAMS, *further()))
    latest = await use.row(_LATEST, student=held.unique_id) or {}
    return StudentRecord(
        **vars(held),
        grade_level=code_of(latest.get("grade_level")),
        school=latest.get("school") or "",
        attendance=await use.rows(_ATTENDANCE, student=held.unique_id),
        disclosures=await _shown_to_whom(use, held.unique_id) if use.may(Action.SEE_DISCLOSURES) else (),
    )


async def _shown_to_whom(use: Use, student: str) -> Sequence[dict[str, Any]]:
    async with use.beyond_the_wall():
        return await disclosures.of_student(use.record, student)


_STUDENT = "select * from edfi.student where id = %(id)s and {within}"
_LATEST = """
    select school.name_of_institution as school, entry_grade_level_descriptor as grade_level
    from edfi.student_school_association as a join edfi.school using (school_id)
    where a.student_unique_id = %(student)s order by entry_date desc limit 1
"""
_ATTENDANCE = """
    with event as (
        select school_year, attendance_event_category_descriptor, event_date, source_rows
        from edfi.student_school_attendance_event where student_unique_id = %(student)s
        union all
        select school_year, attendance_event_category_descriptor, event_date, source_rows
        from edfi.student_section_attendance_event where student_unique_id = %(student)s
    )
    select school_year, split_part(attendance_event_category_descriptor, '#', 2) as category,
        count(distinct event.*) as events, min(event_date) as first, max(event_date) as last,
        array_agg(distinct delivery.source order by delivery.source) filter (where delivery.source is not null)
            as sources
    from event left join lateral unnest(source_rows) as source_row on true
    left join consolidation.delivered_file as file on file.number = source_row >> 32
    left join consolidation.delivery using (delivery_id)
    group by 1, 2 order by 1 desc, 3 desc
"""
