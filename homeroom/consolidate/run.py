"""One run: from what the sources deliver now to the published record.

Each step's output is kept under the hash of its inputs, and all that a run brings into PostgreSQL comes in one
transaction: a run that is killed at any point leaves the record as it was, and the next run goes on from the last whole
step to the same record.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import psycopg

from homeroom.consolidate.copied_rows import copy_rows, rows_of
from homeroom.consolidate.database import connect, literal
from homeroom.consolidate.merged_csv import batches
from homeroom.consolidate.staging import SOURCE_KINDS, StagedDelivery, stage
from homeroom.consolidate.summing_up import Step, take_account, timed, write_run
from homeroom.consolidate.under_way import PartUnderWay, linking_and_merging
from homeroom.errors import CannotRun, HomeroomError
from homeroom.progress import Steps
from homeroom.record.server import url_of
from homeroom.settings import Settings, Workspace
from homeroom.sources.archive import ArchiveLimits
from homeroom.sources.delivery import free_file_number, land, last_delivery

if TYPE_CHECKING:
    from homeroom.consolidate.linked_batch import Earlier
    from homeroom.record.publish import RefusedRow

# Any number that no other program uses for its lock: one run at a time in one record.
_LOCK = 4_611_686_018_427_000_001
_UNDER_WAY = "Another run is under way in this workspace. Wait until it is done, and run again."


def consolidate(workspace: Workspace, progress: Steps) -> None:
    """Bring what the sources deliver into the record. Raises CannotRun where no run could be done.

    A source that can't be taken is told in the run's counts, and the others go on.
    """
    started = datetime.now(UTC)
    settings = workspace.settings()
    if not settings.sources:
        raise CannotRun("This workspace has no source yet. Add one: homeroom source add NAME --kind KIND PATH")
    steps: list[Step] = []
    # PostgreSQL starts, and makes its tables in a new record, while the first source is read.
    with _one_run_in(workspace), ThreadPoolExecutor(1) as background:
        opening = background.submit(_open, workspace, settings)
        staged, failures = _stage_all(workspace, settings, opening, progress, steps)
        with psycopg.connect(opening.result()) as record:
            _one_run_for(record)
            earlier = _earlier(record)
            record.commit()
            with (
                connect() as account,
                ThreadPoolExecutor(1) as beside,
                linking_and_merging(workspace.staging, settings.linking, staged, earlier, progress, steps) as parts,
            ):
                # While PostgreSQL takes the rows in, they are counted.
                counting = beside.submit(_take_account, account, staged, parts)
                if earlier["identity"]:
                    # Who uses the record waits no longer than writing takes.
                    wait([one.merged for one in parts])
                refused = [row for one in parts for row in _publish(record, account, one, progress, steps)]
                counting.result()
                write_run(record, started, staged, failures, account, refused, steps)
            record.commit()


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
def _one_run_in(workspace: Workspace) -> Iterator[None]:
    """One run at a time in a workspace; what is held ends with the process, however it ends."""
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
    row = record.execute("select pg_try_advisory_lock(%s)", [_LOCK]).fetchone()
    if not row or not row[0]:
        raise CannotRun(_UNDER_WAY)
    record.commit()


def _stage_all(
    workspace: Workspace, settings: Settings, opening: Future[str], progress: Steps, steps: list[Step]
) -> tuple[list[StagedDelivery], dict[str, str]]:
    staged: list[StagedDelivery] = []
    failures: dict[str, str] = {}
    allowed = settings.archive
    limits = ArchiveLimits(int(allowed.gigabytes * (1 << 30)), allowed.files, allowed.ratio)
    for source in settings.sources:
        if opening.done():
            # A record that can't be opened is told at once, not when all is read.
            opening.result()
        try:
            if source.kind not in SOURCE_KINDS:
                raise CannotRun(
                    f"There is no kind of source {source.kind!r}. The kinds are: {', '.join(SOURCE_KINDS)}."
                )
            with timed(f"land {source.name}", progress, steps):
                number = free_file_number(workspace.landing)
                try:
                    delivery = land(source.name, source.kind, source.path, workspace.landing, number, limits)
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


def _earlier(record: psycopg.Connection) -> Earlier:
    """Who was who after the last run, and what people decided."""
    return {
        "identity": rows_of(
            record,
            "select source, kind, source_id, unique_id, probability, decided_by from consolidation.identity"
            " order by 1, 2, 3",
        ),
        "match_decision": rows_of(
            record,
            "select kind, left_source, left_id, right_source, right_id, decision from consolidation.match_decision"
            " order by 1, 2, 3, 4, 5",
        ),
    }


def _publish(
    record: psycopg.Connection,
    account: duckdb.DuckDBPyConnection,
    under_way: PartUnderWay,
    progress: Steps,
    steps: list[Step],
) -> Sequence[RefusedRow]:
    """Write a part, as soon as it is there; gives the rows that the record refused."""
    from homeroom.record.publish import publish

    with account.cursor() as own:
        _write_who_is_who(record, own, under_way.linked.result(), under_way.part.kinds)
    merged = under_way.merged.result()
    with timed(f"publish {under_way.part.name}", progress, steps) as rows, batches(merged / "tables") as pieces:
        published = publish(record, pieces)
        rows[0] = sum(published.inserted.values()) + sum(published.updated.values())
    return published.refused


def _take_account(
    account: duckdb.DuckDBPyConnection, staged: Sequence[StagedDelivery], parts: Sequence[PartUnderWay]
) -> None:
    take_account(account, staged, [one.merged.result() for one in parts])


def _write_who_is_who(
    record: psycopg.Connection, account: duckdb.DuckDBPyConnection, linked: Path, kinds: Sequence[str]
) -> None:
    from homeroom.consolidate.link.tables import TABLES

    of_kinds = f"kind in ({', '.join(map(literal, kinds))})"
    with record.cursor() as cursor:
        for table in ("identity", "match"):
            cursor.execute(f"delete from consolidation.{table} where kind = any(%s)", [list(kinds)])
            names = ", ".join(part.strip().split(" ")[0] for part in TABLES[table].split(","))
            query = f"select {names} from {literal(linked / f'{table}.parquet')} where {of_kinds}"
            copy_rows(account, query, cursor, f"consolidation.{table} ({names})")
