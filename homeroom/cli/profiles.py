"""Profiles of the Ed-Fi API, which narrow what an agreement says of a resource: `homeroom profile`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, ask_record

profile = typer.Typer(
    help="Profiles of the Ed-Fi API: what of a resource is told and taken, by a name.", no_args_is_help=True
)
app.add_typer(profile, name="profile")


@profile.command()
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE.xml", help="One profile or several, as the ODS/API has them.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Add profiles, or replace those of the same names. An agreement names those that its app has to use."""
    from homeroom.access.profiles.kept import add_profiles
    from homeroom.errors import WrongUse

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise WrongUse(f"{file} can't be read. Name a file of profiles in XML.") from None
    names = ask_record(workspace, "DECIDE_AGREEMENTS", lambda use: add_profiles(use, text))
    typer.echo(f"Added: {', '.join(names)}.")


@profile.command(name="list")
def list_(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """All profiles, with their resources."""
    from homeroom.access.profiles.kept import profiles

    found = ask_record(workspace, "SEE_AGREEMENTS", profiles)
    if as_json:
        typer.echo(json.dumps([{"name": one.name, "resources": sorted(one.profile.resources)} for one in found]))
        return
    for one in found:
        typer.echo(f"{one.name}: {', '.join(sorted(one.profile.resources))}")
    if not found:
        typer.echo("There are no profiles.")


@profile.command()
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The profile's name.")], workspace: WorkspaceOption = HERE
) -> None:
    """Remove a profile, where no agreement has it that may still be in force."""
    from homeroom.access.profiles.kept import remove_profile

    ask_record(workspace, "DECIDE_AGREEMENTS", lambda use: remove_profile(use, name))
    typer.echo(f"Removed: {name}.")
