"""What is compared for contacts: parents and guardians, mostly without a birth date but with the same children."""

from __future__ import annotations

from homeroom.consolidate.link import comparisons as compare
from homeroom.consolidate.link.blocking import Block
from homeroom.consolidate.link.kinds import PersonKind

CONTACTS = PersonKind(
    name="Contact",
    comparisons=(
        compare.first_name(),
        compare.last_name(change=0.04),
        compare.birth_date(),
        compare.sex(),
        compare.middle_name(),
        compare.suffix(),
        compare.shared_id(),
        compare.overlap("students", ("student_ids",), 0.85, 0.0002),
        compare.overlap("ways_to_reach", ("phones", "emails"), 0.7, 0.0004),
        compare.overlap("address", ("addresses",), 0.7, 0.0006),
    ),
    blocking=(
        "l.student_ids = r.student_ids",
        "l.phones = r.phones",
        "l.emails = r.emails",
        Block(("first_name", "last_name"), ("address",)),
        "l.address = r.address and l.formal_name = r.formal_name",
        "l.shared_ids = r.shared_ids",
    ),
    training=("l.first_name = r.first_name and l.last_name = r.last_name",),
    exact=(
        ("authority", "shared_ids", False),
        ("exact", "student_ids", True),
        ("exact", "emails", True),
        ("exact", "phones", True),
    ),
    more_than_names=("birth_date", "shared_id", "students", "ways_to_reach", "address"),
)
