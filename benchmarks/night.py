"""What a night costs: the first run of Maple Grove's three systems, and the next one after 1 % of the rows changed.

Three more runs follow the first: one on the same files, one after the systems that export every night (the student
information system and the assessment vendor) changed 1 % of the rows of each file, and one after all three did.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks.measured import Run, run
from homeroom.consolidate.source_kinds import SOURCE_KINDS
from homeroom.jobs.demo_workspace import make_demo_workspace
from homeroom.progress import TerminalProgress

ROOT = Path(__file__).resolve().parents[1]
# Of each file one row in so many changes.
ONE_IN = 100
# What becomes of a row that changes; `{n}` is the number of the night. Of the other files no row changes in a year.
CHANGES = {
    "users": "phone = '701555' || right('0000' || (hash(sourcedId || {n}) % 10000)::varchar, 4)",
    "demographics": "sex = case sex when 'female' then 'male' else 'female' end",
    "enrollments": "endDate = (date '2026-02-01' + {n})::varchar",
    "results": "score = (40 + hash(sourcedId || {n}) % 60)::varchar",
    "roles": "endDate = (date '2026-02-01' + {n})::varchar",
    "classes": "location = 'Room ' || (hash(sourcedId || {n}) % 300)::varchar",
    "lineItems": "title = title || ' {n}'",
}
# A row of an interchange file that changes, and into what.
XML_CHANGES = {
    "StudentAttendance": (rb"AttendanceEventCategoryDescriptor#[^<]*<", b"AttendanceEventCategoryDescriptor#Tardy<"),
    "StudentGrade": (rb"<NumericGradeEarned>\d+<", b"<NumericGradeEarned>%d<"),
    "Contact": (rb"<TelephoneNumber>[^<]*<", b"<TelephoneNumber>(701) 555-01%d<"),
}


def main(students: int, steps: bool) -> None:
    with tempfile.TemporaryDirectory(prefix="homeroom-night-") as name:
        folder = Path(name) / "workspace"
        workspace = make_demo_workspace(folder, students, tuple(SOURCE_KINDS), TerminalProgress(quiet=True))
        print(f"Maple Grove, {students:,} students, three sources", flush=True)
        full = _consolidate(folder, workspace.postgres)
        _tell("the first run", full, full, steps)
        _tell("the same files again", _consolidate(folder, workspace.postgres), full, steps)
        for night, systems in enumerate((("sis", "assessments"), ("sis", "assessments", "warehouse")), start=1):
            changed = sum(_change(folder / "systems" / system, night) for system in systems)
            measured = _consolidate(folder, workspace.postgres)
            _tell(f"1 % of {' and '.join(systems)}: {changed:,} rows", measured, full, steps)


def _consolidate(folder: Path, postgres: Path) -> Run:
    command = [sys.executable, "-m", "homeroom.cli", "consolidate", "--json", "--workspace", folder]
    return run(command, ROOT, postgres)


def _change(system: Path, night: int) -> int:
    return sum(_change_csv(file, night) for file in _csv(system)) + sum(_change_xml(f, night) for f in _xml(system))


def _csv(system: Path) -> Iterator[Path]:
    return (file for file in sorted(system.glob("*.csv")) if file.stem in CHANGES)


def _xml(system: Path) -> Iterator[Path]:
    return (file for file in sorted(system.rglob("*.xml")) if file.stem in XML_CHANGES)


def _change_csv(file: Path, night: int) -> int:
    column, value = CHANGES[file.stem].format(n=night).split(" = ", 1)
    turn = f"hash(sourcedId) % {ONE_IN} = {night}"
    with duckdb.connect() as connection:
        connection.execute(f"create table was as from read_csv('{file}', all_varchar = true, parallel = false)")
        (changed,) = connection.execute(f"select count(*) from was where {turn}").fetchone() or (0,)
        connection.execute(
            f"copy (select * replace (case when {turn} then {value} else {column} end as {column}) from was)"
            f" to '{file}' (format csv, force_quote *)"
        )
    return int(changed)


def _change_xml(file: Path, night: int) -> int:
    pattern, value = XML_CHANGES[file.stem]
    seen = changed = 0

    def change(found: re.Match[bytes]) -> bytes:
        nonlocal seen, changed
        seen += 1
        if seen % ONE_IN:
            return found.group()
        changed += 1
        return value.replace(b"%d", str(60 + night).encode())

    file.write_bytes(re.sub(pattern, change, file.read_bytes()))
    return changed


def _tell(name: str, measured: Run, full: Run, steps: bool) -> None:
    print(
        f"{name:<60}{measured.seconds:>8.1f} s {measured.seconds / full.seconds:>7.1%}"
        f"  {measured.peak / (1 << 20):,.0f} MB at most",
        flush=True,
    )
    if steps:
        for step in json.loads(measured.printed)["steps"]:
            print(f"    {step['name']:<40}{step['rows'] or '':>12}{step['seconds']:>8.1f} s", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=50_000)
    parser.add_argument("--steps", action="store_true", help="tell the seconds of each step")
    arguments = parser.parse_args()
    main(arguments.students, arguments.steps)
