"""The quality of what was published, kept for each run in which a source said something new.

Counts, not shares: whoever reads them divides. The dimensions are those of DAMA UK (The Six Primary Dimensions for Data
Quality Assessment, 2013): completeness from `rows` and `filled`, validity from `filled` and `valid`, uniqueness from
how many ids of a source turned out to be one person, timeliness from when the source said something new and from the
newest day in its tables, consistency from how often two sources say the same. For accuracy one would have to ask life.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pyarrow.compute as pc
import pyarrow.parquet as pq

from homeroom.consolidate.agreement import COLUMNS, count_agreement
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.measured_delivery import Measures, measure
from homeroom.consolidate.staging import StagedDelivery
from homeroom.consolidate.steps import key_of


@dataclass(frozen=True)
class Quality:
    """The counts of each delivery of a batch, and the rows of agreement between its sources (`agreement.COLUMNS`)."""

    deliveries: Sequence[tuple[StagedDelivery, Measures]]
    agreement: Sequence[tuple[object, ...]]


def measure_batch(
    staging: Path,
    staged: Sequence[StagedDelivery],
    merged: Iterable[tuple[Path, Path | None]],
    engine: Engine = IN_THIS_PROCESS,
) -> Quality:
    """Count what the deliveries and the merged batches made of them hold.

    `merged`: the folders of the batches, each with that of what was merged last.
    """
    agreement = [
        tuple(row[name] for name in COLUMNS)
        for folder, before in merged
        for row in pq.read_table(count_agreement(folder, before, engine)).to_pylist()
    ]
    # What a source says now; an earlier log that comes with it was let pass late.
    now = {item.source.name: item for item in reversed(staged)}
    return Quality([(item, measure(item, staging)) for item in staged if item is now[item.source.name]], agreement)


def write_quality(record: psycopg.Connection, run: int, quality: Quality, identity: Path) -> int:
    """Keep the counts of each source that says something new, in the caller's transaction; how many fields they are of.

    `identity`: who is who, as Parquet. Where no source says anything new nothing is written.
    """
    known: dict[str, str] = dict(record.execute(_KNOWN).fetchall())
    inputs = {item.source.name: key_of(item.key) for item, _ in quality.deliveries}
    new = [
        (item, found) for item, found in quality.deliveries if known.get(item.source.name) != inputs[item.source.name]
    ]
    if not new:
        return 0
    with record.cursor() as cursor:
        cursor.executemany(
            "insert into consolidation.quality_source (run_id, source, inputs, landed, set_aside)"
            " values (%s, %s, %s, %s, %s)",
            [(run, i.source.name, inputs[i.source.name], found.landed, found.set_aside) for i, found in new],
        )
        columns = "run_id, source, resource, field, rows, filled, valid, newest"
        with cursor.copy(f"copy consolidation.quality_field ({columns}) from stdin") as copy:
            for item, found in new:
                for (resource, name), one in found.fields.items():
                    copy.write_row((run, item.source.name, resource, name, one.rows, one.filled, one.valid, one.newest))
        # Whoever says something new may agree with another source more or less than before, and be joined otherwise.
        with cursor.copy(f"copy consolidation.quality_agreement (run_id, {', '.join(COLUMNS)}) from stdin") as copy:
            for row in quality.agreement:
                copy.write_row((run, *row))
        cursor.executemany(
            "insert into consolidation.quality_identity (run_id, source, kind, ids, unique_ids)"
            " values (%s, %s, %s, %s, %s)",
            [(run, *row) for row in _identities(identity)],
        )
    return sum(len(found.fields) for _, found in new)


def _identities(identity: Path) -> list[tuple[str, str, int, int]]:
    """For each source and kind, the ids that it gave and how many they turned out to be."""
    table = pq.read_table(identity, columns=["source", "kind", "unique_id"])
    counted = table.group_by(["source", "kind"]).aggregate([("unique_id", "count"), ("unique_id", "count_distinct")])
    ordered = counted.take(pc.sort_indices(counted, [("source", "ascending"), ("kind", "ascending")]))
    return [
        (row["source"], row["kind"], row["unique_id_count"], row["unique_id_count_distinct"])
        for row in ordered.to_pylist()
    ]


_KNOWN = "select distinct on (source) source, inputs from consolidation.quality_source order by source, run_id desc"
