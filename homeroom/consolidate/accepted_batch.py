"""Which of the staged deliveries may be published: one that looks wrong is held until a person lets it pass.

In its place the run goes on with the delivery that was accepted before, as it does where an export failed: what only
this source knows must not leave the record because half an export came. A log is in nobody's place: one that is held
waits also when the next has come, and is published beside it when it is let pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import psycopg

from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine, NotDone
from homeroom.consolidate.looks_wrong import Finding, looks_wrong
from homeroom.consolidate.measured_delivery import measure
from homeroom.consolidate.source_kinds import kind_named
from homeroom.consolidate.staging import StagedDelivery, stage
from homeroom.consolidate.summing_up import Step, timed, write_deliveries
from homeroom.errors import CannotRun, HomeroomError
from homeroom.progress import Steps
from homeroom.record.deliveries import (
    PASS,
    REFUSE,
    Outcome,
    accepted,
    decisions,
    write_findings,
    write_outcome,
)
from homeroom.record.deliveries import held as held_deliveries
from homeroom.settings import HeldSettings, Workspace
from homeroom.sources.delivery import Delivery, read_delivery


@dataclass(frozen=True)
class Offered:
    """What a source delivered, and what becomes of it. `findings`: None where it was not compared."""

    item: StagedDelivery
    outcome: Outcome
    compared_with: str = ""
    findings: Sequence[Finding] | None = None


def accept_batch(
    record: psycopg.Connection,
    workspace: Workspace,
    held: HeldSettings,
    staged: Sequence[StagedDelivery],
    failures: dict[str, str],
    progress: Steps,
    steps: list[Step],
    engine: Engine = IN_THIS_PROCESS,
) -> tuple[list[StagedDelivery], list[Offered]]:
    """The deliveries to publish, and what was offered. A source of which neither can be had is told in `failures`."""
    known, decided, waiting = accepted(record), decisions(record), held_deliveries(record)
    record.commit()
    publish: list[StagedDelivery] = []
    offered: list[Offered] = []
    for item in staged:
        last = _kept(item, known.get(item.source.name), workspace.landing)
        decision = decided.get(item.delivery.delivery_id)
        if last is None or last.delivery_id == item.delivery.delivery_id or decision == PASS:
            offered.append(Offered(item, Outcome.PUBLISHED))
            publish.append(item)
            continue
        try:
            with timed(f"compare {item.source.name}", progress, steps):
                before = stage(item.source, last, workspace.staging, lambda rows: None, engine=engine)
                one = _compared(item, before, workspace.staging, held, decision)
        except NotDone:
            raise
        except HomeroomError as problem:
            # Without the delivery of before nobody can tell whether this one is whole.
            failures[item.source.name] = str(problem)
            continue
        offered.append(one)
        publish.append(item if one.outcome is Outcome.PUBLISHED else before)
    logs = _logs_held(staged, waiting, decided, workspace, engine)
    offered += logs
    publish += [one.item for one in logs if one.outcome is Outcome.PUBLISHED]
    if not publish:
        raise CannotRun(f"No source could be taken now; the record stays as it was. {' '.join(failures.values())}")
    return publish, offered


def write_offered(
    record: psycopg.Connection, run: int, published: Iterable[StagedDelivery], offered: Iterable[Offered]
) -> None:
    """Keep what became of each delivery, in the transaction that publishes the run."""
    for item in published:
        write_outcome(record, run, item.source.name, item.delivery.delivery_id, Outcome.PUBLISHED)
    for one in offered:
        delivery_id = one.item.delivery.delivery_id
        with record.cursor() as cursor:
            write_deliveries(cursor, [one.item])
        write_outcome(record, run, one.item.source.name, delivery_id, one.outcome)
        if one.findings is not None:
            write_findings(record, delivery_id, one.compared_with, [astuple(finding) for finding in one.findings])


def _logs_held(
    staged: Sequence[StagedDelivery],
    waiting: Mapping[str, Sequence[str]],
    decided: Mapping[str, str],
    workspace: Workspace,
    engine: Engine,
) -> list[Offered]:
    """The logs that wait for a person still, `waiting` by source, though the source has delivered another since."""
    found = []
    for item in staged:
        if not kind_named(item.source.kind).log:
            continue
        for delivery_id in waiting.get(item.source.name, ()):
            earlier = _kept(item, delivery_id, workspace.landing)
            if earlier is not None and delivery_id != item.delivery.delivery_id:
                log = stage(item.source, earlier, workspace.staging, lambda rows: None, engine=engine)
                found.append(Offered(log, _BY_DECISION.get(decided.get(delivery_id, ""), Outcome.HELD)))
    return found


_BY_DECISION = {PASS: Outcome.PUBLISHED, REFUSE: Outcome.REFUSED}


def _kept(item: StagedDelivery, delivery_id: str | None, landing: Path) -> Delivery | None:
    """Another delivery of the source, where it lies here and is of the same kind: another kind begins anew."""
    folder = landing / item.source.name / (delivery_id or "none")
    if not (folder / "delivery.json").exists():
        return None
    found = read_delivery(folder)
    return found if found.kind == item.delivery.kind else None


def _compared(
    item: StagedDelivery, before: StagedDelivery, staging: Path, held: HeldSettings, decision: str | None
) -> Offered:
    found = looks_wrong(measure(before, staging), measure(item, staging), held)
    compared_with = before.delivery.delivery_id
    if decision == REFUSE:
        return Offered(item, Outcome.REFUSED, compared_with, found)
    holds = any(finding.holds for finding in found) and item.source.name not in held.never
    return Offered(item, Outcome.HELD if holds else Outcome.PUBLISHED, compared_with, found)
