"""Landing: what a source delivered, kept as it was sent, with its hash, before anything else looks inside.

One folder per delivery, `<landing>/<source>/<delivery_id>/`, with the files under `files/` (out of their archive, byte
for byte, as `homeroom.sources.kept_files` packs them) and `delivery.json`. The folder appears under its name only when
all of it is there. A file that holds Social Security numbers is not kept at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from homeroom.errors import CannotRun
from homeroom.social_security_numbers import without_numbers
from homeroom.sources.archive import ArchiveLimits, FileRefused, Member, members
from homeroom.sources.kept_deliveries import (
    INCOMING,
    DeliveredFile,
    Delivery,
    RefusedFile,
    delivered_before,
    deliveries,
    followed_by,
    free_file_number,
    last_delivery,
    read_delivery,
    write_record,
)
from homeroom.sources.kept_files import force_to_disk, keep
from homeroom.sources.social_security import (
    WORKBOOKS,
    holds_social_security_numbers,
    is_no_text,
    is_read,
)

__all__ = [
    "ArchiveLimits",
    "DeliveredFile",
    "Delivery",
    "FileRefused",
    "LandedTable",
    "RefusedFile",
    "delivered_before",
    "deliveries",
    "followed_by",
    "free_file_number",
    "land",
    "last_delivery",
    "read_delivery",
]

_CHUNK = 1 << 22


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
    is_delta: Callable[[Delivery], bool] | None = None,
    refused_before: Callable[[], Collection[str]] = frozenset,
) -> Delivery:
    """Keep what lies at `path` (a folder, a file, a .gz or a .zip) as it was sent, and say what it is.

    The same files again give the delivery that is already there. A file that can't be taken is in `refused`, with a
    sentence, and the others are kept. `is_delta` says whether a delivery holds changes only: such a one follows what
    came last, but for what a person refused (`refused_before` gives the ids). Raises FileRefused where nothing at
    `path` could be opened at all or where changes came before that which they change, and CannotRun where the landing
    folder can't be written.
    """
    folder = landing_folder / source
    folder.mkdir(parents=True, exist_ok=True)
    _clear_unfinished(folder)
    incoming = folder / f"{INCOMING}{os.getpid()}-{uuid.uuid4().hex}"
    try:
        (incoming / "files").mkdir(parents=True)
        files, refused = _take(path, kind, limits or ArchiveLimits(), incoming / "files", next_file_number)
        if not files and not refused:
            raise FileRefused("empty-delivery", f"There are no files in {path}. Check whether the export has run.")
        delivery = Delivery(source, kind, "", incoming, tuple(files), tuple(refused))
        if is_delta and is_delta(delivery):
            last = _changed_by(delivery, landing_folder, refused_before())
            delivery = replace(delivery, follows=last.delivery_id)
        delivery_id = _identity(delivery)
        final = folder / delivery_id
        if (final / "delivery.json").exists():
            return _kept_already(final)
        if delivery.follows and any(delivery.same_content(one) for one in (*followed_by(last), last) if one.follows):
            # What it changes was changed when it came first.
            return _kept_already(last.folder)
        came_before = last_delivery(source, kind, landing_folder)
        delivery = replace(
            delivery,
            delivery_id=delivery_id,
            folder=final,
            comes_after=came_before.delivery_id if came_before else None,
        )
        write_record(delivery, incoming)
        incoming.rename(final)
        force_to_disk(folder)
        return delivery
    except OSError as error:
        raise CannotRun(
            f"What {source} delivered could not be kept in {folder}: {error.strerror}. "
            "Nothing of it was taken. Make room or mend the permissions there, and run again."
        ) from error
    finally:
        shutil.rmtree(incoming, ignore_errors=True)


def _kept_already(folder: Path) -> Delivery:
    # The newest record is of what came last, though it may have come before.
    os.utime(folder / "delivery.json")
    return read_delivery(folder)


def _changed_by(delivery: Delivery, landing_folder: Path, refused: Collection[str]) -> Delivery:
    last = last_delivery(delivery.source, delivery.kind, landing_folder, refused)
    if last is None:
        raise FileRefused(
            "delta-without-bulk",
            f"What {delivery.source} delivered holds changes only (its manifest says delta), and nothing came before "
            "that they could change. Have it send everything once, as bulk.",
        )
    return last


def _take(
    place: Path, kind: str, limits: ArchiveLimits, into: Path, number: int
) -> tuple[list[DeliveredFile], list[RefusedFile]]:
    files: list[DeliveredFile] = []
    refused: list[RefusedFile] = []
    for member in members(place, limits):
        path = without_numbers(member.path)
        try:
            if path != member.path:
                raise FileRefused(
                    "social-security-numbers",
                    f"{path} was refused and not kept: its name is a Social Security number. Give it another name.",
                )
            if member.refused:
                raise member.refused
            _check(member, kind, limits)
            sha256, size = _copy(member, into)
            files.append(DeliveredFile(number, member.path, sha256, size))
        except FileRefused as problem:
            refused.append(RefusedFile(number, path, problem.rule, str(problem)))
        number += 1
    return files, refused


def _check(member: Member, kind: str, limits: ArchiveLimits) -> None:
    """Refuse a file with Social Security numbers before any of it is written."""
    try:
        if kind == "excel" and member.path.lower().endswith(WORKBOOKS):
            # What opens workbooks is imported where there are any.
            from homeroom.sources.workbooks import check_workbook

            with member.open() as stream:
                check_workbook(stream.read(), member.path, limits)
            return
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
            "Homeroom reads CSV and XML files, and workbooks of Excel from a source of the kind excel.",
        )


def _copy(member: Member, folder: Path) -> tuple[str, int]:
    """Keep a member in `folder`; gives its sha256 and size. Leaves nothing where it could not be read to its end."""
    digest, size = hashlib.sha256(), 0

    def told() -> Iterator[bytes]:
        nonlocal size
        for chunk in _chunks(member):
            digest.update(chunk)
            size += len(chunk)
            yield chunk

    try:
        keep(told(), folder, member.path)
    except FileExistsError:
        raise FileRefused(
            "duplicate-file", f"{member.path} was sent twice in one delivery; the first was kept."
        ) from None
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


def _identity(delivery: Delivery) -> str:
    # A refused file counts by its name and reason only: a hash of what must not be kept is not kept either.
    content: list[object] = [
        delivery.source,
        delivery.kind,
        [[f.path, f.sha256] for f in delivery.files],
        [[f.path, f.rule] for f in delivery.refused],
    ]
    if delivery.follows:
        content.append(delivery.follows)
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _clear_unfinished(folder: Path) -> None:
    """Remove what a killed run left; a live run's folder bears its process number and stays."""
    for left in folder.glob(f"{INCOMING}*"):
        process = left.name.removeprefix(INCOMING).partition("-")[0]
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
