"""Data-use agreements with the providers of apps, for whoever asks, approves and ends them: `homeroom agreement`."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record

if TYPE_CHECKING:
    from homeroom.access.agreements.agreement import Agreement

agreement = typer.Typer(help="Data-use agreements: what an app may have of which students, what for and until when.",
                        no_args_is_help=True)  # fmt: skip
app.add_typer(agreement, name="agreement")

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="The agreement's number.")]
ByOption = Annotated[str, typer.Option("--by", help="Who does it: your name.")]
WhyOption = Annotated[str, typer.Option("--why", help="Why.")]


@agreement.command()
def ask(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="What is asked for.")],
    by: ByOption,
    why: WhyOption = "",
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Ask for an agreement. Somebody else has to approve it."""
    from homeroom.access.agreements.file import read_file
    from homeroom.access.agreements.kept import ask

    terms = read_file(file)
    asked = ask_record(workspace, "DECIDE_AGREEMENTS", lambda use: ask(use, terms, by, why))
    if as_json:
        typer.echo(json.dumps(_told(asked)))
    else:
        typer.echo(
            f"Agreement {asked.number} with {asked.terms.provider} is asked for. Next, by somebody else: "
            f"homeroom agreement approve {asked.number} --by NAME"
        )


@agreement.command()
def approve(
    number: Number,
    by: ByOption,
    why: WhyOption = "",
    widen_budget: Annotated[
        bool, typer.Option("--widen-budget", help="Its own budget may be more students than it implies.")
    ] = False,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Approve an agreement that somebody else asked for."""
    _change(workspace, number, "APPROVED", by, why, widen_budget)
    typer.echo(f"Agreement {number} is approved. Next: homeroom agreement activate {number} --by NAME")


@agreement.command()
def activate(number: Number, by: ByOption, why: WhyOption = "", workspace: WorkspaceOption = HERE) -> None:
    """Let an approved or suspended agreement hold, from its first day to its last."""
    changed = _change(workspace, number, "ACTIVE", by, why)
    terms = changed.terms
    typer.echo(f"Agreement {number} is active, from {terms.begin} to {terms.end}. Next: homeroom client add {number}")


@agreement.command()
def suspend(number: Number, by: ByOption, why: WhyOption = "", workspace: WorkspaceOption = HERE) -> None:
    """Tell the app nothing more, at once, until the agreement is activated again."""
    _change(workspace, number, "SUSPENDED", by, why)
    typer.echo(f"Agreement {number} is suspended: its keys open nothing from now on.")


@agreement.command()
def end(number: Number, by: ByOption, why: WhyOption = "", workspace: WorkspaceOption = HERE) -> None:
    """End an agreement for good; one that was only asked for is refused so."""
    changed = _change(workspace, number, "ENDED", by, why)
    typer.echo(
        f"Agreement {number} has ended: its keys open nothing from now on. The provider's data is to be "
        f"{changed.terms.at_the_end}; ask {changed.terms.contact_name} to confirm it."
    )


@agreement.command("list")
def list_agreements(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """All agreements, the newest first."""
    from homeroom.access.agreements.kept import agreements

    found = ask_record(workspace, "SEE_AGREEMENTS", agreements)
    if as_json:
        typer.echo(json.dumps({"agreements": [_told(one) for one in found]}))
        return
    for one in found:
        typer.echo(
            f"{one.number}  {one.state}{_not_now(one)}  {one.terms.app} of {one.terms.provider}, for "
            f"{', '.join(one.terms.purposes)}, {one.terms.begin} to {one.terms.end}"
        )
    if not found:
        typer.echo("There is no agreement yet. Ask for one: homeroom agreement ask FILE.toml --by NAME")


@agreement.command()
def show(number: Number, workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """One agreement: its terms, and who took which step when and why."""
    from homeroom.access.agreements.file import told
    from homeroom.access.agreements.kept import agreement as kept

    found = ask_record(workspace, "SEE_AGREEMENTS", lambda use: kept(use, number))
    if as_json:
        typer.echo(json.dumps(_told(found)))
        return
    typer.echo(f"Agreement {number}: {found.state}{_not_now(found)}")
    for name, value in told(found.terms).items():
        typer.echo(f"  {name.replace('_', ' ')}: {_words(value) or 'none'}")
    for step in found.changes:
        typer.echo(f"  {step.at.astimezone():%Y-%m-%d %H:%M}  {step.state}, by {step.by}. {step.why}".rstrip())


@agreement.command()
def writes(
    number: Number,
    most: Annotated[int, typer.Option("--most", min=1, help="How many, the newest first.")] = 50,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """What apps of the agreement wrote into the record: which row, what was done and when."""
    from homeroom.access.agreements.kept import agreement as kept
    from homeroom.access.resources.written_rows import written_rows

    async def asked(use: Any) -> Any:
        await kept(use, number)
        return await written_rows(use, number, most)

    found = ask_record(workspace, "SEE_AGREEMENTS", asked)
    if as_json:
        typer.echo(json.dumps({"writes": [{**one, "at": one["at"].isoformat()} for one in found]}))
        return
    for one in found:
        at = f"{one['at'].astimezone():%Y-%m-%d %H:%M:%S}"
        typer.echo(f"{at}  {one['what']:<11}  {one['resource']} {one['id']}, with key {one['client']}")
    if not found:
        typer.echo(f"Nothing was written under agreement {number}.")


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_words(inside)}" for name, inside in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _not_now(found: Agreement) -> str:
    """What is to be said beside the state of an agreement that is active and yet not in force."""
    return "" if found.state != "active" or found.in_force(date.today()) else " (not on this day)"


def _told(found: Agreement) -> dict[str, Any]:
    from homeroom.access.agreements.file import told

    return {
        "agreement": found.number,
        "state": str(found.state),
        "in_force": found.in_force(date.today()),
        "terms": told(found.terms),
        "changes": [
            {"state": str(step.state), "by": step.by, "at": step.at.isoformat(), "why": step.why}
            for step in found.changes
        ],
    }


def _change(workspace: Path, number: int, state: str, by: str, why: str, widen_budget: bool = False) -> Agreement:
    from homeroom.access.agreements.kept import change
    from homeroom.access.agreements.states import State

    return ask_record(
        workspace, "DECIDE_AGREEMENTS", lambda use: change(use, number, State[state], by, why, widen_budget)
    )
