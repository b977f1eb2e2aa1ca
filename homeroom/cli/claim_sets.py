"""Claim sets, the standard's and a district's own: `homeroom claim-set`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record

if TYPE_CHECKING:
    from homeroom.access.door import Use

claim_set = typer.Typer(help="Claim sets: what of an agreement each comes to, and what for.", no_args_is_help=True)
app.add_typer(claim_set, name="claim-set")


@claim_set.command("list")
def list_claim_sets(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """All claim sets, with what agreements after them are for, and the applications that have them."""
    from homeroom.access.administration.claim_sets import all_claim_sets

    found = ask_record(workspace, "SEE_AGREEMENTS", all_claim_sets)
    told = [
        {"claim_set": one.name, "purposes": list(map(str, one.claim_set.purposes)), "standard": one.reserved,
         "applications": list(one.applications)}
        for one in found
    ]  # fmt: skip
    if as_json:
        typer.echo(json.dumps({"claim_sets": told}))
        return
    for one in told:
        typer.echo(f"{one['claim_set']}: {', '.join(one['purposes']) or 'no purpose yet'}")


@claim_set.command()
def purpose(
    name: Annotated[str, typer.Argument(metavar="NAME", help="One of the district's own claim sets.")],
    purposes: Annotated[list[str], typer.Argument(metavar="PURPOSE", help="One or more, as agreements have them.")],
    by: Annotated[str, typer.Option("--by", help="Who does it: your name.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Say what agreements after one of the district's own claim sets are for."""
    from homeroom.access.administration.changes import begin
    from homeroom.access.administration.claim_sets import say_purposes

    async def say(use: Use) -> None:
        await say_purposes(await begin(use, by), name, purposes)

    ask_record(workspace, "DECIDE_AGREEMENTS", say)
    typer.echo(f"Agreements after {name} are for {', '.join(purposes)} from now on.")
