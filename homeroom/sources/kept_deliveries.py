"""The deliveries that were kept: what is known of each, and which came in which order."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from homeroom.errors import CannotRun
from homeroom.sources.kept_files import KeptFile, kept_file
from homeroom.sources.report import Report

# What is being taken lies in a folder of such a name until all of it is there.
INCOMING = ".incoming-"


@dataclass(frozen=True)
class DeliveredFile:
    """One file as kept. `number` names it in the workspace for ever; `path` is relative to the delivery's `files`.

    `position_unit` says what the lower half of a `source_row` counts in it: 'line', 'record' or 'sheet' (see
    `homeroom.source_rows`).
    """

    number: int
    path: str
    sha256: str
    bytes: int
    position_unit: str = "line"


@dataclass(frozen=True)
class RefusedFile:
    """A file that was not kept, and why. It has a number too, for the quarantine to speak of."""

    number: int
    path: str
    rule: str
    sentence: str


@dataclass(frozen=True)
class Delivery:
    """What a source sent at one time. `delivery_id` is a sha256 over source, kind, and the files' paths and hashes.

    `follows`: the id of the delivery that this one changes, where it holds changes only; part of `delivery_id` too.
    `comes_after`: the id of what the source delivered before it.
    """

    source: str
    kind: str
    delivery_id: str
    folder: Path
    files: tuple[DeliveredFile, ...]
    refused: tuple[RefusedFile, ...] = ()
    follows: str | None = None
    comes_after: str | None = None

    def kept(self, file: DeliveredFile) -> KeptFile:
        return kept_file(self.folder / "files", file.path)

    def report_refused(self, report: Report) -> None:
        """Tell the report of each file that was not kept."""
        for file in self.refused:
            report.file_problem(file.number, file.rule, file.sentence)

    def with_position_unit(self, file: DeliveredFile, unit: str) -> Delivery:
        """This delivery with what the positions in one file count, kept for the next run too."""
        files = tuple(replace(f, position_unit=unit) if f.number == file.number else f for f in self.files)
        changed = replace(self, files=files)
        write_record(changed, self.folder)
        return changed

    def same_content(self, other: Delivery) -> bool:
        """Whether both hold the same files, byte for byte."""
        mine, others = (
            ([(f.path, f.sha256) for f in one.files], [(f.path, f.rule) for f in one.refused]) for one in (self, other)
        )
        return mine == others


def read_delivery(folder: Path) -> Delivery:
    """The delivery kept in a folder."""
    record = json.loads((folder / "delivery.json").read_text("utf-8"))
    return Delivery(
        record["source"],
        record["kind"],
        record["delivery_id"],
        folder,
        tuple(DeliveredFile(**file) for file in record["files"]),
        tuple(RefusedFile(**file) for file in record["refused"]),
        record.get("follows"),
        record.get("comes_after"),
    )


def write_record(delivery: Delivery, folder: Path) -> None:
    """Write down what is known of a delivery, whole or not at all."""
    record = asdict(delivery)
    del record["folder"]
    unfinished = folder / "delivery.json.unfinished"
    with unfinished.open("w", encoding="utf-8") as out:
        json.dump(record, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(folder / "delivery.json")


def deliveries(landing_folder: Path, source: str = "*") -> list[Delivery]:
    """All deliveries kept so far, or those of one source, in the order in which they came."""
    records = landing_folder.glob(f"{source}/*/delivery.json")
    found = [read_delivery(record.parent) for record in records if _whole(record)]
    return sorted(found, key=lambda delivery: min(_numbers(delivery), default=0))


def last_delivery(source: str, kind: str, landing_folder: Path, refused: Collection[str] = ()) -> Delivery | None:
    """What came last from a source, if anything did, without those whose ids are in `refused`."""
    records = [record for record in landing_folder.glob(f"{source}/*/delivery.json") if _whole(record)]
    for record in sorted(records, key=lambda one: one.stat().st_mtime_ns, reverse=True):
        delivery = read_delivery(record.parent)
        if delivery.kind == kind and delivery.delivery_id not in refused:
            return delivery
    return None


def followed_by(delivery: Delivery) -> list[Delivery]:
    """The deliveries that this one changes, from the whole one on; none where it is whole itself.

    Raises CannotRun where one of them is not there any more.
    """
    found: list[Delivery] = []
    while (follows := (found[-1] if found else delivery).follows) is not None:
        folder = delivery.folder.parent / follows
        if not (folder / "delivery.json").exists():
            raise CannotRun(
                f"What {delivery.source} delivered changes an earlier delivery, which lay in {folder} and is not there "
                "any more. Put it back, or have the source send everything anew, as bulk."
            )
        found.append(read_delivery(folder))
    return found[::-1]


def delivered_before(delivery: Delivery) -> Iterator[Delivery]:
    """What its source delivered before it, the latest first, as far as it is kept."""
    while delivery.comes_after is not None:
        folder = delivery.folder.parent / delivery.comes_after
        if not (folder / "delivery.json").exists():
            return
        delivery = read_delivery(folder)
        yield delivery


def free_file_number(landing_folder: Path) -> int:
    """The first number that no file of any delivery has."""
    return max((number for delivery in deliveries(landing_folder) for number in _numbers(delivery)), default=0) + 1


def _numbers(delivery: Delivery) -> list[int]:
    return [file.number for file in delivery.files] + [file.number for file in delivery.refused]


def _whole(record: Path) -> bool:
    return not record.parent.name.startswith(INCOMING)
