"""A command from start to end: its seconds, and the most memory that it and its children held at one time; and the
programs beside which it is measured."""

from __future__ import annotations

import os
import subprocess
import threading
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

# Asking for the memory of a process keeps it waiting.
_EVERY_SECONDS = 0.5


@dataclass(frozen=True)
class Run:
    """One run of a command: what it printed, and its `peak` in bytes, with shared pages split among who shares them."""

    seconds: float
    peak: int
    printed: str


def run(command: Sequence[str | Path], folder: Path, postgres: Path | None = None) -> Run:
    """Run `command` in `folder` and wait for it. Raises CalledProcessError, with what it said last, where it fails.

    `postgres`: the folder of a server that the command may start, whose processes count as well.
    """
    start = perf_counter()
    with subprocess.Popen(  # noqa: S603 - the benchmark's own commands
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        peak = [0]
        watching = threading.Thread(target=_watch, args=(process, postgres, peak), daemon=True)
        watching.start()
        printed, complaints = process.communicate()
        seconds = perf_counter() - start
    watching.join()
    if process.returncode:
        failed = subprocess.CalledProcessError(process.returncode, command, printed, complaints)
        failed.add_note((printed + complaints)[-4000:])
        raise failed
    return Run(seconds, peak[0], printed)


def installed(program: str, version: str) -> Path:
    """The command of a program of PyPI, in an environment of its own, installed where it is not there yet."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = cache / "homeroom-benchmarks" / f"{program}-{version}"
    command = place / "bin" / program
    if not command.exists():
        print(f"Installing {program} {version} into {place} (once) ...", flush=True)
        venv.create(place, with_pip=True, clear=True)
        run([place / "bin" / "pip", "install", "--quiet", f"{program}=={version}"], place)
    return command


def _watch(process: subprocess.Popen[str], postgres: Path | None, peak: list[int]) -> None:
    while process.poll() is None:
        every = [process.pid, *_children(process.pid), *_server(postgres)]
        peak[0] = max(peak[0], sum(_resident(number) for number in every))
        threading.Event().wait(_EVERY_SECONDS)


def _server(postgres: Path | None) -> list[int]:
    """The processes of a server: it stands beside the command that started it, not below."""
    try:
        number = int((postgres / "postmaster.pid").read_text().split()[0]) if postgres else 0
    except (OSError, ValueError, IndexError):
        return []
    return [number, *_children(number)] if number else []


def _children(number: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    found: list[int] = []
    for task in Path(f"/proc/{number}/task").glob("*/children"):
        try:
            direct = [int(word) for word in task.read_text().split()]
        except OSError:
            continue
        for child in direct:
            found += [child, *_children(child)]
    return found


def _resident(number: int) -> int:
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0
