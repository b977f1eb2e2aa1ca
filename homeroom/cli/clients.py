"""The keys with which apps are let in under an agreement: `homeroom client`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record
from homeroom.errors import WrongUse
from homeroom.settings import Workspace

if TYPE_CHECKING:
    from homeroom.access.agreements.keys import Key

client = typer.Typer(help="The keys with which apps are let in, each under an agreement.", no_args_is_help=True)
app.add_typer(client, name="client")

Number = Annotated[int | None, typer.Argument(metavar="AGREEMENT", help="The agreement's number.")]
ByOption = Annotated[str, typer.Option("--by", help="Who does it: your name.")]
HERE_WORKS = "whoever works at the district's own machine"


@client.command()
def add(
    number: Number = None,
    claim_set: Annotated[
        str, typer.Option("--claim-set", help='In a sandbox, instead of an agreement: such as "SIS Vendor".')
    ] = "",
    organizations: Annotated[
        list[int] | None,
        typer.Option("--education-organization", help="With --claim-set: for which, with all below it; once for each."),
    ] = None,
    namespaces: Annotated[
        list[str] | None, typer.Option("--namespace", help="With --claim-set: one of the app's own; once for each.")
    ] = None,
    by: ByOption = HERE_WORKS,
    address: Annotated[
        str, typer.Option("--address", help="Where the app finds the interface; else what homeroom.toml says.")
    ] = "",
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Give a key and its secret, which is shown this once."""
    from homeroom.access.agreements.keys import add_client
    from homeroom.access.sandbox.clients import add_sandbox_client

    async def give(use: Any) -> Any:
        if claim_set:
            return await add_sandbox_client(use, claim_set, organizations or [], namespaces or [], by)
        return await add_client(use, number or 0, by)

    if bool(claim_set) == (number is not None) or (not claim_set and (organizations or namespaces)):
        raise WrongUse(
            "Name the agreement: homeroom client add AGREEMENT. In a sandbox name a claim set instead: "
            '--claim-set "SIS Vendor" --education-organization 255901 --namespace uri://ed-fi.org'
        )
    base = (address or Workspace.open(workspace).settings().api_address).rstrip("/")
    given = ask_record(workspace, "GIVE_KEYS", give)
    tell_key(given, base, f"{base}/oauth/token", as_json, "Give it to the provider in a way that nobody else can read.")


def tell_key(given: Key, base: str, token: str, as_json: bool, advice: str) -> None:
    """Print a key and its secret, and the addresses at which they are good."""
    told = {"key": given.key, "secret": given.secret, "base_url": base, "token_url": token}
    if as_json:
        typer.echo(json.dumps(told))
        return
    for name, value in told.items():
        typer.echo(f"{name.replace('_', ' '):<10} {value}")
    typer.echo(f"The secret is shown this once. {advice}")


@client.command()
def remove(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key.")],
    by: ByOption = HERE_WORKS,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Let a key open nothing any more, at once."""
    from homeroom.access.agreements.keys import remove_client

    ask_record(workspace, "GIVE_KEYS", lambda use: remove_client(use, key, by))
    typer.echo("The key and its tokens open nothing from now on.")


@client.command()
def reinstate(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key.")],
    by: ByOption,
    because: Annotated[str, typer.Option("--because", help="Why it may go on.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Let a key that passed its budget of students open again."""
    from homeroom.access.agreements.keys import reinstate_client

    ask_record(workspace, "GIVE_KEYS", lambda use: reinstate_client(use, key, by, because))
    typer.echo("The key opens again. The app asks for a new token.")


@client.command("list")
def list_clients(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """All keys that were given, the newest first; no secret is told again."""
    from homeroom.access.agreements.keys import clients

    found = ask_record(workspace, "SEE_AGREEMENTS", clients)
    if as_json:
        told = [{name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in one.items()}
                for one in found]  # fmt: skip
        typer.echo(json.dumps({"clients": told}))
        return
    for one in found:
        gone = (
            f", removed {one['removed_at'].astimezone():%Y-%m-%d} by {one['removed_by']}" if one["removed_at"] else ""
        )
        typer.echo(
            f"{one['key']}  under agreement {one['agreement']}, given {one['added_at'].astimezone():%Y-%m-%d} by "
            f"{one['added_by']}{gone}"
        )
        if not one["enabled"] and not gone:
            typer.echo("    turned off over the Admin API")
        if one["suspended_at"] and not gone:
            typer.echo(f"    suspended on {one['suspended_at'].astimezone():%Y-%m-%d %H:%M}: {one['suspended_why']}")
            typer.echo(
                f"    Look at what was asked for, and: homeroom client reinstate {one['key']} --by NAME --because WHY"
            )
    if not found:
        typer.echo("No key was given yet. Give one: homeroom client add AGREEMENT")
