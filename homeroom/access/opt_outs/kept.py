"""What families decide about optional apps: each decision is kept, with who, when and why; the newest counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.kept import LONGEST_WORDS
from homeroom.access.agreements.kept import agreement as kept
from homeroom.access.door import Use
from homeroom.access.opt_outs.functions import DECISIONS
from homeroom.access.opt_outs.tables import IN, OUT
from homeroom.access.permissions import Role
from homeroom.errors import WrongUse


@dataclass(frozen=True)
class Decision:
    """What counts of a student and an agreement. `decision`: `OUT` or `IN`; `by`: who took it."""

    agreement: int
    student_unique_id: str
    decision: str
    by: str
    at: datetime
    why: str

    @property
    def is_out(self) -> bool:
        return self.decision == OUT


async def decide(use: Use, student: UUID | str, number: int, out: bool, by: str = "", why: str = "") -> Agreement:
    """Opt a student out of the app of an agreement, or in again; that nothing changes is no fault. The agreement.

    `student`: the id of the row, or the unique id; `by`: who decided, where it is not the principal. Raises WrongUse
    where there is no such agreement or student whom the principal may decide for, or where nobody can opt out.
    """
    by = by.strip() or (use.principal.name if use.principal.account else "")
    if not by:
        raise WrongUse("Say who decided, of the family, and who writes it down: --by NAME")
    known_by = "id" if isinstance(student, UUID) else "student_unique_id"
    question = _STUDENT.format(known_by=known_by, within=use.within("student_unique_id", "Student"))
    row = await use.row(question, student=student if isinstance(student, UUID) else student.replace("\0", ""))
    if row is None:
        raise WrongUse("The record has no such student, or none for whom you decide. Look for the id on the pages.")
    if use.principal.role is Role.STUDENT and not row["of_age"]:
        raise WrongUse("Until a student is 18, a parent or guardian decides (FERPA, 34 CFR 99.5). Ask them to.")
    async with use.beyond_the_wall():
        found = await kept(use, number)
        if not found.terms.optional:
            raise WrongUse(
                f"Agreement {number}, for {found.terms.app}, is not optional: the district uses it for every student "
                "whom it is for. Ask the district's privacy officer about it."
            )
        # Two who decide at a time come one after the other.
        await use.row("select pg_advisory_xact_lock(%(lock)s)", lock=_LOCK)
        if any(one.is_out for one in await _latest(use, row["student_unique_id"], number)) != out:
            words = {"by": by, "why": why.replace("\0", "").strip()}
            await use.row(
                _DECIDE,
                agreement=number,
                student=row["student_unique_id"],
                decision=OUT if out else IN,
                account=use.principal.account,
                **{name: value[:LONGEST_WORDS] for name, value in words.items()},
            )
    return found


async def decisions(use: Use, number: int | None = None) -> Sequence[Decision]:
    """What counts of each student of whom something was decided, under one agreement or all. They are logged."""
    found = await _latest(use, None, number)
    await use.disclose([one.student_unique_id for one in found], {"Student": ["studentUniqueId"]})
    return found


async def decisions_of(use: Use, student_unique_id: str) -> dict[int, Decision]:
    """What counts of one student, by the agreements' numbers. Asked beyond the wall of the principal."""
    return {one.agreement: one for one in await _latest(use, student_unique_id, None)}


async def _latest(use: Use, student: str | None, number: int | None) -> list[Decision]:
    rows: list[dict[str, Any]] = await use.rows(_LATEST, student=student, agreement=number)
    return [Decision(**row) for row in rows]


# Any number that no other program uses for its lock.
_LOCK = 4_611_686_018_427_000_013
_STUDENT = """
    select student_unique_id, birth_date <= current_date - interval '18 years' as of_age from edfi.student
    where {known_by} = %(student)s and {within}
"""
_DECIDE = """
    insert into access.opt_out (agreement, student_unique_id, decision, by, account, why)
    values (%(agreement)s, %(student)s, %(decision)s, %(by)s, %(account)s, %(why)s) returning id
"""
_LATEST = f"""
    select agreement, student_unique_id, decision, by, at, why from (
        select distinct on (agreement, student_unique_id) * from ({DECISIONS}) as decided
        where agreement = coalesce(%(agreement)s::bigint, agreement)
            and student_unique_id = coalesce(%(student)s::text, student_unique_id)
        order by agreement, student_unique_id, id desc
    ) as last order by at desc, agreement, student_unique_id
"""
