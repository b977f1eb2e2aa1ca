"""One student with all that is held, each value with its source, and who was shown it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from homeroom.access import disclosures
from homeroom.access.door import Use
from homeroom.access.lineage import Lineage, Origin, Value
from homeroom.access.student_parts import PARTS, PROGRAMS, Part, further
from homeroom.access.words import code_of


@dataclass(frozen=True)
class Entry:
    """One row of the record as shown: a heading, the row in a line, its values, and the rows that it came from."""

    title: str
    gist: str
    values: list[Value]
    origins: list[Origin]

    @property
    def sources(self) -> Sequence[str]:
        """The systems that spoke of it, the believed one first."""
        return tuple(dict.fromkeys(origin.source for origin in self.origins))

    @property
    def differs(self) -> bool:
        """Whether the sources disagree on any value."""
        return any(value.others for value in self.values)


@dataclass(frozen=True)
class Section:
    """What is held about one side of a student; `entries` may be empty. `brief`: each opens from a line."""

    title: str
    nothing: str
    entries: list[Entry]
    brief: bool
    sensitive: bool


@dataclass(frozen=True)
class StudentRecord:
    """One student: the person first, then everything that is held."""

    id: UUID
    unique_id: str
    name: str
    grade_level: str
    school: str
    person: Entry
    sections: Sequence[Section]
    attendance: Sequence[dict[str, Any]]
    identities: Sequence[dict[str, Any]]
    disclosures: Sequence[dict[str, Any]]


async def student(use: Use, record_id: UUID) -> StudentRecord | None:
    """All that the record holds of a student, or None where it has none by that id. It is logged as shown."""
    row = await use.row("select * from edfi.student where id = %(id)s", id=record_id)
    if row is None:
        return None
    unique_id = row["student_unique_id"]
    await use.disclose([unique_id])
    held = [(part, await use.rows(part.question, student=unique_id)) for part in (*PARTS, *PROGRAMS, *further())]
    lineage = await Lineage.of(use, [row, *(one for _, rows in held for one in rows)])
    latest = await use.row(_LATEST, student=unique_id) or {}
    named = (row["first_name"], row["middle_name"], row["last_surname"], row["generation_code_suffix"])
    return StudentRecord(
        id=record_id,
        unique_id=unique_id,
        name=" ".join(filter(None, named)),
        grade_level=code_of(latest.get("grade_level")),
        school=latest.get("school") or "",
        person=Entry("", "", lineage.values("Student", row), lineage.origins(row)),
        sections=_sections(held, lineage),
        attendance=await use.rows(_ATTENDANCE, student=unique_id),
        identities=await use.rows(_IDENTITIES, student=unique_id),
        disclosures=await disclosures.of_student(use.record, unique_id),
    )


async def student_known_as(use: Use, student_id: str, source: str = "") -> StudentRecord | None:
    """The student by the record's unique id, or by the id that a source uses; None where there is none."""
    row = await use.row(_BY_SOURCE if source else _BY_UNIQUE_ID, student=student_id, source=source)
    return await student(use, row["id"]) if row else None


def _sections(held: Iterable[tuple[Part, Sequence[dict[str, Any]]]], lineage: Lineage) -> list[Section]:
    sections: dict[str, Section] = {}
    joined: dict[tuple[str, Any], Entry] = {}
    for part, rows in held:
        section = sections.setdefault(
            part.title, Section(part.title, part.nothing, [], brief=part.brief, sensitive=part.sensitive)
        )
        for row in rows:
            values = lineage.values(part.resource, row, ("student_unique_id", *part.leave_out))
            origins = lineage.origins(row)
            known = joined.get((part.title, row[part.one_with])) if part.one_with else None
            if known:
                known.values.extend(values)
                known.origins.extend(origins)
                continue
            entry = Entry(row.get("title") or "", part.gist(row), values, origins)
            section.entries.append(entry)
            if part.one_with:
                joined[part.title, row[part.one_with]] = entry
    return [section for section in sections.values() if section.entries or section.nothing]


_BY_UNIQUE_ID = "select id from edfi.student where student_unique_id = %(student)s"
_BY_SOURCE = """
    select s.id from consolidation.identity as i join edfi.student as s on s.student_unique_id = i.unique_id
    where i.kind = 'Student' and i.source = %(source)s and i.source_id = %(student)s
"""
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
_IDENTITIES = """
    select source, source_id, probability, decided_by from consolidation.identity
    where kind = 'Student' and unique_id = %(student)s order by source, source_id
"""
