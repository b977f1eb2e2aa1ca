"""Pairs of rows that may be one person and wait for a person to decide, side by side.

The pair of which least can be said comes first: the one whose probability is nearest to one half. Pairs that somebody
put off wait some days, and pairs that somebody decided don't come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from homeroom.access.door import Use
from homeroom.access.match_decisions import LATER_DAYS
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
    """One page of the pairs that wait, the most doubtful first; `later`: how many were put off, `decided`: how many
    decisions wait for the next run."""

    pairs: Sequence[Pair]
    total: int
    page: int
    later: int = 0
    decided: int = 0

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


async def awaiting_review(use: Use, page: int = 1) -> Awaiting:
    """The pairs that wait for a decision."""
    counted = await use.row(_COUNTS, days=LATER_DAYS) or {"waiting": 0, "later": 0, "decided": 0}
    total = counted["waiting"]
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    rows = await use.rows(_PAIRS, most=PAGE, skip=(page - 1) * PAGE, days=LATER_DAYS)
    people: dict[tuple[str, str], dict[str, Any]] = {}
    for kind, (table, key) in _PEOPLE.items():
        ids = sorted({row[f"{side}_unique_id"] for row in rows if row["kind"] == kind for side in ("left", "right")})
        if ids:
            found = await use.rows(f"select * from edfi.{table} where {key} = any(%(ids)s)", ids=ids)
            people |= {(kind, str(person[key])): person for person in found}
    await use.disclose(
        row[f"{side}_unique_id"] for row in rows if row["kind"] == "Student" for side in ("left", "right")
    )
    return Awaiting([_pair(row, people) for row in rows], total, page, counted["later"], counted["decided"])


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
_OPEN = """
    select m.*, exists (
        select from consolidation.match_review as r
        where (r.kind, r.left_source, r.left_id, r.right_source, r.right_id)
            = (m.kind, m.left_source, m.left_id, m.right_source, m.right_id)
            and r.action = 'later' and r.reviewed_at > now() - make_interval(days => %(days)s)
    ) as put_off
    from consolidation.match as m where state = 'review' and not exists (
        select from consolidation.match_decision as d
        where (d.kind, d.left_source, d.left_id, d.right_source, d.right_id)
            = (m.kind, m.left_source, m.left_id, m.right_source, m.right_id))
"""
_COUNTS = f"""
    select count(*) filter (where not put_off) as waiting, count(*) filter (where put_off) as later, (
        select count(*) from consolidation.match_decision
        where decided_at > coalesce((select max(started_at) from consolidation.run), '-infinity')) as decided
    from ({_OPEN}) as open
"""
_PAIRS = f"""
    select m.*, l.unique_id as left_unique_id, r.unique_id as right_unique_id
    from (
        select * from ({_OPEN}) as open where not put_off
        order by abs(probability - 0.5), kind, left_source, left_id, right_source, right_id
        limit %(most)s offset %(skip)s
    ) as m
    join consolidation.identity as l on l.source = m.left_source and l.kind = m.kind and l.source_id = m.left_id
    join consolidation.identity as r on r.source = m.right_source and r.kind = m.kind and r.source_id = m.right_id
    order by abs(m.probability - 0.5), m.kind, left_source, left_id, right_source, right_id
"""
