"""Linking and merging while the record is written: each part is merged as the persons of the next ones are linked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from homeroom.consolidate.database import connect, literal, stopped_at_end
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

# Students and staff.
LINKED_AT_A_TIME = 2


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
    with ThreadPoolExecutor(LINKED_AT_A_TIME) as linkers, ThreadPoolExecutor(1) as merger:
        under_way: dict[str, PartUnderWay] = {}
        work: list[Future[Path]] = []
        for part in parts():
            # What is waited for was given to the linkers before.
            before = under_way[part.after].linked if part.after else None
            beside = under_way[part.beside] if part.beside else None
            folder = merged_last.get(part.name)
            last = read_before(staging / folder, survivorship) if folder else None
            linked = linkers.submit(
                _link, staging, settings, staged, earlier, part, before, beside, last, progress, steps, engine
            )
            merged = merger.submit(_merge, staging, survivorship, staged, part, linked, last, progress, steps, engine)
            under_way[part.name] = PartUnderWay(part, linked, merged, last)
            work += [linked, merged]
        with stopped_at_end(work):
            yield list(under_way.values())


def _link(
    staging: Path,
    settings: LinkingSettings,
    staged: Sequence[StagedDelivery],
    earlier: Earlier,
    part: Part,
    linked_before: Future[Path] | None,
    beside: PartUnderWay | None,
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
        # Whoever is linked beside is who they are by the same.
        part.kind,
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
                part.kind,
                before,
                {beside.part.kind: beside.linked} if beside else {},
                threads,
                LinkedBefore(last.identity.parent, last.tables) if last else None,
                engine,
            ),
        )
        rows[0] = _of_kind(folder / "identity.parquet", part.kind)
    return folder


def _of_kind(identities: Path, kind: str) -> int:
    """How many of the rows of sources are of that kind."""
    with connect(threads=1) as connection:
        counted = connection.execute(
            f"select count(*) from {literal(identities)} where kind = {literal(kind)}"
        ).fetchone()
    return int(counted[0]) if counted else 0


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
