"""Pairs of rows that may be one person and wait for a person to decide, side by side.

First comes the pair whose probability is nearest to the middle of those that wait, times how much hangs on it (the
logarithm of the enrollments, contacts and classes of the side that has fewer): there a person's minute changes most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from homeroom.access.door import Use
from homeroom.access.words import code_of, day, shown

PAGE = 10


@dataclass(frozen=True)
class Side:
    """One of the two: who the record has for it now, and what is held about that person.

    `nearby`: other students at the same address, who may be the other twin.
    """

    source: str
    source_id: str
    unique_id: str
    name: str
    record_id: UUID | None
    enrollments: Sequence[str] = ()
    contacts: Sequence[str] = ()
    nearby: Sequence[str] = ()


@dataclass(frozen=True)
class Field:
    """What both say of one thing, and whether they `agree`; None where only one of them has it."""

    name: str
    left: str
    right: str

    @property
    def agree(self) -> bool | None:
        if not self.left or not self.right:
            return None
        return self.left.casefold() == self.right.casefold()


@dataclass(frozen=True)
class Pair:
    """Two rows, how probable it is that they are one, and what speaks for and against it.

    `comparison`: what was compared, how it compares, and its match weight: the base-2 logarithm of how much more often
    true pairs agree so than chance pairs (Fellegi and Sunter 1969); None where it was not weighed.
    """

    kind: str
    probability: float
    left: Side
    right: Side
    fields: Sequence[Field]
    comparison: Sequence[tuple[str, str, float | None]]
    postponed_until: datetime | None = None

    @property
    def total(self) -> float | None:
        """The sum of the weights; None where nothing was weighed."""
        weights = [weight for _, _, weight in self.comparison if weight is not None]
        return sum(weights) if weights else None


@dataclass(frozen=True)
class Awaiting:
    """One page of the pairs that wait, the worst doubt first and those put off last. `of_kind`: how many of each."""

    pairs: Sequence[Pair]
    total: int
    page: int
    of_kind: dict[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


async def awaiting_review(use: Use, page: int = 1, kind: str | None = None, most: int = PAGE) -> Awaiting:
    """The pairs that wait for a decision, of one kind of person or of all."""
    counted = await use.rows(
        f"select kind, count(*) as n from ({_WAITING}) as waiting group by 1 order by 1", kind=None
    )
    of_kind = {row["kind"]: row["n"] for row in counted}
    total = of_kind.get(kind, 0) if kind else sum(of_kind.values())
    page = min(max(page, 1), max(1, -(-total // most)))
    rows = await use.rows(_PAIRS, kind=kind, most=most, skip=(page - 1) * most)
    students: set[str] = set()
    nearby: set[str] = set()
    pairs = [await _pair(use, row, students, nearby) for row in rows]
    await use.disclose(students, _OF_STUDENTS)
    await use.disclose(nearby - students, _OF_NEARBY)
    return Awaiting(pairs, total, page, of_kind)


async def _pair(use: Use, row: dict[str, Any], students: set[str], nearby: set[str]) -> Pair:
    kind = row["kind"]
    left, right = [await _person(use, kind, row[f"{side}_unique_id"]) for side in ("left", "right")]
    sides = [
        await _side(use, row, side, person, students, nearby) for side, person in (("left", left), ("right", right))
    ]
    names = {label: (left.get(column), right.get(column)) for column, label in _SHOWN.items()}
    fields = [Field(label, _text(one), _text(other)) for label, (one, other) in names.items() if one or other]
    return Pair(
        kind, row["probability"], sides[0], sides[1], fields, _comparison(row["comparison"]), row["postponed_until"]
    )


def _comparison(told: Any) -> list[tuple[str, str, float | None]]:
    return [
        (name.replace("_", " "), one.get("level", ""), one.get("weight"))
        for name, one in (told or {}).items()
        if isinstance(one, dict) and one.get("level") != "missing"
    ]


async def _person(use: Use, kind: str, unique_id: str) -> dict[str, Any]:
    found = await use.row(_PEOPLE[kind], id=unique_id) if kind in _PEOPLE else None
    if found is None and kind == "Student":
        # Whom an app asked an id for is in no table of the record until a system delivers them.
        found = await use.row(_ASKED_FOR, id=unique_id)
    return found or {}


async def _side(
    use: Use, row: dict[str, Any], side: str, person: dict[str, Any], students: set[str], nearby: set[str]
) -> Side:
    """One of the two; a student whom it shows is added to `students`, those at the same address to `nearby`."""
    source, source_id, unique_id = (row[f"{side}_{part}"] for part in ("source", "id", "unique_id"))
    named = (person.get("first_name"), person.get("middle_name"), person.get("last_surname"))
    name = " ".join(filter(None, named)) or person.get("name_of_institution") or ""
    if row["kind"] != "Student":
        return Side(source, source_id, unique_id, name, None)
    neighbors = await use.rows(_NEARBY, id=unique_id)
    students.add(unique_id)
    nearby.update(one["student_unique_id"] for one in neighbors)
    return Side(
        source,
        source_id,
        unique_id,
        name,
        person.get("id"),
        enrollments=[
            f"{one['school'] or 'a school'}, {code_of(one['grade']) or 'no grade'}, from {day(one['entry_date'])}"
            for one in await use.rows(_ENROLLMENTS, id=unique_id)
        ],
        contacts=[one["name"] for one in await use.rows(_CONTACTS, id=unique_id)],
        nearby=[
            f"{one['name']}, born {day(one['birth_date'])}{' (the same day)' if one['same_day'] else ''}"
            for one in neighbors
        ],
    )


def _text(value: Any) -> str:
    return shown(value) if value else ""


# What the log tells of them: of whoever lives at the same address it is less.
_OF_STUDENTS = {
    "Student": (
        "firstName", "middleName", "lastSurname", "generationCodeSuffix", "preferredFirstName", "birthDate",
        "birthCity",
    ),
    "StudentEducationOrganizationAssociation": (
        "sexDescriptor", "addresses", "telephones", "electronicMails", "studentIdentificationCodes",
    ),
    "StudentSchoolAssociation": ("schoolReference.schoolId", "entryGradeLevelDescriptor", "entryDate"),
    "StudentContactAssociation": ("contactReference.contactUniqueId",),
    "Contact": ("firstName", "lastSurname"),
}  # fmt: skip
_OF_NEARBY = {
    "Student": ("firstName", "lastSurname", "birthDate"),
    "StudentEducationOrganizationAssociation": ("addresses",),
}
_SHOWN = {
    "first_name": "First name",
    "middle_name": "Middle name",
    "last_surname": "Last name",
    "generation_code_suffix": "Suffix",
    "preferred_first_name": "Goes by",
    "birth_date": "Birth date",
    "birth_city": "Birth city",
    "sex_descriptor": "Sex",
    "addresses": "Address",
    "telephones": "Telephone",
    "electronic_mails": "E-mail",
    "student_identification_codes": "Official ids",
    "staff_identification_codes": "Official ids",
    "name_of_institution": "Name",
    "grade_levels": "Grades",
}
_PEOPLE = {
    "Student": """
        select s.*, a.sex_descriptor, a.addresses, a.telephones, a.electronic_mails, a.student_identification_codes
        from edfi.student as s
        left join edfi.student_education_organization_association as a using (student_unique_id)
        where student_unique_id = %(id)s order by a.education_organization_id limit 1
    """,
    "Contact": "select * from edfi.contact where contact_unique_id = %(id)s",
    "Staff": "select * from edfi.staff where staff_unique_id = %(id)s",
    "EducationOrganization": "select * from edfi.school where school_id = %(id)s::bigint",
}
_ASKED_FOR = """
    select first_name, middle_name, last_name as last_surname, suffix as generation_code_suffix, birth_date,
        sex as sex_descriptor
    from consolidation.created_identity where kind = 'Student' and unique_id = %(id)s
"""
_ENROLLMENTS = """
    select school.name_of_institution as school, entry_grade_level_descriptor as grade, entry_date
    from edfi.student_school_association left join edfi.school using (school_id)
    where student_unique_id = %(id)s order by entry_date desc limit 4
"""
_CONTACTS = """
    select concat_ws(' ', first_name, last_surname) as name from edfi.student_contact_association
    join edfi.contact using (contact_unique_id) where student_unique_id = %(id)s order by 1 limit 6
"""
_NEARBY = """
    with home as (
        select addresses #>> '{0,streetNumberName}' as street, addresses #>> '{0,postalCode}' as code, birth_date
        from edfi.student_education_organization_association join edfi.student using (student_unique_id)
        where student_unique_id = %(id)s limit 1
    )
    select distinct s.student_unique_id, concat_ws(' ', first_name, last_surname) as name, s.birth_date,
        s.birth_date = home.birth_date as same_day
    from home join edfi.student_education_organization_association as a
        on a.addresses #>> '{0,streetNumberName}' = home.street and a.addresses #>> '{0,postalCode}' = home.code
    join edfi.student as s using (student_unique_id)
    where s.student_unique_id <> %(id)s order by name limit 4
"""
_WAITING = """
    select m.*, l.unique_id as left_unique_id, r.unique_id as right_unique_id, later.postponed_until
    from consolidation.match as m
    join consolidation.identity as l on l.source = m.left_source and l.kind = m.kind and l.source_id = m.left_id
    join consolidation.identity as r on r.source = m.right_source and r.kind = m.kind and r.source_id = m.right_id
    left join (
        select kind, left_source, left_id, right_source, right_id, bool_or(decision <> 'later') as decided,
            max(postponed_until) filter (where postponed_until > now()) as postponed_until
        from consolidation.match_decision where undone_at is null group by 1, 2, 3, 4, 5
    ) as later on later.kind = m.kind and (
        (later.left_source, later.left_id, later.right_source, later.right_id)
            = (m.left_source, m.left_id, m.right_source, m.right_id)
        or (later.left_source, later.left_id, later.right_source, later.right_id)
            = (m.right_source, m.right_id, m.left_source, m.left_id))
    where m.state = 'review' and not coalesce(decided, false) and m.kind = coalesce(%(kind)s::text, m.kind)
"""
_PAIRS = f"""
    with waiting as materialized ({_WAITING}),
    person as (
        select kind, left_unique_id as unique_id from waiting union select kind, right_unique_id from waiting),
    held as (
        select 'Student' as kind, student_unique_id as unique_id from edfi.student_school_association
        union all select 'Student', student_unique_id from edfi.student_contact_association
        union all select 'Contact', contact_unique_id from edfi.student_contact_association
        union all select 'Staff', staff_unique_id from edfi.staff_section_association
    ),
    counted as (select kind, unique_id, count(*) as n from held join person using (kind, unique_id) group by 1, 2),
    band as (select (min(probability) + max(probability)) / 2 as middle, (max(probability) - min(probability)) / 2
        as half from waiting)
    select waiting.*, (1 - abs(probability - middle) / (half + 0.05))
            * (1 + ln(1 + least(coalesce(l.n, 0), coalesce(r.n, 0)))) as doubt
    from waiting cross join band
    left join counted as l on l.kind = waiting.kind and l.unique_id = left_unique_id
    left join counted as r on r.kind = waiting.kind and r.unique_id = right_unique_id
    order by postponed_until nulls first, doubt desc, waiting.kind, left_source, left_id, right_source, right_id
    limit %(most)s offset %(skip)s
"""
