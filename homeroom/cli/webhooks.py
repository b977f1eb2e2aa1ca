"""Notices to apps that something changed: `homeroom webhook`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record
from homeroom.settings import Workspace

webhook = typer.Typer(help="Notices to apps that something in their scope changed.", no_args_is_help=True)
app.add_typer(webhook, name="webhook")

Number = Annotated[int, typer.Argument(metavar="AGREEMENT", help="The agreement's number.")]


@webhook.command()
def secret(agreement: Number, workspace: WorkspaceOption = HERE) -> None:
    """The secret with which the app of an agreement knows that a notice is from this district."""
    from homeroom.access.webhooks.signing import secret_of, told_secret

    typer.echo(told_secret(secret_of(Workspace.open(workspace).webhook_key, agreement)))


@webhook.command("list")
def list_messages(agreement: Number, workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """What the app of an agreement was told, the newest first, and what became of it."""
    from homeroom.access.webhooks.kept import messages

    found = ask_record(workspace, "SEE_AGREEMENTS", lambda use: messages(use, agreement))
    if as_json:
        told = [{name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in one.items()}
                for one in found]  # fmt: skip
        typer.echo(json.dumps({"messages": told}))
        return
    for one in found:
        became = "taken" if one["delivered_at"] else "waits" if one["next_at"] else "nobody took it"
        answer = f", last answer {one['last_answer']}" if one["last_answer"] else ""
        typer.echo(
            f"{one['id']}  {one['made_at'].astimezone():%Y-%m-%d %H:%M}  {became}, attempts {one['attempts']}{answer}"
        )
    if not found:
        typer.echo("The app was told of nothing in the last 30 days.")


@webhook.command()
def replay(
    agreement: Number,
    message: Annotated[str, typer.Option(help="The id of one message; else all are meant.")] = "",
    since: Annotated[int, typer.Option(help="Only messages of change versions from this one on.")] = 0,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Send messages to the app of an agreement again."""
    from homeroom.access.webhooks.kept import replay as send_again

    found = ask_record(workspace, "DECIDE_AGREEMENTS", lambda use: send_again(use, agreement, message or None, since))
    typer.echo(f"{found:,} messages are sent again, as soon as homeroom serve runs.")
