"""The summary of a run as tables on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table


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


def _table(title: str, *names: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for name in names:
        numbers = name in ("Rows landed", "Accepted", "In quarantine", "Rows", "Pairs", "Times")
        table.add_column(name, justify="right" if numbers else "left")
    return table
