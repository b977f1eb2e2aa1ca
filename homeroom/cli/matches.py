"""Who is one person, for whoever decides at a terminal: `homeroom matches`."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record, new_private_file
from homeroom.errors import WrongUse

matches = typer.Typer(help="Pairs that may be one person: decide, undo, and estimate how good linking is.",
                      no_args_is_help=True)  # fmt: skip
app.add_typer(matches, name="matches")

Source = Annotated[str, typer.Argument(metavar="SOURCE", help="The source of the one row.")]
SourceId = Annotated[str, typer.Argument(metavar="ID", help="The row's id in its source.")]
OtherSource = Annotated[str, typer.Argument(metavar="OTHER-SOURCE", help="The source of the other row.")]
OtherId = Annotated[str, typer.Argument(metavar="OTHER-ID", help="The other row's id.")]
KindOption = Annotated[str, typer.Option("--kind", help="Student, Staff, Contact or EducationOrganization.")]
NoteOption = Annotated[str, typer.Option("--note", help="Why.")]
NEXT = "It takes effect in the next run: homeroom consolidate"


@matches.command("list")
def list_pairs(
    workspace: WorkspaceOption = HERE,
    kind: Annotated[str | None, typer.Option("--kind", help="Only this kind, such as Student.")] = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV.")] = False,
) -> None:
    """The pairs that wait for a person, the worst doubt first. No names are told: look at them on the pages."""
    from homeroom.access.matches import awaiting_review

    found = ask_record(workspace, "SEE_MATCHES", lambda use: awaiting_review(use, kind=kind, most=1_000))
    rows = [
        {
            "kind": pair.kind,
            "probability": round(pair.probability, 4),
            "left_source": pair.left.source,
            "left_id": pair.left.source_id,
            "right_source": pair.right.source,
            "right_id": pair.right.source_id,
            "weight": None if pair.total is None else round(pair.total, 2),
            "postponed_until": pair.postponed_until.date().isoformat() if pair.postponed_until else None,
        }
        for pair in found.pairs
    ]
    if as_json:
        typer.echo(json.dumps({"total": found.total, "pairs": rows}))
    elif as_csv:
        names = ("kind", "probability", "left_source", "left_id", "right_source", "right_id", "weight",
                 "postponed_until")  # fmt: skip
        writer = csv.DictWriter(sys.stdout, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        for row in rows:
            typer.echo(
                f"{row['kind']}: {row['left_source']} {row['left_id']} and {row['right_source']} {row['right_id']},"
                f" {row['probability']:.0%}"
            )
        typer.echo(
            f"{found.total} wait. Decide on the pages (homeroom serve) or with: homeroom matches join|apart|later"
        )


@matches.command()
def join(
    source: Source,
    source_id: SourceId,
    other_source: OtherSource,
    other_id: OtherId,
    kind: KindOption = "Student",
    note: NoteOption = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Decide that two rows are one person."""
    _decide(workspace, kind, (source, source_id), (other_source, other_id), "together", note)


@matches.command()
def apart(
    source: Source,
    source_id: SourceId,
    other_source: OtherSource,
    other_id: OtherId,
    kind: KindOption = "Student",
    note: NoteOption = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Decide that two rows are two persons, also where they were joined without asking."""
    _decide(workspace, kind, (source, source_id), (other_source, other_id), "apart", note)


@matches.command()
def later(
    source: Source,
    source_id: SourceId,
    other_source: OtherSource,
    other_id: OtherId,
    kind: KindOption = "Student",
    note: NoteOption = "",
    days: Annotated[int, typer.Option("--days", min=1, max=3650, help="For how many days.")] = 14,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Put a pair behind the others."""
    _decide(workspace, kind, (source, source_id), (other_source, other_id), "later", note, days)


@matches.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The decision's number.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Undo a decision: both persons have again the ids that they had before."""
    from homeroom.access.match_decisions import undo

    ask_record(workspace, "DECIDE_MATCHES", lambda use: undo(use, number))
    typer.echo(f"Decision {number} is undone. {NEXT}")


@matches.command()
def decisions(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """What was decided, the newest first, and whether it holds."""
    from homeroom.access.match_decisions import decisions

    taken = ask_record(workspace, "SEE_MATCHES", decisions)
    if as_json:
        told = [
            {"number": one.number, "kind": one.kind, "left_source": one.left[0], "left_id": one.left[1],
             "right_source": one.right[0], "right_id": one.right[1], "decision": one.decision,
             "decided_by": one.decided_by, "decided_at": one.decided_at.isoformat(), "state": one.state}
            for one in taken
        ]  # fmt: skip
        typer.echo(json.dumps({"decisions": told}))
        return
    for one in taken:
        typer.echo(
            f"{one.number}  {one.decided_at:%Y-%m-%d %H:%M}  {one.kind}: {' '.join(one.left)} and"
            f" {' '.join(one.right)}: {one.decision}, {one.state}"
        )
    if not taken:
        typer.echo("Nobody decided anything yet.")


@matches.command()
def sample(
    out: Annotated[Path, typer.Option("--out", help="The CSV file to write; it holds names, so keep it safe.")],
    size: Annotated[int, typer.Option("--size", min=10, max=100_000, help="How many pairs.")] = 200,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same pairs.")] = 1,
    kind: KindOption = "Student",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Draw pairs for a person to label, joined ones and others, in bands of their probability."""
    from homeroom.access.match_sample import COLUMNS, sample

    if out.exists():
        raise WrongUse(f"{out} is there already, maybe with labels in it. Name another file.")
    drawn = ask_record(workspace, "SEE_MATCHES", lambda use: sample(use, size, seed, kind))
    if not drawn.rows:
        raise WrongUse("There is no pair to draw from. Run homeroom consolidate with two sources first.")
    with new_private_file(out) as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(drawn.rows)
    typer.echo(
        f"{len(drawn.rows)} pairs are in {out}. Write same, different or can't tell in the column label, and run: "
        f"homeroom matches evaluate {out}"
    )


@matches.command()
def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The sample with its labels.")],
    as_json: JsonOption = False,
) -> None:
    """Estimate from a labelled sample how many joined pairs are right, and how many of the true ones are joined."""
    from homeroom.access.match_estimates import estimate
    from homeroom.labelled_sample import in_words, read_labels

    bands, unlabelled = read_labels(file)
    found = estimate(bands)
    if as_json:
        both = {"precision": found.precision, "recall": found.recall}
        told: dict[str, Any] = {name: vars(one) for name, one in both.items()}
        told["from"] = {f"{edge:g}": {"precision": vars(p), "recall": vars(r)} for edge, (p, r) in found.at.items()}
        typer.echo(json.dumps(told | {"labels": sum(b.same + b.different for b in bands), "unlabelled": unlabelled}))
    else:
        typer.echo(in_words(bands, unlabelled, found))


def _decide(
    workspace: Path, kind: str, one: tuple[str, str], other: tuple[str, str], decision: str, note: str, days: int = 14
) -> None:
    from homeroom.access.match_decisions import decide

    number = ask_record(workspace, "DECIDE_MATCHES", lambda use: decide(use, kind, one, other, decision, note, days))
    typer.echo(f"Decision {number} is noted." + ("" if decision == "later" else f" {NEXT}"))
