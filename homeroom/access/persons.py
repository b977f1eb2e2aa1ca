"""One person of the record, student, staff or contact: all that is held, each value with its source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from homeroom.access.accounts.scope import condition
from homeroom.access.accounts.shown_fields import is_shown, shown_to
from homeroom.access.door import Use
from homeroom.access.lineage import Lineage
from homeroom.access.permissions import OF_THE_RECORD
from homeroom.access.record_parts import Entry, Part, Row, Section, sections_of
from homeroom.model.columns import columns, table_name


@dataclass(frozen=True)
class PersonRecord:
    """One person: who they are first, then everything that is held. `identities`: their id in each source."""

    id: UUID
    unique_id: str
    name: str
    person: Entry
    sections: Sequence[Section]
    identities: Sequence[dict[str, Any]]


async def row_known_as(use: Use, resource: str, person_id: str, source: str = "") -> dict[str, Any] | None:
    """The row of a person of `resource`, by the record's unique id or by the id that `source` uses; None where there is
    none whom the principal may see."""
    table = table_name(resource)
    within = use.within(f"person.{table}_unique_id", resource)
    question = (_BY_SOURCE if source else _BY_UNIQUE_ID).format(table=table, within=within)
    return await use.row(question, kind=resource, person=person_id, source=source)


async def person_record(use: Use, resource: str, row: dict[str, Any], parts: Iterable[Part]) -> PersonRecord:
    """All that `parts` ask of the person whose row in `resource` is `row`, as far as the principal may see it.

    Each student in it is logged as shown.
    """
    key = f"{table_name(resource)}_unique_id"
    unique_id, role = row[key], use.principal.role
    row = shown_to(role, resource, row)
    held = [
        (part, [shown_to(role, part.resource, one) for one in await use.rows(_question(use, part), person=unique_id)])
        for part in parts
        if is_shown(role, part.resource)
    ]
    shown = [(resource, row), *((part.resource, one) for part, rows in held for one in rows)]
    await use.disclose(_students_in(shown), fields_in(shown))
    lineage = await Lineage.of(use, [one for _, one in shown])
    named = (row["first_name"], row["middle_name"], row["last_surname"], row["generation_code_suffix"])
    return PersonRecord(
        id=row["id"],
        unique_id=unique_id,
        name=" ".join(filter(None, named)),
        person=Entry("", "", lineage.values(resource, row), lineage.origins(row)),
        sections=sections_of(held, lineage, key),
        identities=await use.rows(_IDENTITIES, kind=resource, person=unique_id),
    )


def _question(use: Use, part: Part) -> str:
    """The question of a part, for those rows of it alone that are within reach."""
    if use.principal.role not in OF_THE_RECORD:
        return part.question
    return f"select * from ({part.question}) as held where {condition(part.resource, 'held', use.within)}"


def fields_in(shown: Iterable[tuple[str, Row]]) -> dict[str, set[str]]:
    """The fields by resource that rows of these resources hold, by their JSON paths in the model."""
    found: dict[str, set[str]] = {}
    for resource, row in shown:
        held = found.setdefault(resource, set())
        held.update(column.paths[0] for column in columns(resource) if row.get(column.name) not in (None, "", [], {}))
    return found


def _students_in(shown: Iterable[tuple[str, Row]]) -> set[str]:
    """The unique ids of all students whom rows of these resources name, in whatever role."""
    return {
        row[column.name]
        for resource, row in shown
        for column in columns(resource)
        if column.identifies == "Student" and row.get(column.name)
    }


_BY_UNIQUE_ID = "select person.* from edfi.{table} as person where {table}_unique_id = %(person)s and {within}"
_BY_SOURCE = """
    select person.* from consolidation.identity as i
    join edfi.{table} as person on person.{table}_unique_id = i.unique_id
    where i.kind = %(kind)s and i.source = %(source)s and i.source_id = %(person)s and {within}
"""
_IDENTITIES = """
    select source, source_id, probability, decided_by from consolidation.identity
    where kind = %(kind)s and unique_id = %(person)s order by source, source_id
"""
