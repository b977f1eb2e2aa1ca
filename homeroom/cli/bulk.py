"""Whole districts as files for apps, which two people decide: `homeroom bulk`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record

bulk = typer.Typer(help="Files of a whole district for an app.", no_args_is_help=True)
app.add_typer(bulk, name="bulk")


@bulk.callback()
def each_is_for_an_agreement() -> None:
    """Files of a whole district for an app."""


@bulk.command()
def release(
    agreement: Annotated[int, typer.Argument(metavar="AGREEMENT", help="The agreement's number.")],
    by: Annotated[str, typer.Option("--by", help="Who decides it: your name.")],
    approved_by: Annotated[str, typer.Option(help="Who else decides it.")] = "",
    days: Annotated[int, typer.Option(help="For how many days, 31 at most; 0 ends it now.")] = 31,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Let the app of an agreement for the whole district fetch it as files for some days."""
    from homeroom.access.bulk.release import release as let_go

    found = ask_record(workspace, "DECIDE_AGREEMENTS", lambda use: let_go(use, agreement, by, approved_by, days))
    if as_json:
        typer.echo(json.dumps(found | {"ends_at": found["ends_at"].isoformat()}))
    elif days:
        until = f"{found['ends_at'].astimezone():%Y-%m-%d %H:%M}"
        typer.echo(f"The app of agreement {agreement} may fetch the district as files until {until}.")
    else:
        typer.echo(f"The app of agreement {agreement} may fetch no more files.")
