"""The manifest of a OneRoster bundle: whether each file is whole (bulk), holds changes only (delta) or is absent.

A bundle without a manifest is whole, and so is one that does not say `delta` of any file.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from homeroom.sources.archive import ArchiveLimits, FileRefused, members
from homeroom.sources.delivery import DeliveredFile, Delivery

# More than any manifest holds: it has a line for each file of the standard.
_LARGEST = 1 << 20


def is_manifest(path: str) -> bool:
    return table_name(path) == "manifest"


def table_name(path: str) -> str:
    """What a file's name says that it holds, in lower case."""
    return PurePosixPath(path).stem.lower()


def modes_of(delivery: Delivery, manifest: DeliveredFile | None = None) -> Mapping[str, str]:
    """Of each file that a manifest names, as it names it, `bulk`, `delta` or `absent`; of all manifests by default."""
    chosen = [manifest] if manifest else [file for file in delivery.files if is_manifest(file.path)]
    modes: dict[str, str] = {}
    for file in chosen:
        with delivery.kept(file).open() as stream:
            modes |= _modes(stream.read(_LARGEST))
    return modes


def is_delta(delivery: Delivery) -> bool:
    """Whether a delivery holds changes only.

    Raises FileRefused where nobody can tell: a bundle of changes that is taken for the whole would end all else.
    """
    if any(is_manifest(file.path) for file in delivery.refused):
        raise FileRefused(
            "unreadable-file",
            f"The manifest of what {delivery.source} delivered could not be taken, so nobody can tell whether the "
            "bundle is whole or holds changes only. Nothing of it was taken. Send it again.",
        )
    manifests = [file for file in delivery.files if is_manifest(file.path)]
    changes = [file for file in manifests if "delta" in modes_of(delivery, file).values()]
    if changes and len(manifests) > 1:
        raise FileRefused(
            "several-bundles",
            f"What {delivery.source} delivered holds {len(manifests)} bundles, and some of them hold changes only, so "
            "that their order counts. Name them by a pattern, such as roster-*.zip: they are then taken one by one.",
        )
    return bool(changes)


def holds_changes(path: Path, limits: ArchiveLimits) -> bool:
    """Whether what lies at a path holds changes only, without taking it."""
    for member in members(path, limits):
        if member.refused is None and is_manifest(member.path):
            with member.open() as stream:
                if "delta" in _modes(stream.read(_LARGEST)).values():
                    return True
    return False


def _modes(content: bytes) -> dict[str, str]:
    text = content.replace(b"\0", b"").decode("utf-8-sig", "replace")
    return {
        row[0].strip()[5:]: row[1].strip().lower()
        for row in csv.reader(io.StringIO(text))
        if len(row) > 1 and row[0].strip().lower().startswith("file.")
    }
