"""A command from start to end: its seconds, and the most memory that it and its children held at one time."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

_PAGE = os.sysconf("SC_PAGE_SIZE")
_EVERY_SECONDS = 0.05


@dataclass(frozen=True)
class Run:
    """One run of a command; `peak` in bytes, with pages that several processes share counted once for each."""

    seconds: float
    peak: int


def run(command: Sequence[str | Path], folder: Path) -> Run:
    """Run `command` in `folder` and wait for it. Raises CalledProcessError, with what it said last, where it fails."""
    start = perf_counter()
    with subprocess.Popen(  # noqa: S603 - the benchmark's own commands
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        peak = [0]
        watching = threading.Thread(target=_watch, args=(process, peak), daemon=True)
        watching.start()
        said = process.communicate()[0]
        seconds = perf_counter() - start
    watching.join()
    if process.returncode:
        failed = subprocess.CalledProcessError(process.returncode, command, said)
        failed.add_note(said[-4000:])
        raise failed
    return Run(seconds, peak[0])


def _watch(process: subprocess.Popen[str], peak: list[int]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_resident(number) for number in [process.pid, *children(process.pid)]))
        threading.Event().wait(_EVERY_SECONDS)


def children(number: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    found: list[int] = []
    for task in Path(f"/proc/{number}/task").glob("*/children"):
        try:
            direct = [int(word) for word in task.read_text().split()]
        except OSError:
            continue
        for child in direct:
            found += [child, *children(child)]
    return found


def _resident(number: int) -> int:
    try:
        return int(Path(f"/proc/{number}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
