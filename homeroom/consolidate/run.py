"""One run: from what the sources deliver now to the published record.

Each step's output is kept under the hash of its inputs, and all that a run brings into PostgreSQL comes in one
transaction: a run that is killed at any point leaves the record as it was, and the next run goes on from the last whole
step to the same record.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psycopg

from homeroom.consolidate.engine import engine_of
from homeroom.consolidate.outages import told_in_words
from homeroom.errors import CannotRun
from homeroom.progress import Steps
from homeroom.record import run_lock
from homeroom.record.server import url_of
from homeroom.settings import HeldSettings, Settings, Workspace

if TYPE_CHECKING:
    from homeroom.consolidate.staging import StagedDelivery
    from homeroom.consolidate.summing_up import Step

_UNDER_WAY = "Another run is under way in this workspace. Wait until it is done, and run again."


def consolidate(workspace: Workspace, progress: Steps) -> None:
    """Bring what the sources deliver into the record. Raises CannotRun where no run could be done.

    A source that can't be taken is told in the run's counts, and the others go on.
    """
    started = datetime.now(UTC)
    settings = workspace.settings()
    if not settings.sources:
        raise CannotRun("This workspace has no source yet. Add one: homeroom source add NAME --kind KIND PATH")
    # PostgreSQL starts, and makes its tables in a new record, while what reads the sources is imported and reads them.
    with (
        told_in_words(workspace),
        one_run_in(workspace),
        engine_of(settings, workspace) as engine,
        ThreadPoolExecutor(1) as background,
    ):
        opening = background.submit(_open, workspace, settings)
        from homeroom.consolidate.accepted_batch import accept_batch, write_offered
        from homeroom.consolidate.pruned_staging import prune
        from homeroom.consolidate.published_batch import publish_batch
        from homeroom.consolidate.staged_batch import stage_batch
        from homeroom.consolidate.survivorship import survivorship_of
        from homeroom.record.last_batch import read_last_batch
        from homeroom.record.vacuum import vacuum_changed

        # What the settings say is wrong is told before anything is read.
        believed = survivorship_of(settings)
        steps: list[Step] = []
        staged, failures = stage_batch(workspace, settings, opening, progress, steps, engine)
        with psycopg.connect(opening.result()) as record:
            _one_run_for(record)
            accepted, offered = accept_batch(
                record, workspace, _held(settings, staged), staged, failures, progress, steps, engine
            )
            run = publish_batch(
                record,
                workspace.staging,
                settings.linking,
                believed,
                started,
                accepted,
                failures,
                progress,
                steps,
                engine,
            )
            write_offered(record, run, accepted, offered)
            record.commit()
            of_use = [*accepted, *(one.item for one in offered)]
            with progress.step("tidy up"):
                vacuum_changed(record)
            kept = read_last_batch(record).merged.values()
            # Gigabytes take a second to remove, of which the rules need not wait.
            pruning = background.submit(prune, workspace.staging, kept, [item.delivery for item in of_use])
            _ask_business_rules(workspace, opening.result(), progress)
            pruning.result()


def _held(settings: Settings, staged: Sequence[StagedDelivery]) -> HeldSettings:
    """What apps send is never held: it comes event by event, as many as there are, and nobody could send it again."""
    received = [item.source.name for item in staged if item.source not in settings.sources]
    return replace(settings.held, never=(*settings.held.never, *received))


def _ask_business_rules(workspace: Workspace, url: str, progress: Steps) -> None:
    """What they find is kept beside the record; nothing that befalls them undoes what was published."""
    from homeroom.consolidate.business_rules.asking import ask_after_run

    with progress.step("ask the rules") as shown:
        shown.advance(ask_after_run(url, workspace.root / "rules"))


def _open(workspace: Workspace, settings: Settings) -> str:
    """The URL of the record, with every table in its place."""
    url = url_of(workspace.postgres, settings.record_url)
    # What writes the record takes a while to import, and so does linking, with Splink: in the background nobody waits
    # for them. Here they are imported where they are used.
    from homeroom.record import publish  # noqa: F401
    from homeroom.record.opening import prepare

    prepare(url)
    from homeroom.consolidate import linked_batch  # noqa: F401

    return url


@contextmanager
def one_run_in(workspace: Workspace) -> Iterator[None]:
    """One run at a time in a workspace; what is held ends with the process, however it ends.

    Raises CannotRun where one is under way.
    """
    # Whoever wants room may delete what the steps made.
    workspace.staging.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (workspace.staging / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotRun(_UNDER_WAY) from None
        yield


def _one_run_for(record: psycopg.Connection) -> None:
    """One run at a time for a record, which workspaces on several machines may name."""
    if not run_lock.take(record):
        raise CannotRun(_UNDER_WAY)
    record.commit()
