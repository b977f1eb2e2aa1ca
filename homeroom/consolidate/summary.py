"""How the last run went and what the record holds, in counts; and who is who. Read from the record's own tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
from rich.console import Console
from rich.table import Table

from homeroom.errors import CannotRun
from homeroom.record.opening import prepare
from homeroom.record.server import url_of
from homeroom.settings import Workspace

IDENTITY_COLUMNS = ("source", "kind", "source_id", "unique_id", "probability", "decided_by")

_RECORD = {
    "students": ("student",),
    "contacts": ("contact",),
    "staff": ("staff",),
    "schools": ("school",),
    "sections": ("section",),
    "enrollments": ("student_school_association",),
    "attendance_events": ("student_school_attendance_event", "student_section_attendance_event"),
    "grades": ("grade",),
}


def summary(workspace: Workspace) -> dict[str, Any]:
    """The summary as one JSON object. Raises CannotRun where no run was done yet."""
    with _record(workspace) as record:
        last = record.execute(
            "select id, started_at, finished_at from consolidation.run order by id desc limit 1"
        ).fetchone()
        if last is None:
            raise CannotRun("Nothing was consolidated in this workspace yet. Run: homeroom consolidate")
        run = last[0]
        sources = record.execute(
            "select source, landed, accepted, quarantined, failure from consolidation.source_count where run_id = %s"
            " order by source",
            [run],
        ).fetchall()
        quarantine = record.execute(
            "select source, rule, severity, count(*) from consolidation.quarantine where run_id = %s"
            " group by 1, 2, 3 order by 4 desc, 1, 2",
            [run],
        ).fetchall()
        steps = record.execute(
            "select name, rows, seconds from consolidation.run_step where run_id = %s order by position", [run]
        ).fetchall()
        states: dict[str, int] = dict(
            record.execute("select state, count(*) from consolidation.match group by state").fetchall()
        )
        counts = {name: sum(_count(record, table) for table in tables) for name, tables in _RECORD.items()}
    return {
        "district": workspace.settings().district,
        "run": {"number": run, "started_at": last[1].isoformat(), "finished_at": last[2].isoformat()},
        "sources": [
            {"name": name, "rows_landed": landed, "rows_accepted": accepted, "rows_quarantined": aside, "failure": why}
            for name, landed, accepted, aside, why in sources
        ],
        "record": counts,
        "matches": {"pairs_matched": states.get("merged", 0), "awaiting_review": states.get("review", 0)},
        "quarantine": [
            {"source": source, "rule": rule, "severity": severity, "count": count}
            for source, rule, severity, count in quarantine
        ],
        "steps": [{"name": name, "rows": rows, "seconds": round(seconds, 3)} for name, rows, seconds in steps],
    }


def identities(workspace: Workspace) -> Iterator[tuple[Any, ...]]:
    """Who is who, a row for each source's id, in the columns `IDENTITY_COLUMNS`."""
    with _record(workspace) as record:
        yield from record.execute(
            "select source, kind, source_id, unique_id, probability, decided_by from consolidation.identity"
            " order by 1, 2, 3"
        )


def print_summary(found: dict[str, Any]) -> None:
    """The summary as tables on the terminal, in the order in which a data manager asks."""
    console = Console()
    came = _table("What came in", "Source", "Rows landed", "Accepted", "In quarantine", "")
    for source in found["sources"]:
        counts = (source["rows_landed"], source["rows_accepted"], source["rows_quarantined"])
        came.add_row(source["name"], *(f"{count:,}" for count in counts), source["failure"] or "")
    holds = _table("What the record holds", "", "Rows")
    for name, count in found["record"].items():
        holds.add_row(name.replace("_", " ").capitalize(), f"{count:,}")
    matches = _table("Who is who", "", "Pairs")
    matches.add_row("Matched", f"{found['matches']['pairs_matched']:,}")
    matches.add_row("Waiting for a person", f"{found['matches']['awaiting_review']:,}")
    aside = _table("What was set aside, and why", "Source", "Rule", "What it cost", "Times")
    for problem in found["quarantine"]:
        cost = {"row": "the row", "value": "a value", "file": "the file"}.get(problem["severity"], "nothing")
        aside.add_row(problem["source"], problem["rule"], cost, f"{problem['count']:,}")
    for table in (came, holds, matches, aside):
        console.print(table)


def _record(workspace: Workspace) -> psycopg.Connection:
    url = url_of(workspace.postgres, workspace.settings().record_url)
    prepare(url)
    return psycopg.connect(url)


def _count(record: psycopg.Connection, table: str) -> int:
    row = record.execute(f"select count(*) from edfi.{table}").fetchone()
    return int(row[0]) if row else 0


def _table(title: str, *names: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for name in names:
        numbers = name in ("Rows landed", "Accepted", "In quarantine", "Rows", "Pairs", "Times")
        table.add_column(name, justify="right" if numbers else "left")
    return table
