"""Landing: what a source delivered, kept as it was sent, with its hash, before anything else looks inside.

One folder per delivery, `<landing>/<source>/<delivery_id>/`, with the files under `files/` (out of their archive, byte
for byte) and `delivery.json`. The folder appears under its name only when all of it is there. A file that holds Social
Security numbers is not kept at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from homeroom.errors import CannotRun
from homeroom.sources.archive import ArchiveLimits, FileRefused, Member, members
from homeroom.sources.report import Report
from homeroom.sources.social_security import holds_social_security_numbers, is_no_text, is_read, without_numbers

__all__ = ["ArchiveLimits", "DeliveredFile", "Delivery", "FileRefused", "LandedTable", "RefusedFile", "land"]

_CHUNK = 1 << 22
_INCOMING = ".incoming-"


@dataclass(frozen=True)
class DeliveredFile:
    """One file as kept. `number` names it in the workspace for ever; `path` is relative to the delivery's `files`.

    `position_unit` says what the lower half of a `source_row` counts in it: 'line' or 'record'.
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
    """What a source sent at one time. `delivery_id` is a sha256 over source, kind, and the files' paths and hashes."""

    source: str
    kind: str
    delivery_id: str
    folder: Path
    files: tuple[DeliveredFile, ...]
    refused: tuple[RefusedFile, ...] = ()

    def path_of(self, file: DeliveredFile) -> Path:
        return self.folder / "files" / file.path

    def report_refused(self, report: Report) -> None:
        """Tell the report of each file that was not kept."""
        for file in self.refused:
            report.file_problem(file.number, file.rule, file.sentence)

    def with_position_unit(self, file: DeliveredFile, unit: str) -> Delivery:
        """This delivery with what the positions in one file count, kept for the next run too."""
        files = tuple(replace(f, position_unit=unit) if f.number == file.number else f for f in self.files)
        changed = replace(self, files=files)
        _write_record(changed, self.folder)
        return changed


@dataclass(frozen=True)
class LandedTable:
    """A table in the source's own terms: all VARCHAR but `source_row`, as Parquet."""

    name: str
    path: Path
    rows: int


def land(
    source: str,
    kind: str,
    path: Path,
    landing_folder: Path,
    next_file_number: int,
    limits: ArchiveLimits | None = None,
) -> Delivery:
    """Keep what lies at `path` (a folder, a file, a .gz or a .zip) as it was sent, and say what it is.

    The same files again give the delivery that is already there. A file that can't be taken is in `refused`, with a
    sentence, and the others are kept. Raises FileRefused where nothing at `path` could be opened at all, and CannotRun
    where the landing folder can't be written.
    """
    folder = landing_folder / source
    folder.mkdir(parents=True, exist_ok=True)
    _clear_unfinished(folder)
    incoming = folder / f"{_INCOMING}{os.getpid()}-{uuid.uuid4().hex}"
    try:
        (incoming / "files").mkdir(parents=True)
        files, refused = _take(members(path, limits or ArchiveLimits()), incoming / "files", next_file_number)
        if not files and not refused:
            raise FileRefused("empty-delivery", f"There are no files in {path}. Check whether the export has run.")
        delivery_id = _identity(source, kind, files, refused)
        final = folder / delivery_id
        if (final / "delivery.json").exists():
            # The newest record is of what came last, though it may have come before.
            os.utime(final / "delivery.json")
            return read_delivery(final)
        delivery = Delivery(source, kind, delivery_id, final, tuple(files), tuple(refused))
        _write_record(delivery, incoming)
        incoming.rename(final)
        _sync(folder)
        return delivery
    except OSError as error:
        raise CannotRun(
            f"What {source} delivered could not be kept in {folder}: {error.strerror}. "
            "Nothing of it was taken. Make room or mend the permissions there, and run again."
        ) from error
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


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
    )


def deliveries(landing_folder: Path) -> list[Delivery]:
    """All deliveries kept so far, in the order in which they came."""
    found = [read_delivery(record.parent) for record in landing_folder.glob("*/*/delivery.json") if _whole(record)]
    return sorted(found, key=lambda delivery: min(_numbers(delivery), default=0))


def last_delivery(source: str, kind: str, landing_folder: Path, refused: Collection[str] = ()) -> Delivery | None:
    """What came last from a source, if anything did, without those whose ids are in `refused`."""
    records = [record for record in landing_folder.glob(f"{source}/*/delivery.json") if _whole(record)]
    for record in sorted(records, key=lambda one: one.stat().st_mtime_ns, reverse=True):
        delivery = read_delivery(record.parent)
        if delivery.kind == kind and delivery.delivery_id not in refused:
            return delivery
    return None


def free_file_number(landing_folder: Path) -> int:
    """The first number that no file of any delivery has."""
    return max((number for delivery in deliveries(landing_folder) for number in _numbers(delivery)), default=0) + 1


def _numbers(delivery: Delivery) -> list[int]:
    return [file.number for file in delivery.files] + [file.number for file in delivery.refused]


def _take(found: Iterator[Member], into: Path, number: int) -> tuple[list[DeliveredFile], list[RefusedFile]]:
    files: list[DeliveredFile] = []
    refused: list[RefusedFile] = []
    for member in found:
        path = without_numbers(member.path)
        try:
            if path != member.path:
                raise FileRefused(
                    "social-security-numbers",
                    f"{path} was refused and not kept: its name is a Social Security number. Give it another name.",
                )
            if member.refused:
                raise member.refused
            _check(member)
            sha256, size = _copy(member, into / member.path)
            files.append(DeliveredFile(number, member.path, sha256, size))
        except FileRefused as problem:
            refused.append(RefusedFile(number, path, problem.rule, str(problem)))
        number += 1
    return files, refused


def _check(member: Member) -> None:
    """Refuse a file with Social Security numbers before any of it is written."""
    try:
        if not is_read(member.path):
            _refuse_what_is_no_text(member)
        why = holds_social_security_numbers(member.path, member.open)
    except OSError as error:
        raise FileRefused(
            "unreadable-file", f"{member.path} could not be read ({error.strerror}). Check it and send it again."
        ) from error
    if why:
        raise FileRefused(
            "social-security-numbers",
            f"{member.path} was refused and not kept: {why}. Homeroom never holds them. "
            "Take them out of the export and send the file again.",
        )


def _refuse_what_is_no_text(member: Member) -> None:
    with member.open() as stream:
        head = stream.read(1 << 16)
    if is_no_text(head):
        raise FileRefused(
            "not-text",
            f"{member.path} is not text, so nobody can tell what it holds. It was not kept; "
            "Homeroom reads CSV and XML files.",
        )


def _copy(member: Member, target: Path) -> tuple[str, int]:
    """Write a member to `target`; gives its sha256 and size. Leaves nothing where it could not be read to its end."""
    if target.exists():
        raise FileRefused("duplicate-file", f"{member.path} was sent twice in one delivery; the first was kept.")
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("xb") as out:
            for chunk in _chunks(member):
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    except FileRefused:
        target.unlink()
        raise
    return digest.hexdigest(), size


def _chunks(member: Member) -> Iterator[bytes]:
    try:
        with member.open() as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except OSError as error:
        raise FileRefused(
            "unreadable-file", f"{member.path} could not be read ({error.strerror}). Check it and send it again."
        ) from error


def _identity(source: str, kind: str, files: list[DeliveredFile], refused: list[RefusedFile]) -> str:
    # A refused file counts by its name and reason only: a hash of what must not be kept is not kept either.
    content = [source, kind, [[f.path, f.sha256] for f in files], [[f.path, f.rule] for f in refused]]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _write_record(delivery: Delivery, folder: Path) -> None:
    record = asdict(delivery)
    del record["folder"]
    unfinished = folder / "delivery.json.unfinished"
    with unfinished.open("w", encoding="utf-8") as out:
        json.dump(record, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    unfinished.replace(folder / "delivery.json")


def _whole(record: Path) -> bool:
    return not record.parent.name.startswith(_INCOMING)


def _clear_unfinished(folder: Path) -> None:
    """Remove what a killed run left; a live run's folder bears its process number and stays."""
    for left in folder.glob(f"{_INCOMING}*"):
        process = left.name.removeprefix(_INCOMING).partition("-")[0]
        if not _alive(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
