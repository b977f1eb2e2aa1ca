"""What became of each delivery; those that are held because they look wrong, and what people decide of them.

A decision is never overwritten: of a delivery the newest counts, from the next run on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from homeroom.access.door import Use
from homeroom.errors import WrongUse
from homeroom.record.deliveries import PASS, REFUSE, Outcome

LONGEST_NOTE = 500
_LEAST_OF_AN_ID = 6


class State(StrEnum):
    """What became of a delivery, as of the last run and what was decided since."""

    IN_THE_RECORD = "in the record"
    HELD = "held"
    LET_PASS = "let pass"  # noqa: S105 - what became of it
    REFUSED = "refused"
    REPLACED = "replaced"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    State.IN_THE_RECORD: "It is what the record holds of this source.",
    State.HELD: "It looks wrong and is held until somebody decides; the record holds the delivery before it.",
    State.LET_PASS: "It was held and somebody let it pass; it comes in with the next run.",
    State.REFUSED: "It was held and somebody refused it; it is kept and stays out of the record.",
    State.REPLACED: "The source has delivered anew since.",
}


@dataclass(frozen=True)
class Reason:
    """One difference from the delivery accepted before: counts of before and now, each of how many, in a sentence."""

    what: str
    about: str
    before: int
    before_of: int
    now: int
    now_of: int
    holds: bool
    sentence: str


@dataclass(frozen=True)
class Delivered:
    """A delivery with what became of it. `reasons` hold it, or held it; `notes` hold nothing.

    `new`: whether the last run was the first to look at it.
    """

    delivery_id: str
    source: str
    kind: str
    received_at: datetime
    state: State
    files: int
    decided_by: str | None = None
    decided_at: datetime | None = None
    note: str = ""
    compared_at: datetime | None = None
    new: bool = False
    reasons: Sequence[Reason] = field(default=())
    notes: Sequence[Reason] = field(default=())


async def delivered(use: Use) -> list[Delivered]:
    """Every delivery of every source: by source, the newest first."""
    return await _delivered(use)


async def one(use: Use, delivery_id: str) -> Delivered | None:
    """The delivery with an id, if there is one."""
    return next(iter(await _delivered(use, delivery_id=delivery_id)), None)


async def waiting(use: Use) -> list[Delivered]:
    """The deliveries that wait for a person, or, where somebody let them pass, for the next run."""
    return [each for each in await _delivered(use, of_now=True) if each.state in (State.HELD, State.LET_PASS)]


async def noted(use: Use) -> list[Delivered]:
    """The deliveries that the last run published as the first, and that differ from the one accepted before."""
    found = [each for each in await _delivered(use, of_now=True) if each.new and each.state is State.IN_THE_RECORD]
    return [each for each in found if each.reasons or each.notes]


async def decide(use: Use, source: str, decision: str, delivery_id: str = "", note: str = "") -> Delivered:
    """Let a held delivery pass, or refuse it, from the next run on. `delivery_id`: all of it or how it begins.

    Raises WrongUse where the source has no such delivery that is held or refused now.
    """
    if decision not in (PASS, REFUSE):
        raise WrongUse("A held delivery can be let pass or refused; there is nothing else to decide.")
    if delivery_id and len(delivery_id) < _LEAST_OF_AN_ID:
        raise WrongUse(f"Name at least the first {_LEAST_OF_AN_ID} characters of the delivery's id.")
    open_ = [each for each in await _delivered(use, of_now=True) if each.source == source and each.state in _OPEN]
    found = next((each for each in open_ if each.delivery_id.startswith(delivery_id)), None)
    if found is None:
        raise WrongUse(
            f"The source {source!r} has no such delivery that is held or refused now. A delivery that the source has "
            "replaced since can't come in any more. Look at: homeroom deliveries"
        )
    await use.row(
        "insert into consolidation.delivery_decision (delivery_id, decision, decided_by, note)"
        " values (%(id)s, %(decision)s, %(by)s, %(note)s) returning decision_number",
        id=found.delivery_id,
        decision=decision,
        by=use.principal.name,
        note=note.strip()[:LONGEST_NOTE].replace("\0", "") or None,
    )
    return await one(use, found.delivery_id) or found


def told(each: Delivered) -> dict[str, Any]:
    """A held delivery as JSON has it."""
    return {
        "source": each.source,
        "delivery": each.delivery_id,
        "received_at": each.received_at.isoformat(),
        "state": str(each.state),
        "reasons": [reason.sentence for reason in each.reasons],
        "notes": [reason.sentence for reason in each.notes],
    }


_OPEN = (State.HELD, State.LET_PASS, State.REFUSED)


async def _delivered(use: Use, *, delivery_id: str | None = None, of_now: bool = False) -> list[Delivered]:
    """`of_now`: only what the sources offered in the last run."""
    findings: dict[str, list[Reason]] = {}
    for row in await use.rows(_FINDINGS, id=delivery_id, now=of_now):
        findings.setdefault(row.pop("delivery_id"), []).append(Reason(**row))
    return [
        _as_delivered(row, findings.get(row["delivery_id"], []))
        for row in await use.rows(_DELIVERED, id=delivery_id, now=of_now)
    ]


def _as_delivered(row: dict[str, Any], found: Sequence[Reason]) -> Delivered:
    return Delivered(
        row["delivery_id"],
        row["source"],
        row["kind"],
        row["received_at"],
        _state(row["outcome"], row["decision"]),
        row["files"],
        row["decided_by"],
        row["decided_at"],
        row["note"] or "",
        row["compared_at"],
        row["new"],
        [reason for reason in found if reason.holds],
        [reason for reason in found if not reason.holds],
    )


def _state(outcome: str | None, decision: str | None) -> State:
    if outcome == Outcome.PUBLISHED:
        return State.IN_THE_RECORD
    if outcome is None:
        return State.REPLACED
    return {PASS: State.LET_PASS, REFUSE: State.REFUSED}.get(decision or "", State.HELD)


_LAST_RUN = "(select max(id) from consolidation.run)"
_DELIVERED = f"""
    select delivery_id, source, kind, delivery.received_at, now.outcome, decided.decision, decided.decided_by,
        decided.decided_at, decided.note, coalesce(file.files, 0) as files, compared.received_at as compared_at,
        coalesce(looked.first_run = {_LAST_RUN}, false) as new
    from consolidation.delivery
    left join (select * from consolidation.run_delivery where run_id = {_LAST_RUN}) as now using (delivery_id, source)
    left join (
        select distinct on (delivery_id) * from consolidation.delivery_decision
        order by delivery_id, decision_number desc
    ) as decided using (delivery_id)
    left join (
        select delivery_id, count(*) as files from consolidation.delivered_file group by 1
    ) as file using (delivery_id)
    left join (
        select delivery_id, min(run_id) as first_run from consolidation.run_delivery group by 1
    ) as looked using (delivery_id)
    left join (
        select distinct finding.delivery_id, before.received_at from consolidation.delivery_finding as finding
        join consolidation.delivery as before on before.delivery_id = finding.compared_with
    ) as compared using (delivery_id)
    where (%(id)s::text is null or delivery_id = %(id)s) and (not %(now)s or now.outcome is not null)
    order by source, delivery.received_at desc, delivery_id
"""
_FINDINGS = f"""
    select delivery_id, what, about, before, before_of, now, now_of, holds, sentence
    from consolidation.delivery_finding
    where (%(id)s::text is null or delivery_id = %(id)s) and (not %(now)s or delivery_id in (
        select delivery_id from consolidation.run_delivery where run_id = {_LAST_RUN}))
    order by delivery_id, position
"""
