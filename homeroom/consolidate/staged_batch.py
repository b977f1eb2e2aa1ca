"""All that the sources deliver now, kept as it came and cleaned; what one source fails to give keeps no other back."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import psycopg

from homeroom.consolidate.database import stopped_at_end
from homeroom.consolidate.delivered import deliver, limits_of
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine, NotDone
from homeroom.consolidate.measured_delivery import measure
from homeroom.consolidate.received_sources import received_sources
from homeroom.consolidate.source_kinds import kind_named
from homeroom.consolidate.staging import StagedDelivery, stage
from homeroom.consolidate.summing_up import Step, timed
from homeroom.errors import CannotRun, HomeroomError
from homeroom.progress import Steps
from homeroom.record.deliveries import refused
from homeroom.settings import Settings, SourceSettings, Workspace
from homeroom.sources.archive import ArchiveLimits
from homeroom.sources.delivery import Delivery, last_delivery


def stage_batch(
    workspace: Workspace,
    settings: Settings,
    opening: Future[str],
    progress: Steps,
    steps: list[Step],
    engine: Engine = IN_THIS_PROCESS,
) -> tuple[list[StagedDelivery], dict[str, str]]:
    """The cleaned deliveries, and the sentence of each source that could not be taken, by the source's name.

    A source that delivers nothing whole now is there with what it delivered last. `opening`: the record on its way to
    be opened. Raises CannotRun where no source can be taken, and before the next source where the record did not open.
    """
    failures: dict[str, str] = {}
    limits = limits_of(settings.archive)
    under_way: dict[str, Future[StagedDelivery]] = {}
    staged: list[StagedDelivery] = []
    tried = 0
    # One source is cleaned while the next one is landed, and another cleaned.
    with ThreadPoolExecutor(engine.sources_at_a_time) as workers, stopped_at_end(under_way.values()):
        for source in chain(settings.sources, _senders(workspace, opening)):
            tried += 1
            if opening.done():
                # A record that can't be opened is told at once, not when all is read.
                opening.result()
            try:
                delivery = _land(source, workspace, limits, opening, failures, progress, steps)
            except HomeroomError as problem:
                # One source that can't be taken must not keep the others from the record.
                failures[source.name] = str(problem)
                continue
            under_way[source.name] = workers.submit(
                _stage, source, delivery, workspace.staging, progress, steps, engine
            )
        for name, future in under_way.items():
            try:
                staged.append(future.result())
            except NotDone:
                raise
            except HomeroomError as problem:
                failures[name] = str(problem)
    if len(failures) == tried:
        told = " ".join(f"{name}: {sentence}" for name, sentence in failures.items())
        raise CannotRun(f"No source could be taken now; the record stays as it was. {told}")
    return staged, failures


def _land(
    source: SourceSettings,
    workspace: Workspace,
    limits: ArchiveLimits,
    opening: Future[str],
    failures: dict[str, str],
    progress: Steps,
    steps: list[Step],
) -> Delivery:
    """What the source delivers now; where that can't be had, what it delivered last, as is told in `failures`."""
    kind_named(source.kind)
    with timed(f"land {source.name}", progress, steps):
        try:
            return deliver(source, workspace, limits, lambda: _refused(opening))
        except HomeroomError as problem:
            # What only this source knows must not vanish from the record because an export failed one night.
            if (last := last_delivery(source.name, source.kind, workspace.landing)) is None:
                raise
            failures[source.name] = f"{problem} What it delivered last was used again."
            return last


def _stage(
    source: SourceSettings, delivery: Delivery, staging: Path, progress: Steps, steps: list[Step], engine: Engine
) -> StagedDelivery:
    with timed(f"clean {source.name}", progress, steps) as rows:

        def advance(count: int) -> None:
            rows[0] += count

        staged = stage(source, delivery, staging, advance, engine=engine)
        # By these counts it is told whether it may be published; the next source is cleaned meanwhile.
        measure(staged, staging)
        return staged


def _senders(workspace: Workspace, opening: Future[str]) -> Iterator[SourceSettings]:
    """The agreements whose apps sent events: asked when the other sources have been read, and the record is open."""
    with psycopg.connect(opening.result()) as record:
        yield from received_sources(record, workspace)


def _refused(opening: Future[str]) -> set[str]:
    with psycopg.connect(opening.result()) as record:
        return refused(record)
