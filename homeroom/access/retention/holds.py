"""Holds: while one stands, nothing of a student, or nothing at all, is deleted.

An education record may not be destroyed while a request to inspect it is open (FERPA, 34 CFR 99.10(e)), nor what a
court may ask for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from homeroom.access.agreements.kept import LONGEST_WORDS
from homeroom.access.door import Use
from homeroom.errors import WrongUse


@dataclass(frozen=True)
class Hold:
    """A hold. `student_unique_id`: None where everything is held."""

    number: int
    student_unique_id: str | None
    why: str
    by: str
    at: datetime
    released_by: str | None
    released_at: datetime | None


async def hold(use: Use, student: str | None, by: str, why: str) -> Hold:
    """Keep all that is held of a student, or everything where `student` is None, until the hold is released.

    Raises WrongUse where the record has no such student, or nobody and no reason is named.
    """
    if not by.strip() or not why.strip():
        raise WrongUse("Say who holds it and why, such as an open request to inspect: --by NAME --why WORDS")
    if student is not None:
        known = await use.row("select from edfi.student where student_unique_id = %(student)s", student=student)
        if known is None:
            raise WrongUse("The record has no student with this unique id. The student's page shows it.")
        await use.disclose([student], {"Student": ["studentUniqueId"]})
    row = await use.row(
        "insert into access.retention_hold (student_unique_id, by, why) values (%(student)s, %(by)s, %(why)s)"
        " returning *",
        student=student,
        by=by.strip()[:LONGEST_WORDS],
        why=why.strip()[:LONGEST_WORDS],
    )
    return Hold(**(row or {}))


async def release(use: Use, number: int, by: str) -> Hold:
    """End a hold: what is due is deleted again when two people say so. Raises WrongUse where there is none."""
    if not by.strip():
        raise WrongUse("Say who releases it: --by NAME")
    row = await use.row(
        "update access.retention_hold set released_by = %(by)s, released_at = now()"
        " where number = %(number)s and released_at is null returning *",
        number=number,
        by=by.strip()[:LONGEST_WORDS],
    )
    if row is None:
        raise WrongUse(f"There is no hold {number} that stands. See: homeroom retention holds")
    return Hold(**row)


async def holds(use: Use) -> Sequence[Hold]:
    """All holds that stand, the newest first. Whoever is held is logged as shown."""
    found = [Hold(**row) for row in await use.rows(_STANDING)]
    await use.disclose([one.student_unique_id for one in found if one.student_unique_id], {"Student": []})
    return found


async def held_students(use: Use) -> list[str] | None:
    """The unique ids of those whose rows stay; None where everything does. Nobody is shown anything."""
    ids = [row["student_unique_id"] for row in await use.rows(_STANDING)]
    return None if None in ids else ids


_STANDING = "select * from access.retention_hold where released_at is null order by number desc"
