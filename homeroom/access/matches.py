"""Pairs of rows that may be one person and wait for a person to decide, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from homeroom.access.door import Use
from homeroom.access.words import shown

PAGE = 20


@dataclass(frozen=True)
class Side:
    """One of the two: who the record has for it now."""

    source: str
    source_id: str
    unique_id: str
    name: str
    values: dict[str, str]


@dataclass(frozen=True)
class Pair:
    """Two rows, how probable it is that they are one, and what spoke for and against it."""

    kind: str
    probability: float
    left: Side
    right: Side
    comparison: Sequence[tuple[str, str, float | None]]


@dataclass(frozen=True)
class Awaiting:
    """One page of the pairs that wait, the most doubtful last."""

    pairs: Sequence[Pair]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


async def awaiting_review(use: Use, page: int = 1) -> Awaiting:
    """The pairs that wait for a decision."""
    total = (await use.row("select count(*) as n from consolidation.match where state = 'review'") or {"n": 0})["n"]
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    rows = await use.rows(_PAIRS, most=PAGE, skip=(page - 1) * PAGE)
    people: dict[tuple[str, str], dict[str, Any]] = {}
    for kind, (table, key) in _PEOPLE.items():
        ids = sorted({row[f"{side}_unique_id"] for row in rows if row["kind"] == kind for side in ("left", "right")})
        if ids:
            found = await use.rows(f"select * from edfi.{table} where {key} = any(%(ids)s)", ids=ids)
            people |= {(kind, str(person[key])): person for person in found}
    await use.disclose(
        row[f"{side}_unique_id"] for row in rows if row["kind"] == "Student" for side in ("left", "right")
    )
    return Awaiting([_pair(row, people) for row in rows], total, page)


def _pair(row: dict[str, Any], people: dict[tuple[str, str], dict[str, Any]]) -> Pair:
    sides = []
    for side in ("left", "right"):
        unique_id = row[f"{side}_unique_id"]
        person = people.get((row["kind"], str(unique_id)), {})
        name = " ".join(
            filter(None, (person.get("first_name"), person.get("middle_name"), person.get("last_surname")))
        ) or (person.get("name_of_institution") or "")
        values = {label: shown(person[column]) for column, label in _SHOWN.items() if person.get(column)}
        sides.append(Side(row[f"{side}_source"], row[f"{side}_id"], unique_id, name, values))
    compared = [
        (name.replace("_", " "), told.get("level", ""), told.get("weight"))
        for name, told in (row["comparison"] or {}).items()
        if isinstance(told, dict) and told.get("level") != "missing"
    ]
    return Pair(row["kind"], row["probability"], sides[0], sides[1], compared)


_PEOPLE = {
    "Student": ("student", "student_unique_id"),
    "Contact": ("contact", "contact_unique_id"),
    "Staff": ("staff", "staff_unique_id"),
}
_SHOWN = {"birth_date": "Birth date", "birth_city": "Birth city", "preferred_first_name": "Goes by"}
_PAIRS = """
    select m.*, l.unique_id as left_unique_id, r.unique_id as right_unique_id
    from (
        select * from consolidation.match where state = 'review'
        order by array_position(array['Student', 'Contact', 'Staff'], kind) nulls last, probability desc,
            left_source, left_id, right_source, right_id
        limit %(most)s offset %(skip)s
    ) as m
    join consolidation.identity as l on l.source = m.left_source and l.kind = m.kind and l.source_id = m.left_id
    join consolidation.identity as r on r.source = m.right_source and r.kind = m.kind and r.source_id = m.right_id
    order by array_position(array['Student', 'Contact', 'Staff'], m.kind) nulls last, m.probability desc,
        left_source, left_id
"""
