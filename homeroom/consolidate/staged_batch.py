"""All that the sources deliver now, kept as it came and cleaned; what one source fails to give keeps no other back."""

from __future__ import annotations

from concurrent.futures import Future

import psycopg

from homeroom.consolidate.delivered import deliver, limits_of
from homeroom.consolidate.source_kinds import kind_named
from homeroom.consolidate.staging import StagedDelivery, stage
from homeroom.consolidate.summing_up import Step, timed
from homeroom.errors import CannotRun, HomeroomError
from homeroom.progress import Steps
from homeroom.record.deliveries import refused
from homeroom.settings import Settings, Workspace
from homeroom.sources.delivery import last_delivery


def stage_batch(
    workspace: Workspace, settings: Settings, opening: Future[str], progress: Steps, steps: list[Step]
) -> tuple[list[StagedDelivery], dict[str, str]]:
    """The cleaned deliveries, and the sentence of each source that could not be taken, by the source's name.

    A source that delivers nothing whole now is there with what it delivered last. `opening`: the record on its way to
    be opened. Raises CannotRun where no source can be taken, and before the next source where the record did not open.
    """
    staged: list[StagedDelivery] = []
    failures: dict[str, str] = {}
    limits = limits_of(settings.archive)
    for source in settings.sources:
        if opening.done():
            # A record that can't be opened is told at once, not when all is read.
            opening.result()
        try:
            kind_named(source.kind)
            with timed(f"land {source.name}", progress, steps):
                try:
                    delivery = deliver(source, workspace, limits, lambda: _refused(opening))
                except HomeroomError as problem:
                    # What only this source knows must not vanish from the record because an export failed one night.
                    failures[source.name] = str(problem)
                    if (last := last_delivery(source.name, source.kind, workspace.landing)) is None:
                        continue
                    failures[source.name] += " What it delivered last was used again."
                    delivery = last
            with timed(f"clean {source.name}", progress, steps) as rows:

                def advance(count: int, total: list[int] = rows) -> None:
                    total[0] += count

                staged.append(stage(source, delivery, workspace.staging, advance))
        except HomeroomError as problem:
            # One source that can't be taken must not keep the others from the record.
            failures[source.name] = str(problem)
    if len(failures) == len(settings.sources):
        told = " ".join(f"{name}: {sentence}" for name, sentence in failures.items())
        raise CannotRun(f"No source could be taken now; the record stays as it was. {told}")
    return staged, failures


def _refused(opening: Future[str]) -> set[str]:
    with psycopg.connect(opening.result()) as record:
        return refused(record)
