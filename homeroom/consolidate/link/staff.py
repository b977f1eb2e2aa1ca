"""What is compared for staff: identifiers and work e-mail first, then names and birth date."""

from __future__ import annotations

from homeroom.consolidate.link import comparisons as compare
from homeroom.consolidate.link.blocking import Block
from homeroom.consolidate.link.kinds import PersonKind

STAFF = PersonKind(
    name="Staff",
    comparisons=(
        compare.first_name(),
        compare.last_name(change=0.05),
        compare.birth_date(),
        compare.sex(),
        compare.middle_name(),
        compare.suffix(),
        compare.shared_id(),
        compare.overlap("email", ("emails",), 0.85, 0.00005),
        compare.overlap("household", ("phones", "addresses"), 0.6, 0.001),
        compare.overlap("school", ("school_ids",), 0.75, 0.1),
    ),
    blocking=(
        "l.emails = r.emails",
        "l.shared_ids = r.shared_ids",
        Block(("first_name", "last_name"), ("birth_date",)),
        Block(("formal_name", "last_name"), ("birth_date",)),
        Block(("birth_date", "first_name[1]"), ("last_name[1]",)),
        "l.phones = r.phones and l.first_name[1] = r.first_name[1]",
    ),
    training=("l.first_name = r.first_name and l.last_name = r.last_name",),
    exact=(
        ("authority", "shared_ids", False),
        ("exact", "birth_date", True),
        ("exact", "emails", False),
    ),
)
