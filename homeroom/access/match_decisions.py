"""What people decide of matches: one person, two persons, or later; what became of it; and undoing it.

A decision is never overwritten: of a pair the newest counts that was not undone, from the next run on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from homeroom.access.door import Use
from homeroom.errors import WrongUse
from homeroom.record.match_decisions import APART, LATER, TOGETHER, Decision, Row, in_effect

KINDS = ("Student", "Staff", "Contact", "EducationOrganization")
DECISIONS = (TOGETHER, APART, LATER)
DAYS_LATER = 14
LONGEST_NOTE = 500
MOST = 200


@dataclass(frozen=True)
class Taken:
    """A decision with what became of it: `state` says in words whether it holds."""

    number: int
    kind: str
    left: Row
    right: Row
    decision: str
    decided_by: str
    decided_at: datetime
    note: str
    undone_by: str | None
    undone_at: datetime | None
    state: str


@dataclass(frozen=True)
class NextRun:
    """What the next run will do that the last one did not: pairs to join, to keep apart, and decisions undone."""

    together: int
    apart: int
    undone: int

    @property
    def nothing(self) -> bool:
        return not (self.together or self.apart or self.undone)


async def decide(
    use: Use, kind: str, left: Row, right: Row, decision: str, note: str = "", days: int = DAYS_LATER
) -> int:
    """Note a decision about two rows of sources; its number. It takes effect in the next run.

    Raises WrongUse where the rows are one, or no source delivered such a row in the last run.
    """
    if kind not in KINDS or decision not in DECISIONS:
        raise WrongUse("This is no decision: say one person, two persons or later, of students, staff, contacts or "
                       "schools.")  # fmt: skip
    if left == right:
        raise WrongUse("The two are the same row of the same source. Name two rows.")
    left, right = sorted((left, right))
    for source, source_id in (left, right):
        if not await use.row(_KNOWN, kind=kind, source=source, source_id=source_id):
            raise WrongUse(
                f"In the last run the source {source!r} delivered no such {_WORDS[kind]}. Look for source and id in: "
                "homeroom identities --csv"
            )
    row = await use.row(
        _DECIDE,
        kind=kind,
        left_source=left[0],
        left_id=left[1],
        right_source=right[0],
        right_id=right[1],
        decision=decision,
        by=use.principal.name,
        note=note.strip()[:LONGEST_NOTE].replace("\0", "") or None,
        days=days if decision == LATER else None,
    )
    return int(row["decision_number"]) if row else 0


async def take_apart(use: Use, kind: str, row: Row, note: str = "") -> list[int]:
    """Decide that a row is another person than each row that it was joined with; the decisions' numbers."""
    others = await use.rows(_JOINED_WITH, kind=kind, source=row[0], source_id=row[1])
    if not others:
        raise WrongUse("This row is joined with no other. There is nothing to take apart.")
    return [await decide(use, kind, row, (other["source"], other["source_id"]), APART, note) for other in others]


async def undo(use: Use, number: int) -> None:
    """Undo a decision: from the next run on it counts no more, and what was decided before it counts again.

    Raises WrongUse where there is no such decision, or it was undone before.
    """
    if await use.row(_UNDO, number=number, by=use.principal.name) is None:
        raise WrongUse(
            f"There is no decision {number} that could be undone. Look for its number in: homeroom matches decisions"
        )


async def decisions(use: Use, number: int | None = None) -> Sequence[Taken]:
    """The newest `MOST` decisions, or the one with a number, each with what became of it."""
    rows = await use.rows(_TAKEN, number=number, most=MOST)
    contradicted = await _contradicted(use, {row["kind"] for row in rows})
    return [
        Taken(
            number=row["decision_number"],
            kind=row["kind"],
            left=(row["left_source"], row["left_id"]),
            right=(row["right_source"], row["right_id"]),
            decision=row["decision"],
            decided_by=row["decided_by"],
            decided_at=row["decided_at"],
            note=row["note"] or "",
            undone_by=row["undone_by"],
            undone_at=row["undone_at"],
            state=_state(row, contradicted),
        )
        for row in rows
    ]


async def next_run(use: Use) -> NextRun:
    """What waits for the next run."""
    row = await use.row(_WAITING) or {}
    return NextRun(row.get("together", 0), row.get("apart", 0), row.get("undone", 0))


async def _contradicted(use: Use, kinds: set[str]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for kind in kinds:
        rows = await use.rows(_COUNTING, kind=kind)
        found |= in_effect(
            Decision(
                row["decision_number"],
                (row["left_source"], row["left_id"]),
                (row["right_source"], row["right_id"]),
                row["decision"],
            )
            for row in rows
        ).contradicted
    return found


def _state(row: dict[str, Any], contradicted: dict[int, list[int]]) -> str:
    if row["undone_at"] is not None:
        return "undone; the next run heeds it" if row["undone_after_run"] and row["decision"] != LATER else "undone"
    if row["decision"] == LATER:
        return "put off" if row["still_put_off"] else "put off until then; it is asked again"
    number = row["decision_number"]
    if number in contradicted:
        newer = ", ".join(map(str, contradicted[number]))
        return f"does not count: newer decisions say otherwise (look at {newer})"
    if row["decided_after_run"]:
        return "waits for the next run"
    if row["one"] is None:
        return "holds when both are delivered again"
    return (
        "holds"
        if row["one"] == (row["decision"] == TOGETHER)
        else "does not hold; run again, and report it if it stays"
    )


_WORDS = {"Student": "student", "Staff": "member of staff", "Contact": "contact", "EducationOrganization": "school"}
_KNOWN = """
    select 1 as known from consolidation.identity
    where kind = %(kind)s and source = %(source)s and source_id = %(source_id)s
"""
_JOINED_WITH = """
    select other.source, other.source_id from consolidation.identity as one
    join consolidation.identity as other using (kind, unique_id)
    where one.kind = %(kind)s and one.source = %(source)s and one.source_id = %(source_id)s
        and (other.source, other.source_id) <> (one.source, one.source_id) order by 1, 2
"""
_DECIDE = """
    insert into consolidation.match_decision (kind, left_source, left_id, right_source, right_id, decision, decided_by,
        note, postponed_until)
    values (%(kind)s, %(left_source)s, %(left_id)s, %(right_source)s, %(right_id)s, %(decision)s, %(by)s, %(note)s,
        now() + make_interval(days => %(days)s::integer))
    returning decision_number
"""
_UNDO = """
    update consolidation.match_decision set undone_at = now(), undone_by = %(by)s
    where decision_number = %(number)s and undone_at is null returning decision_number
"""
_LAST_RUN = "select coalesce(max(started_at), '-infinity') from consolidation.run"
_TAKEN = f"""
    select d.*, decided_at > ({_LAST_RUN}) as decided_after_run, undone_at > ({_LAST_RUN}) as undone_after_run,
        postponed_until > now() as still_put_off, l.unique_id = r.unique_id as one
    from consolidation.match_decision as d
    left join consolidation.identity as l on l.kind = d.kind and l.source = d.left_source and l.source_id = d.left_id
    left join consolidation.identity as r on r.kind = d.kind and r.source = d.right_source and r.source_id = d.right_id
    where decision_number = coalesce(%(number)s::bigint, decision_number) order by decision_number desc limit %(most)s
"""
_COUNTING = """
    select decision_number, left_source, left_id, right_source, right_id, decision from consolidation.match_decision
    where kind = %(kind)s and undone_at is null and decision <> 'later'
"""
_WAITING = f"""
    select count(*) filter (where undone_at is null and decided_at > last and decision = 'together') as together,
        count(*) filter (where undone_at is null and decided_at > last and decision = 'apart') as apart,
        count(*) filter (where undone_at > last and decided_at <= last and decision <> 'later') as undone
    from consolidation.match_decision cross join ({_LAST_RUN}) as run (last)
"""
