"""What apps took under their agreements, from the log of disclosures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from homeroom.access.door import Use

DAYS = 30


@dataclass(frozen=True)
class Taken:
    """In the last `DAYS`: how many different students an app was shown, in how many answers, and when last."""

    students: int
    answers: int
    last: datetime


async def taken(use: Use) -> Mapping[int, Taken]:
    """What was taken under each agreement of which something was; by its number."""
    rows = await use.rows(_TAKEN, days=DAYS)
    return {row["agreement"]: Taken(row["students"], row["answers"], row["last"]) for row in rows}


_TAKEN = """
    select agreement, count(distinct student) as students, count(distinct id) as answers, max(at) as last
    from access.disclosure, unnest(student_unique_ids) as student
    where agreement is not null and at > now() - make_interval(days => %(days)s) group by agreement
"""
