"""A step of consolidation that can be killed at any point and gone on with.

A step writes its output into a folder whose name is the hash of its inputs. It works in a folder beside it and renames
that when it is done; so a folder that is there is whole, the same inputs are never worked on twice, and what a killed
run left half-made is made anew.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from stat import S_ISREG
from time import time_ns
from typing import Any

from homeroom.sources.kept_files import force_to_disk

# Part of every step's inputs: raise it when the steps themselves change, so that nothing made by older ones is used.
STEPS_VERSION = 14
# A file's time may lag behind the clock, on another machine's disk by more: in nanoseconds.
_CLOCKS_DIFFER = 60_000_000_000
# Files that are forced to the disk at once.
_AT_ONCE = 8


def key_of(*inputs: Any) -> str:
    """The hash of a step's inputs (anything that JSON can hold), as 32 hexadecimal digits."""
    text = json.dumps([STEPS_VERSION, *inputs], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def digest(content: bytes) -> str:
    """The hash of an input that is too large to be one itself."""
    return hashlib.sha256(content).hexdigest()


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """`folder`, made by `make(working_folder)` if it is not there yet."""
    if folder.exists():
        return folder
    working = folder.with_name(folder.name + ".making")
    # Left by a run that was killed.
    shutil.rmtree(working, ignore_errors=True)
    working.mkdir(parents=True)
    began = time_ns() - _CLOCKS_DIFFER
    make(working)
    _to_disk(working, began)
    working.rename(folder)
    return folder


def _to_disk(folder: Path, since: int) -> None:
    """Force to the disk what was written `since`, in nanoseconds of the clock: a machine that loses power must not keep
    the name without the content. What is older, under another name, is there already."""
    written = [(file, file.stat()) for file in folder.rglob("*")]
    # A file of several names is one.
    files = {found.st_ino: file for file, found in written if S_ISREG(found.st_mode) and found.st_mtime_ns >= since}
    # Disks take many at once.
    with ThreadPoolExecutor(_AT_ONCE) as workers:
        for _ in workers.map(force_to_disk, files.values()):
            pass
