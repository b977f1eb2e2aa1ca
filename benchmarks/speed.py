"""How fast a district's files become clean tables and the published record, beside earthmover on the same rows.

    python -m benchmarks.speed [--students 50000] [--runs 3]

Both turn the same OneRoster users, enrollments and demographics (with the small files they refer to) into Ed-Fi's
resources; rows are the rows of those three files. They run in turn, each as the command that its users call, from its
start to its end; of each figure the quickest run is shown, and ratios are of quickest runs. `homeroom consolidate`
begins with an empty workspace: making its PostgreSQL, starting and stopping it are in its seconds, and the server's
memory in its own. The steps up to cleaned tables are measured once more by themselves, without a server beside them.
earthmover comes from PyPI into an environment of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import duckdb

from benchmarks.measured import Run, installed, run
from homeroom.consolidate.database import literal
from homeroom.demo.maple_grove import make_maple_grove
from homeroom.settings import Workspace

EARTHMOVER = "0.4.10"
COUNTED = ("users", "enrollments", "demographics")
REFERRED_TO = ("orgs", "academicSessions", "courses", "classes")
ROOT = Path(__file__).parents[1]


def main(students: int, runs: int) -> None:
    earthmover = installed("earthmover", EARTHMOVER)
    with tempfile.TemporaryDirectory(prefix="homeroom-speed-") as name:
        folder = Path(name)
        make_maple_grove(folder / "maple-grove", students)
        delivered = folder / "delivered"
        rows = deliver(folder / "maple-grove" / "sis", delivered)
        print(f"{students:,} students: {rows:,} rows in {', '.join(COUNTED)}; {runs} runs in turn\n", flush=True)
        theirs, ours, seconds, cleaning = [], [], [], []
        for number in range(runs):
            theirs.append(run_earthmover(earthmover, delivered, folder / f"earthmover-{number}"))
            cleaning.append(run_to_cleaned(delivered, folder / f"cleaned-{number}"))
            run_of_ours, by_step = run_homeroom(delivered, folder / f"workspace-{number}")
            ours.append(run_of_ours)
            seconds.append(by_step)
        tell(rows, theirs, ours, seconds, cleaning)


def deliver(sis: Path, into: Path) -> int:
    """The bundle that both are given, in OneRoster 1.1, in which users tell their roles; gives the rows counted."""
    into.mkdir(parents=True)
    for name in (*COUNTED[1:], *REFERRED_TO):
        (into / f"{name}.csv").write_bytes((sis / f"{name}.csv").read_bytes())
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            copy (
                with role as (
                    select userSourcedId, arg_min(role, line) as role,
                        string_agg(distinct nullif(orgSourcedId, ''), ',') as orgSourcedIds
                    from (select *, row_number() over () as line from {_csv(sis / "roles.csv")}) group by 1),
                stated as (select *, row_number() over () as line from {_csv(sis / "users.csv")})
                select stated.* exclude (line, password), coalesce(orgSourcedIds, '') as orgSourcedIds, role
                from stated join role on role.userSourcedId = stated.sourcedId order by line
            ) to {literal(into / "users.csv")} (header, force_quote *)
            """
        )
        tables = [_csv(into / f"{name}.csv") for name in COUNTED]
        counted = [connection.execute(f"select count(*) from {table}").fetchone() for table in tables]
    return sum(row[0] for row in counted if row)


def _csv(path: Path) -> str:
    return f"read_csv({literal(path)}, header = true, all_varchar = true)"


def run_earthmover(command: Path, delivered: Path, into: Path) -> Run:
    config = ROOT / "benchmarks" / "earthmover"
    parameters = json.dumps({"INPUT": str(delivered), "OUTPUT": str(into)})
    return run([command, "run", "-c", config / "earthmover.yaml", "-f", "-k", "-p", parameters], config)


def run_to_cleaned(delivered: Path, folder: Path) -> dict[str, float]:
    """The seconds of landing, reading, mapping, cleaning and checking in a new workspace."""
    seconds: dict[str, float] = json.loads(
        run([sys.executable, "-m", "benchmarks.cleaning", delivered, folder], ROOT).printed
    )
    return seconds


def run_homeroom(delivered: Path, folder: Path) -> tuple[Run, dict[str, float]]:
    """One `homeroom consolidate` in a new workspace, and the seconds of each of its steps."""
    workspace = Workspace.create(folder, "Maple Grove")
    workspace.add_source("sis", "oneroster-csv", delivered, ("oneroster-csv",))
    command = [sys.executable, "-m", "homeroom.cli", "consolidate", "--json", "--workspace", folder]
    measured = run(command, ROOT, workspace.postgres)
    return measured, {step["name"]: step["seconds"] for step in json.loads(measured.printed)["steps"]}


def tell(
    rows: int,
    theirs: list[Run],
    ours: list[Run],
    seconds: list[dict[str, float]],
    cleaning: list[dict[str, float]],
) -> None:
    """The table: each step's quickest run, then both wholes and their ratios."""
    for steps in (cleaning, seconds):
        for step in steps[0]:
            _line(step, rows, min(run[step] for run in steps))
        print()
    earthmover = min(run.seconds for run in theirs)
    cleaned = min(sum(run.values()) for run in cleaning)
    published = min(run.seconds for run in ours)
    _line("earthmover", rows, earthmover, peak=max(run.peak for run in theirs))
    _line("Homeroom, to cleaned and checked", rows, cleaned, earthmover)
    _line("Homeroom, to the published record", rows, published, earthmover, max(run.peak for run in ours))


def _line(name: str, rows: int, seconds: float, against: float | None = None, peak: int | None = None) -> None:
    ratio = f"{against / seconds:6.1f} x earthmover" if against else ""
    memory = f"  {peak / (1 << 20):,.0f} MB at most" if peak else ""
    print(f"{name:<36}{rows:>10,} rows {seconds:>8.2f} s {rows / seconds:>12,.0f} rows/s {ratio}{memory}", flush=True)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="How fast files become the record, beside earthmover.")
    asked.add_argument("--students", type=int, default=50_000)
    asked.add_argument("--runs", type=int, default=3)
    chosen = asked.parse_args()
    main(chosen.students, chosen.runs)
