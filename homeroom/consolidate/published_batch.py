"""What was staged becomes the record: linked, merged and written part by part, with an account of what the run did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import psycopg

from homeroom.consolidate.copied_rows import rows_of
from homeroom.consolidate.database import connect
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.merged_before import MergedBefore, read_before
from homeroom.consolidate.merged_csv import Published, batches
from homeroom.consolidate.parts import parts
from homeroom.consolidate.quality import Quality, measure_batch, write_quality
from homeroom.consolidate.received_sources import note_published
from homeroom.consolidate.staging import StagedDelivery
from homeroom.consolidate.summing_up import Step, take_account, timed, write_run
from homeroom.consolidate.survivorship import Survivorship
from homeroom.consolidate.under_way import PartUnderWay, linking_and_merging
from homeroom.consolidate.withdrawn import keep_unsaid, prepare_withdrawal, withdraw_unsaid
from homeroom.consolidate.written_identities import write_identities
from homeroom.progress import Steps
from homeroom.record import created_identities
from homeroom.record.changes import newest
from homeroom.record.last_batch import LastBatch, read_last_batch, write_last_batch, written_by_others
from homeroom.record.retention.let_go import leave_let_go
from homeroom.settings import LinkingSettings

if TYPE_CHECKING:
    from homeroom.consolidate.linked_batch import Earlier
    from homeroom.record.publish import RefusedRow


def publish_batch(
    record: psycopg.Connection,
    staging: Path,
    settings: LinkingSettings,
    survivorship: Survivorship,
    started: datetime,
    staged: Sequence[StagedDelivery],
    failures: Mapping[str, str],
    progress: Steps,
    steps: list[Step],
    engine: Engine = IN_THIS_PROCESS,
) -> int:
    """Write all that the sources deliver into the record, with who is who and the run; the caller commits.

    `failures`: the sentence of each source that could not be taken. `steps`: those that were done before. Gives the
    run's number.
    """
    last = read_last_batch(record)
    earlier = _earlier(record, _merged_last(staging, last, survivorship))
    record.commit()
    version = newest(record)
    record.commit()
    with (
        connect() as account,
        ThreadPoolExecutor(1) as beside,
        linking_and_merging(
            staging, settings, survivorship, staged, earlier, last.merged, progress, steps, engine
        ) as parts,
    ):
        # While PostgreSQL takes the rows in, they are counted.
        counting = beside.submit(_take_account, account, staged, parts)
        measuring = beside.submit(_measure, staging, staged, parts, engine)
        if earlier["identity"]:
            # Who uses the record waits no longer than writing takes.
            wait([one.merged for one in parts])
        prepare_withdrawal(record)
        refused = [
            row
            for one in parts
            for row in _publish(record, account, staging, last, one, survivorship.outranked, progress, steps)
        ]
        counting.result()
        if earlier["identity"]:
            identity = parts[-1].linked.result() / "identity.parquet"
            with timed("withdraw", progress, steps) as rows:
                rows[0] = withdraw_unsaid(record, account, staged, identity, started)
        leave_let_go(record, version, started.astimezone().date())
        keep_unsaid(record)
        write_last_batch(record, {one.part.name: one.merged.result().name for one in parts}, version, refused)
        if any(item.learning for item in staged):
            from homeroom.consolidate.learning.published_learning import publish_learning

            with timed("publish learning events", progress, steps) as rows:
                rows[0] = publish_learning(record, account, staged, [item.source for item in staged])
        run = write_run(record, started, staged, failures, account, refused, steps)
        write_quality(record, run, measuring.result(), parts[-1].linked.result() / "identity.parquet")
        # Whoever sends something from here on waits until the run is done.
        note_published(record, staged)
        return run


def _merged_last(staging: Path, last: LastBatch, survivorship: Survivorship) -> MergedBefore | None:
    """The last of the parts of the last batch, where it is still there."""
    folder = last.merged.get(parts()[-1].name)
    return read_before(staging / folder, survivorship) if folder else None


def _earlier(record: psycopg.Connection, merged_last: MergedBefore | None) -> Earlier:
    """Who was who after the last run, whom apps asked ids for, and what people decided."""
    return {
        # What the last run wrote into the record is read twenty times as quickly from where it took it.
        "identity": merged_last.identity
        if merged_last
        else rows_of(
            record,
            "select source, kind, source_id, unique_id, probability, decided_by from consolidation.identity"
            " order by 1, 2, 3",
        ),
        "created_identity": rows_of(record, created_identities.SAID),
        "match_decision": rows_of(
            record,
            "select kind, left_source, left_id, right_source, right_id, decision, decision_number"
            " from consolidation.match_decision where undone_at is null and decision <> 'later'"
            " order by decision_number",
        ),
        "identity_history": rows_of(
            record,
            "select source, kind, source_id, unique_id, valid_until from consolidation.identity_history"
            " order by 5, 2, 1, 3, 4",
        ),
    }


def _publish(
    record: psycopg.Connection,
    account: duckdb.DuckDBPyConnection,
    staging: Path,
    last: LastBatch,
    under_way: PartUnderWay,
    outranked: frozenset[str],
    progress: Steps,
    steps: list[Step],
) -> Sequence[RefusedRow]:
    """Write what differs in a part from the last batch, as soon as it is there; gives the rows that were refused."""
    from homeroom.record.publish import publish

    merging = not under_way.merged.done()
    if merging:
        _write_who_is_who(record, account, under_way)
    merged = under_way.merged.result()
    with batches(merged / "tables", _published(record, staging, last, under_way.part.name)) as (pieces, gone):
        # What is merged already is compared with what was published last meanwhile.
        if not merging:
            _write_who_is_who(record, account, under_way)
        with timed(f"publish {under_way.part.name}", progress, steps) as rows:
            published = publish(record, pieces, gone, outranked=outranked)
            rows[0] = sum(published.inserted.values()) + sum(published.updated.values())
    return published.refused


def _write_who_is_who(record: psycopg.Connection, account: duckdb.DuckDBPyConnection, under_way: PartUnderWay) -> None:
    with account.cursor() as own:
        linked_last = under_way.last.identity.parent if under_way.last else None
        write_identities(record, own, under_way.linked.result(), (under_way.part.kind,), linked_last)


def _published(record: psycopg.Connection, staging: Path, last: LastBatch, part: str) -> Published | None:
    """What was published last of a part, where it is still there."""
    name = last.merged.get(part)
    if name is None or not (staging / name / "tables").exists():
        return None
    others = partial(written_by_others, record, since=last.change_version)
    return Published(staging / name / "tables", last.refused, others)


def _take_account(
    account: duckdb.DuckDBPyConnection, staged: Sequence[StagedDelivery], parts: Sequence[PartUnderWay]
) -> None:
    take_account(account, staged, [one.merged.result() for one in parts])


def _measure(staging: Path, staged: Sequence[StagedDelivery], parts: Sequence[PartUnderWay], engine: Engine) -> Quality:
    merged = [(one.merged.result(), one.last.folder if one.last else None) for one in parts]
    return measure_batch(staging, staged, merged, engine)
