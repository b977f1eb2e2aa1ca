"""How the cost of a run grows with the district: Maple Grove's three systems, from files to record, at several sizes.

Beside each size the seconds by step, the most memory that the command and its PostgreSQL held, and how its seconds grew
beside n log n since the size before. The warehouse knows of one school year: that of a million students would be 67 GB
of XML otherwise.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from pathlib import Path

from benchmarks.measured import Run, run
from homeroom.consolidate.source_kinds import SOURCE_KINDS
from homeroom.jobs.demo_workspace import make_demo_workspace
from homeroom.progress import TerminalProgress

ROOT = Path(__file__).resolve().parents[1]
SIZES = (10_000, 100_000)


def main(sizes: list[int], place: Path | None) -> None:
    before: tuple[int, Run] | None = None
    for students in sorted(sizes):
        with tempfile.TemporaryDirectory(prefix="homeroom-growth-", dir=place) as name:
            measured = _measure(Path(name) / "workspace", students)
        _tell(students, measured, before)
        before = students, measured


def _measure(folder: Path, students: int) -> Run:
    workspace = make_demo_workspace(folder, students, tuple(SOURCE_KINDS), TerminalProgress(quiet=True), 1)
    command = [sys.executable, "-m", "homeroom.cli", "consolidate", "--json", "--workspace", folder]
    return run(command, ROOT, workspace.postgres)


def _tell(students: int, measured: Run, before: tuple[int, Run] | None) -> None:
    print(f"{students:,} students: {measured.seconds:,.1f} s, {measured.peak / (1 << 20):,.0f} MB at most", flush=True)
    for step in json.loads(measured.printed)["steps"]:
        print(f"    {step['name']:<40}{step['rows'] or '':>12}{step['seconds']:>10.1f} s", flush=True)
    if before:
        fewer, then = before
        allowed = students * math.log(students) / (fewer * math.log(fewer))
        print(f"    {measured.seconds / then.seconds:.1f} times as long as {fewer:,}; n log n is {allowed:.1f} times")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, nargs="+", default=SIZES, help="1000000 takes about 60 GB of the disk")
    parser.add_argument("--folder", type=Path, help="where to make the districts; the temporary folder by default")
    arguments = parser.parse_args()
    main(arguments.students, arguments.folder)
