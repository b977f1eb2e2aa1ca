"""What each source delivered and what became of it; what is held, for whoever decides at a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record

deliveries = typer.Typer(help="What each source delivered and what became of it: let a held delivery pass, or refuse "
                         "it.", invoke_without_command=True)  # fmt: skip
app.add_typer(deliveries, name="deliveries")

Source = Annotated[str, typer.Argument(metavar="SOURCE", help="The source's name.")]
Id = Annotated[str, typer.Argument(metavar="[ID]", help="The delivery's id, or how it begins.", show_default=False)]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]


@deliveries.callback()
def list_deliveries(
    context: typer.Context,
    workspace: WorkspaceOption = HERE,
    source: Annotated[str | None, typer.Option("--source", help="Only this source.")] = None,
    as_json: JsonOption = False,
) -> None:
    """What each source delivered, the newest first, and what became of it."""
    if context.invoked_subcommand:
        return
    from homeroom.access.held_deliveries import State, delivered, told

    found = [each for each in ask_record(workspace, "SEE_SOURCES", delivered) if source in (None, each.source)]
    if as_json:
        typer.echo(json.dumps({"deliveries": [told(each) for each in found]}))
        return
    for each in found:
        typer.echo(
            f"{each.source:<16} {each.received_at.astimezone():%Y-%m-%d %H:%M}  {each.delivery_id[:12]}  {each.state}"
        )
        shown = each.reasons if each.state in (State.HELD, State.LET_PASS, State.REFUSED) else ()
        for reason in (*shown, *(each.notes if each.state is not State.REPLACED else ())):
            typer.echo(f"{'':<18}{'' if reason.holds else 'Worth a look: '}{reason.sentence}")
        if each.decided_by:
            typer.echo(f"{'':<18}Decided by {each.decided_by}, {each.decided_at:%Y-%m-%d}. {each.note}".rstrip())
    if not found:
        typer.echo("Nothing was delivered yet. Run: homeroom consolidate")


@deliveries.command("pass")
def let_pass(source: Source, delivery: Id = "", reason: ReasonOption = "", workspace: WorkspaceOption = HERE) -> None:
    """Let a held delivery pass: it comes in with the next run."""
    found = _decide(workspace, source, "pass", delivery, reason)
    typer.echo(f"The delivery {found.delivery_id[:12]} of {source} comes in with the next run: homeroom consolidate")


@deliveries.command()
def refuse(source: Source, delivery: Id = "", reason: ReasonOption = "", workspace: WorkspaceOption = HERE) -> None:
    """Refuse a held delivery: it is kept as it came and stays out of the record."""
    found = _decide(workspace, source, "refuse", delivery, reason)
    typer.echo(
        f"The delivery {found.delivery_id[:12]} of {source} stays out of the record. What {source} delivers next is "
        "compared with the one that was accepted last."
    )


def _decide(workspace: Path, source: str, decision: str, delivery: str, reason: str) -> Any:
    from homeroom.access.held_deliveries import decide

    return ask_record(workspace, "DECIDE_DELIVERIES", lambda use: decide(use, source, decision, delivery, reason))
