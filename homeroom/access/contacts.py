"""One contact, a parent, guardian or other adult, with all that is held and the students to whom they belong."""

from __future__ import annotations

from homeroom.access.door import Use
from homeroom.access.persons import PersonRecord, person_record, row_known_as
from homeroom.access.record_parts import Part, Row, further
from homeroom.access.words import code_of


async def contact_known_as(use: Use, contact_id: str, source: str = "") -> PersonRecord | None:
    """The contact by the record's unique id, or by the id that a source uses; None where there is none.

    The students to whom the contact belongs are named, and each of them is logged as shown.
    """
    row = await row_known_as(use, "Contact", contact_id, source)
    parts = (*_PARTS, *further("Contact", {part.resource for part in _PARTS}))
    return await person_record(use, "Contact", row, parts) if row else None


def _relation(row: Row) -> str:
    return code_of(row["relation_descriptor"])


_PARTS = (
    Part(
        "Students",
        "No source names one.",
        "StudentContactAssociation",
        """
        select a.*, concat_ws(' ', s.first_name, s.last_surname) as title from edfi.student_contact_association as a
        left join edfi.student as s using (student_unique_id)
        where a.contact_unique_id = %(person)s order by title, a.student_unique_id
        """,
        gist=_relation,
    ),
)


def resources_shown() -> frozenset[str]:
    """The resources of which rows are told with the person."""
    return frozenset(
        {"Contact", *(part.resource for part in (*_PARTS, *further("Contact", {p.resource for p in _PARTS})))}
    )
