"""Students found by name or id, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from homeroom.access.door import Use
from homeroom.access.words import code_of

PAGE = 50


@dataclass(frozen=True)
class Found:
    """One page of the students that were searched for. `total` is how many there are in all, `first` the place of the
    page's first; `before` and `after` are the ids to ask for the pages beside it, None at an end."""

    students: Sequence[dict[str, Any]]
    total: int
    first: int
    before: UUID | None
    after: UUID | None


async def search(use: Use, words: str, *, after: UUID | None = None, before: UUID | None = None) -> Found:
    """The students of whom every word begins a name, or is an id that the record or a source knows; by last name.
    Whoever is out of the principal's reach is not among them.

    Accents and case don't matter; no word at all finds everybody. `after` and `before`: a student's id, where the page
    starts or ends. What is found is logged as shown.
    """
    asked = words.split()[:8]
    conditions = [_CONDITION.format(number=number) for number in range(len(asked))]
    where = " and ".join([use.within("student_unique_id", "Student"), *conditions])
    parameters: dict[str, Any] = {f"word{number}": word for number, word in enumerate(asked)}
    here = after or before
    place, order = "true", "asc"
    if here:
        place = f"({_ORDER}) {'>' if after else '<'} (select {_ORDER} from edfi.student where id = %(here)s)"
        order = "asc" if after else "desc"
    question = _PAGE.format(where=where, place=place, order=", ".join(f"{part} {order}" for part in _ORDER.split(", ")))
    rows = await use.rows(question, **parameters, here=here, most=PAGE)
    if before:
        rows.reverse()
    counts = await use.row(
        _COUNTS.format(where=where, order=_ORDER), **parameters, first=rows[0]["id"] if rows else None
    )
    total, preceding = (counts["total"], counts["preceding"]) if counts else (0, 0)
    for row in rows:
        row["grade_level"] = code_of(row["grade_level"])
    await use.disclose((row["student_unique_id"] for row in rows), _SHOWN)
    return Found(
        rows,
        total,
        preceding + 1,
        rows[0]["id"] if rows and preceding else None,
        rows[-1]["id"] if rows and preceding + len(rows) < total else None,
    )


_SHOWN = {
    "Student": ("studentUniqueId", "firstName", "middleName", "lastSurname", "generationCodeSuffix"),
    "StudentSchoolAssociation": ("schoolReference.schoolId", "entryGradeLevelDescriptor"),
}
# Every word the student goes by, and every id: those of the sources are in `identity`.
_PLAIN = r"lower(regexp_replace(normalize({text}, NFD), '[\u0300-\u036f]', '', 'g'))"
_NAMES = _PLAIN.format(
    text="' ' || concat_ws(' ', first_name, middle_name, last_surname, preferred_first_name, maiden_name)"
)
_CONDITION = (
    "(replace("
    + _NAMES
    + ", '-', ' ') like '%% ' || replace(replace(replace("
    + _PLAIN.format(text="%(word{number})s::text")
    + r", '-', ' '), '%%', '\%%'), '_', '\_') || '%%'"
    " or student_unique_id = %(word{number})s or student_unique_id in (select unique_id from consolidation.identity"
    " where kind = 'Student' and source_id = %(word{number})s))"
)
_ORDER = "lower(last_surname), lower(first_name), student_unique_id"
_COUNTS = """
    select count(*) as total,
        count(*) filter (where ({order}) < (select {order} from edfi.student where id = %(first)s)) as preceding
    from edfi.student where {where}
"""
_PAGE = """
    select student.id, student.student_unique_id, first_name, middle_name, last_surname, generation_code_suffix,
        latest.school, latest.grade_level
    from (
        select * from edfi.student where {where} and {place} order by {order} limit %(most)s
    ) as student
    left join lateral (
        select school.name_of_institution as school, entry_grade_level_descriptor as grade_level
        from edfi.student_school_association as a join edfi.school using (school_id)
        where a.student_unique_id = student.student_unique_id order by entry_date desc limit 1
    ) as latest on true
    order by {order}
"""
