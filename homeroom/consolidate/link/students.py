"""What is compared for students.

Brothers, sisters and twins share a surname, a house, a telephone and sometimes a birth date: the household counts once,
and a different first name keeps them apart whatever else agrees.
"""

from __future__ import annotations

from homeroom.consolidate.link import comparisons as compare
from homeroom.consolidate.link.blocking import Block
from homeroom.consolidate.link.kinds import PersonKind

STUDENTS = PersonKind(
    name="Student",
    comparisons=(
        compare.first_name(),
        compare.last_name(change=0.03),
        compare.birth_date(),
        compare.sex(),
        compare.middle_name(),
        compare.suffix(),
        compare.shared_id(),
        compare.overlap("household", ("phones", "emails", "addresses"), 0.7, 0.002),
        compare.overlap("school", ("school_ids",), 0.75, 0.12),
    ),
    blocking=(
        Block(("birth_date", "first_name[1]"), ("last_name[1]",)),
        Block(("birth_date", "last_name[1:2]"), ("first_name[1]",)),
        "l.birth_date = r.birth_date and l.first_name[1] = r.last_name[1] and l.last_name[1] = r.first_name[1]",
        Block(("first_name", "last_name"), ("birth_text[1:4]",)),
        Block(("birth_sorted", "first_name[1]"), ("last_name[1]",)),
        Block(("last_name", "birth_text[1:6]"), ("first_name[1]",)),
        Block(("last_name", "birth_text[5:8]"), ("first_name[1]",)),
        Block(("first_name", "last_name[1:3]", "birth_text[1:4]"), ("birth_text[5:6]",)),
        Block(("formal_name", "last_name"), ("birth_text[1:4]",)),
        "l.address = r.address and l.formal_name = r.formal_name",
        "l.shared_ids = r.shared_ids",
    ),
    training=("l.birth_date = r.birth_date", "l.first_name = r.first_name and l.last_name = r.last_name"),
    exact=(
        ("authority", "shared_ids", False),
        ("exact", "birth_date", True),
    ),
)
