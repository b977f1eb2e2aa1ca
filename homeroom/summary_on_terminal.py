"""The summary of a run as tables on the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

_REASONS = 4


def print_summary(found: dict[str, Any]) -> None:
    """The summary as tables on the terminal, in the order in which a data manager asks."""
    console = Console()
    holds = _table("What the record holds", "", "Rows")
    for name, count in found["record"].items():
        holds.add_row(name.replace("_", " ").capitalize(), f"{count:,}")
    if found.get("sandbox"):
        console.print(f"{found['district']} is a sandbox: all that it holds is made up.", markup=False, highlight=False)
        console.print(holds)
        return
    came = _table("What came in", "Source", "Rows landed", "Accepted", "In quarantine")
    for source in found["sources"]:
        counts = (source["rows_landed"], source["rows_accepted"], source["rows_quarantined"])
        came.add_row(source["name"], *(f"{count:,}" for count in counts))
    matches = _table("Who is who", "", "Pairs")
    matches.add_row("Matched", f"{found['matches']['pairs_matched']:,}")
    matches.add_row("Waiting for a person", f"{found['matches']['awaiting_review']:,}")
    console.print(came)
    for source in found["sources"]:
        if source["failure"]:
            console.print(f"{source['name']} could not be taken: {source['failure']}", markup=False, highlight=False)
    for one in found["held"]:
        console.print(_held(one), markup=False, highlight=False)
    for one in found["noted"]:
        for sentence in (*one["reasons"], *one["notes"]):
            console.print(f"Worth a look in {one['source']}: {sentence}", markup=False, highlight=False)
    for table in (holds, matches):
        console.print(table)
    if found["quarantine"]:
        console.print(_set_aside(found["quarantine"]))


def _held(one: dict[str, Any]) -> str:
    """A delivery that waits for a person, why, and what to do."""
    source = one["source"]
    if one["state"] != "held":
        return f"A held delivery of {source} was let pass: it comes in with the next run."
    return "\n".join(
        [
            f"A delivery of {source} is held, because it looks wrong; the record goes on with the one before:",
            *(f"  - {reason}" for reason in one["reasons"][:_REASONS]),
            *([f"  - and {len(one['reasons']) - _REASONS} more reasons"] if len(one["reasons"]) > _REASONS else []),
            f"If it is right as it is: homeroom deliveries pass {source}   All reasons: homeroom deliveries",
        ]
    )


def _set_aside(problems: list[dict[str, Any]]) -> Table:
    """What was set aside and why, in the words of the rules; what costs most stands first."""
    table = _table("What was set aside, and why", "Source", "Times", "What", "Why, and what to do")
    for problem in problems:
        words = (problem["sentence"] or problem["rule"]).replace("The {field}", "A value").replace("{field}", "a value")
        advice = problem["advice"] or ""
        why = words if advice and words.endswith(advice) else f"{words} {advice}".rstrip()
        if problem["severity"] == "file" and problem["count"] > 1:
            why += f" The same of {problem['count'] - 1:,} more."
        table.add_row(problem["source"], f"{problem['count']:,}", problem["severity"], Text(why))
    return table


def _table(title: str, *names: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for name in names:
        numbers = name in ("Rows landed", "Accepted", "In quarantine", "Rows", "Pairs", "Times")
        table.add_column(name, justify="right" if numbers else "left", no_wrap=numbers or name in ("Source", "What"))
    return table
