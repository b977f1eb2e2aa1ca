"""Families' decisions about optional apps, for whoever writes them down: `homeroom opt-out`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record

if TYPE_CHECKING:
    from homeroom.access.agreements.agreement import Agreement

opt_out = typer.Typer(help="Families' decisions about apps that are optional.", no_args_is_help=True)
app.add_typer(opt_out, name="opt-out")

StudentArgument = Annotated[str, typer.Argument(metavar="STUDENT", help="The student's id in the record.")]
Number = Annotated[int, typer.Argument(metavar="AGREEMENT", help="The agreement's number.")]
ByOption = Annotated[str, typer.Option("--by", help="Who decided, and who writes it down.")]
WhyOption = Annotated[str, typer.Option("--why", help="What they said, if anything.")]


@opt_out.command()
def add(
    student: StudentArgument, number: Number, by: ByOption, why: WhyOption = "", workspace: WorkspaceOption = HERE
) -> None:
    """A family wants an app to get nothing about its child: from now on it gets nothing."""
    terms = _decide(workspace, student, number, True, by, why).terms
    typer.echo(
        f"{terms.app} of {terms.provider} gets nothing about this student from now on. What it was given before it has "
        f"still: ask {terms.contact_name}, {terms.contact_email}, to delete it. To undo this: homeroom opt-out undo"
    )


@opt_out.command()
def undo(
    student: StudentArgument, number: Number, by: ByOption, why: WhyOption = "", workspace: WorkspaceOption = HERE
) -> None:
    """A family wants an app to know of its child again."""
    terms = _decide(workspace, student, number, False, by, why).terms
    typer.echo(f"{terms.app} of {terms.provider} gets what agreement {number} names about this student again.")


@opt_out.command("list")
def list_decisions(
    number: Annotated[int | None, typer.Option("--agreement", help="Only those about this agreement.")] = None,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Every student of whom something was decided, with what counts now. They are logged as shown."""
    from homeroom.access.opt_outs.kept import decisions

    found = ask_record(workspace, "DECIDE_OPT_OUTS", lambda use: decisions(use, number))
    if as_json:
        told = [{**vars(one), "at": one.at.isoformat()} for one in found]
        typer.echo(json.dumps({"decisions": told}))
        return
    for one in found:
        typer.echo(
            f"{one.student_unique_id}  {one.decision} of agreement {one.agreement}, "
            f"{one.at.astimezone():%Y-%m-%d %H:%M} by {one.by}. {one.why}".rstrip()
        )
    if not found:
        typer.echo("No family has decided anything about an optional app.")


def _decide(workspace: Path, student: str, number: int, out: bool, by: str, why: str) -> Agreement:
    from homeroom.access.opt_outs.kept import decide

    agreement: Agreement = ask_record(
        workspace, "DECIDE_OPT_OUTS", lambda use: decide(use, student, number, out, by, why)
    )
    return agreement
