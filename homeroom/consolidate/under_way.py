"""Linking and merging while the record is written: each part is merged as the persons of the next one are linked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from homeroom.consolidate.database import connect, literal, rows_in, stopped_at_end
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.gathered_before import LinkedBefore
from homeroom.consolidate.merged_batch import merge_batch
from homeroom.consolidate.merged_before import MergedBefore, compare_with_before, read_before
from homeroom.consolidate.parts import Part, parts
from homeroom.consolidate.staging import StagedDelivery
from homeroom.consolidate.steps import digest, key_of, once
from homeroom.consolidate.summing_up import Step, timed
from homeroom.consolidate.survivorship import Survivorship
from homeroom.progress import Steps
from homeroom.settings import LinkingSettings

if TYPE_CHECKING:
    from homeroom.consolidate.linked_batch import Earlier


@dataclass(frozen=True)
class PartUnderWay:
    """A part, with the folders that linking and merging make for it, sooner or later; `last`: as it was merged last."""

    part: Part
    linked: Future[Path]
    merged: Future[Path]
    last: MergedBefore | None


@contextmanager
def linking_and_merging(
    staging: Path,
    settings: LinkingSettings,
    survivorship: Survivorship,
    staged: Sequence[StagedDelivery],
    earlier: Earlier,
    merged_last: Mapping[str, str],
    progress: Steps,
    steps: list[Step],
    engine: Engine = IN_THIS_PROCESS,
) -> Iterator[Sequence[PartUnderWay]]:
    """The parts in their order, worked on in the background. Leaving before they are done stops the work.

    `merged_last`: the names of the folders in which the parts of the last batch were merged.
    """
    with ThreadPoolExecutor(1) as linker, ThreadPoolExecutor(1) as merger:
        under_way: list[PartUnderWay] = []
        work: list[Future[Path]] = []
        for part in parts():
            before = under_way[-1].linked if under_way else None
            folder = merged_last.get(part.name)
            last = read_before(staging / folder, survivorship) if folder else None
            linked = linker.submit(
                _link, staging, settings, staged, earlier, part, before, last, progress, steps, engine
            )
            merged = merger.submit(_merge, staging, survivorship, staged, part, linked, last, progress, steps, engine)
            under_way.append(PartUnderWay(part, linked, merged, last))
            work += [linked, merged]
        with stopped_at_end(work):
            yield under_way


def _link(
    staging: Path,
    settings: LinkingSettings,
    staged: Sequence[StagedDelivery],
    earlier: Earlier,
    part: Part,
    linked_before: Future[Path] | None,
    last: MergedBefore | None,
    progress: Steps,
    steps: list[Step],
    engine: Engine,
) -> Path:
    from homeroom.consolidate.linked_batch import link_batch

    before = linked_before.result() if linked_before else None
    # While the last are linked, most of the tables are merged and published: little, where that goes on from before.
    threads = max(1, (os.cpu_count() or 1) // 2) if part is parts()[-1] and last is None else None
    key = key_of(
        [d.key for d in staged],
        settings.merge,
        settings.review,
        *map(_content, earlier.values()),
        part.kinds,
        before.name if before else None,
    )
    with timed(f"link {part.name}", progress, steps) as rows:
        folder = once(
            staging / f"linked-{key}",
            lambda into: link_batch(
                settings,
                staged,
                earlier,
                into,
                part.kinds,
                before,
                threads,
                LinkedBefore(last.identity.parent, last.tables) if last else None,
                engine,
            ),
        )
        rows[0] = rows_in(folder / "identity.parquet") - (rows_in(before / "identity.parquet") if before else 0)
    return folder


def _content(rows: bytes | Path) -> str:
    """A hash of rows of earlier runs, in whichever order a file holds them."""
    if isinstance(rows, bytes):
        return digest(rows)
    with connect(threads=1) as connection:
        file = literal(rows)
        return str(connection.execute(f"select count(*), sum(hash(row)::hugeint) from {file} as row").fetchone())


def _merge(
    staging: Path,
    survivorship: Survivorship,
    staged: Sequence[StagedDelivery],
    part: Part,
    linked: Future[Path],
    last: MergedBefore | None,
    progress: Steps,
    steps: list[Step],
    engine: Engine,
) -> Path:
    with TemporaryDirectory(dir=staging, prefix="compared-") as name:
        # Found while it is not known yet who is who: linking alone does not keep a machine busy.
        if last:
            compare_with_before({d.source.name: d.tables for d in staged}, part.resources, last, Path(name))
        identity = linked.result() / "identity.parquet"
        key = key_of(identity.parent.name, survivorship.key, [(d.source.name, d.key) for d in staged])
        with timed(f"merge {part.name}", progress, steps) as rows:

            def make(into: Path) -> None:
                rows[0] = merge_batch(staged, identity, into, survivorship, part.resources, last, engine, Path(name))

            return once(staging / f"merged-{key}", make)
