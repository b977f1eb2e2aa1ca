"""One run: from what the sources deliver now to the published record.

Each step's output is kept under the hash of its inputs, and all that a run brings into PostgreSQL comes in one
transaction: a run that is killed at any point leaves the record as it was, and the next run goes on from the last whole
step to the same record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import duckdb
import psycopg

from homeroom.consolidate.database import connect, literal, rows_in
from homeroom.consolidate.link.tables import TABLES
from homeroom.consolidate.linked_batch import Earlier, link_batch
from homeroom.consolidate.merged_batch import merge_batch
from homeroom.consolidate.merged_csv import batches
from homeroom.consolidate.staging import SOURCE_KINDS, StagedDelivery, stage
from homeroom.consolidate.steps import key_of, once
from homeroom.consolidate.summing_up import Step, write_run
from homeroom.errors import CannotRun, HomeroomError
from homeroom.progress import Steps
from homeroom.record.opening import prepare
from homeroom.record.publish import Published, publish
from homeroom.record.server import url_of
from homeroom.settings import LinkingSettings, Settings, Workspace
from homeroom.sources.archive import ArchiveLimits
from homeroom.sources.delivery import free_file_number, land, last_delivery

# Any number that no other program uses for its lock: one run at a time in one record.
_LOCK = 4_611_686_018_427_000_001


def consolidate(workspace: Workspace, progress: Steps) -> None:
    """Bring what the sources deliver into the record. Raises CannotRun where no run could be done.

    A source that can't be taken is told in the run's counts, and the others go on.
    """
    started = datetime.now(UTC)
    settings = workspace.settings()
    if not settings.sources:
        raise CannotRun("This workspace has no source yet. Add one: homeroom source add NAME --kind KIND PATH")
    url = url_of(workspace.postgres, settings.record_url)
    prepare(url)
    steps: list[Step] = []
    with psycopg.connect(url) as record:
        _one_run_at_a_time(record)
        staged, failures = _stage_all(workspace, settings, progress, steps)
        earlier = _earlier(record)
        record.commit()
        linked = _link_all(workspace, settings.linking, staged, earlier, progress, steps)
        merged = _merge_all(workspace, staged, linked, progress, steps)
        with _timed("publish", progress, steps) as count, batches(merged / "tables") as pieces:
            published = publish(record, pieces)
            count[0] = sum(published.inserted.values()) + sum(published.updated.values())
        _write_provenance(record, started, staged, failures, linked, merged, published, steps)
        record.commit()


def _one_run_at_a_time(record: psycopg.Connection) -> None:
    row = record.execute("select pg_try_advisory_lock(%s)", [_LOCK]).fetchone()
    if not row or not row[0]:
        raise CannotRun("Another run is under way in this workspace. Wait until it is done, and run again.")
    record.commit()


@contextmanager
def _timed(name: str, progress: Steps, steps: list[Step]) -> Iterator[list[int]]:
    """A step on the clock; its rows go into the first item of the list."""
    rows = [0]
    start = perf_counter()
    with progress.step(name) as shown:
        yield rows
        shown.advance(rows[0])
    steps.append(Step(name, rows[0], perf_counter() - start))


def _stage_all(
    workspace: Workspace, settings: Settings, progress: Steps, steps: list[Step]
) -> tuple[list[StagedDelivery], dict[str, str]]:
    staged: list[StagedDelivery] = []
    failures: dict[str, str] = {}
    allowed = settings.archive
    limits = ArchiveLimits(int(allowed.gigabytes * (1 << 30)), allowed.files, allowed.ratio)
    for source in settings.sources:
        try:
            if source.kind not in SOURCE_KINDS:
                raise CannotRun(
                    f"There is no kind of source {source.kind!r}. The kinds are: {', '.join(SOURCE_KINDS)}."
                )
            with _timed(f"land {source.name}", progress, steps):
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
            with _timed(f"clean {source.name}", progress, steps) as rows:

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
    identity = record.execute(
        "select source, kind, source_id, unique_id, probability, decided_by from consolidation.identity"
        " order by 1, 2, 3"
    ).fetchall()
    decisions = record.execute(
        "select kind, left_source, left_id, right_source, right_id, decision from consolidation.match_decision"
        " order by 1, 2, 3, 4, 5"
    ).fetchall()
    return {"identity": identity, "match_decision": decisions}


def _link_all(
    workspace: Workspace,
    settings: LinkingSettings,
    staged: Sequence[StagedDelivery],
    earlier: Earlier,
    progress: Steps,
    steps: list[Step],
) -> Path:
    key = key_of([d.delivery.delivery_id for d in staged], settings.merge, settings.review, earlier)
    with _timed("link", progress, steps) as rows:
        folder = once(workspace.staging / f"linked-{key}", lambda into: link_batch(settings, staged, earlier, into))
        rows[0] = rows_in(folder / "identity.parquet")
    return folder


def _merge_all(
    workspace: Workspace, staged: Sequence[StagedDelivery], linked: Path, progress: Steps, steps: list[Step]
) -> Path:
    key = key_of(linked.name, [(d.source.name, d.source.rank, d.delivery.delivery_id) for d in staged])
    with _timed("merge", progress, steps) as rows:

        def make(into: Path) -> None:
            rows[0] = merge_batch(staged, linked / "identity.parquet", into)

        return once(workspace.staging / f"merged-{key}", make)


def _write_provenance(
    record: psycopg.Connection,
    started: datetime,
    staged: Sequence[StagedDelivery],
    failures: dict[str, str],
    linked: Path,
    merged: Path,
    published: Published,
    steps: Sequence[Step],
) -> None:
    with connect() as connection:
        for table in ("identity", "match"):
            record.execute(f"delete from consolidation.{table}")
            _copy(record, table, connection, f"from {literal(linked / f'{table}.parquet')}", TABLES[table])
    write_run(record, started, staged, failures, merged, published, steps)


def _copy(
    record: psycopg.Connection, table: str, connection: duckdb.DuckDBPyConnection, query: str, shape: str
) -> None:
    names = ", ".join(part.strip().split(" ")[0] for part in shape.split(","))
    with (
        record.cursor() as cursor,
        cursor.copy(f"copy consolidation.{table} ({names}) from stdin") as copy,
    ):
        rows = connection.execute(query)
        while batch := rows.fetchmany(10_000):
            for row in batch:
                copy.write_row(row)
