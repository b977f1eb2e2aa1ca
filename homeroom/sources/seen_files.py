"""Whether what lies at a path is what was taken from there last, told without reading it.

To copy and look through a delivery takes as long the tenth time as the first. A file of which size, place on the disk,
and the times of the last change of its content and of its entry are all as they were has not been written since: the
last of them is set by the system at every change and can't be set back.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from homeroom.sources.kept_deliveries import Delivery, read_delivery

_SEEN = "seen.json"
# Raise it when landing itself changes, so that what was landed before is looked at again.
_LANDING = 1


def fingerprint(path: Path, *also: Any) -> str:
    """The hash of what the file system says of the files at `path`, and of what else decides how they are taken."""
    places = sorted(Path(folder, name) for folder, _, names in os.walk(path) for name in names) or [path]
    said: list[Any] = [_LANDING, str(path), *map(str, also)]
    for place in places:
        try:
            found = place.stat()
        except OSError as problem:
            said.append([str(place), problem.errno])
            continue
        said.append([str(place), found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns])
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def seen_before(landing: Path, seen: str) -> Delivery | None:
    """The delivery that was taken from files of that fingerprint, where it was the last and is still there."""
    try:
        said = json.loads((landing / _SEEN).read_bytes())
        folder = landing / said["delivery_id"]
        if said["fingerprint"] != seen or not (folder / "delivery.json").exists():
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    # The newest record is of what came last.
    os.utime(folder / "delivery.json")
    return read_delivery(folder)


def remember(landing: Path, seen: str, delivery: Delivery) -> None:
    """Keep the fingerprint of the files that a delivery was taken from; it was made before they were read."""
    unfinished = landing / f"{_SEEN}.unfinished"
    # Without it they are read again, and nothing is lost.
    with suppress(OSError):
        unfinished.write_text(json.dumps({"fingerprint": seen, "delivery_id": delivery.delivery_id}), encoding="utf-8")
        unfinished.replace(landing / _SEEN)
