"""Programs that use the Admin API in the name of a data manager: `homeroom administrator`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record
from homeroom.cli.clients import tell_key
from homeroom.settings import Workspace

administrator = typer.Typer(
    help="Programs that look after apps over the Admin API, each in the name of a data manager.", no_args_is_help=True
)
app.add_typer(administrator, name="administrator")

ByOption = Annotated[str, typer.Option("--by", help="Who does it: your name.")]


@administrator.command()
def add(
    by: ByOption,
    account: Annotated[
        int | None, typer.Option("--account", help="Whose work it does: a data manager's account. Not in a sandbox.")
    ] = None,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Give a program a credential, whose secret is shown this once."""
    from homeroom.access.administration.administrators import add_administrator

    base = f"{Workspace.open(workspace).settings().api_address.rstrip('/')}/admin"
    given = ask_record(workspace, "LOOK_AFTER_ACCOUNTS", lambda use: add_administrator(use, account, by))
    advice = "What the program does with it is told as the work of that person."
    tell_key(given, base, f"{base}/connect/token", as_json, advice)


@administrator.command()
def remove(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The credential's key.")],
    by: ByOption,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Let a credential open nothing any more, at once."""
    from homeroom.access.administration.administrators import remove_administrator

    ask_record(workspace, "LOOK_AFTER_ACCOUNTS", lambda use: remove_administrator(use, key, by))
    typer.echo("The credential and its tokens open nothing from now on.")


@administrator.command("list")
def list_administrators(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """All credentials that were given, the newest first; no secret is told again."""
    from homeroom.access.administration.administrators import administrators

    found = ask_record(workspace, "LOOK_AFTER_ACCOUNTS", administrators)
    if as_json:
        told = [{name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in one.items()
                 if name != "secret_sha256"} for one in found]  # fmt: skip
        typer.echo(json.dumps({"administrators": told}))
        return
    for one in found:
        whose = f"{one['name']}, account {one['account']}" if one["account"] else "whoever tries the sandbox out"
        if one["removed_at"]:
            gone = f", removed {one['removed_at'].astimezone():%Y-%m-%d} by {one['removed_by']}"
        else:
            gone = "" if one["lets_in"] else ", lets nobody in: the account is no data manager's now"
        given = f"given {one['added_at'].astimezone():%Y-%m-%d} by {one['added_by']}"
        typer.echo(f"{one['key']}  for {whose}, {given}{gone}")
    if not found:
        typer.echo("No credential was given yet. Give one: homeroom administrator add --account NUMBER --by NAME")


@administrator.command()
def changes(
    most: Annotated[int, typer.Option("--most", min=1, help="How many, the newest first.")] = 50,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """What was changed over the Admin API: by whom, with which credential, and when."""
    from homeroom.access.administration.changes import changes

    found = ask_record(workspace, "SEE_AGREEMENTS", lambda use: changes(use, most))
    if as_json:
        typer.echo(json.dumps({"changes": [{**one, "at": one["at"].isoformat()} for one in found]}))
        return
    for one in found:
        typer.echo(
            f"{one['at'].astimezone():%Y-%m-%d %H:%M:%S}  {one['what']}, by {one['by']} ({one['administrator']})"
        )
    if not found:
        typer.echo("Nothing was changed over the Admin API.")
