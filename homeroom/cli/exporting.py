"""What an agreement lets an app have, as files: `homeroom export`."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, record_of
from homeroom.settings import Workspace

export = typer.Typer(help="What an agreement lets an app have, as files.", no_args_is_help=True)
app.add_typer(export, name="export")


@export.callback()
def each_is_for_an_agreement() -> None:
    """What an agreement lets an app have, as files."""


@export.command()
def oneroster(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder. Nobody but you may read it.")],
    agreement: Annotated[int, typer.Option(help="The agreement's number: it says what is in the files.")],
    by: Annotated[str, typer.Option("--by", help="Who takes them: your name.")],
    approved_by: Annotated[str, typer.Option(help="Who else decides it, where they hold the whole district.")] = "",
    since: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="MANIFEST",
            help="Only what has changed since an earlier bundle: its manifest.csv. Where bundles of changes came after "
            "a whole one, name the whole one first and then each of them.",
        ),
    ] = None,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """A bundle of OneRoster CSV 1.2, whole or with changes only. Each student in it is on the disclosure log."""
    from homeroom.access.oneroster.exporting import export_bundle

    url = record_of(Workspace.open(workspace))
    rows = asyncio.run(export_bundle(url, agreement, folder, by, approved_by, since or ()))
    if as_json:
        typer.echo(json.dumps({"folder": str(folder), "agreement": agreement, "rows": rows}))
        return
    typer.echo(f"{folder} holds what agreement {agreement} lets its app have. Who is in it is on the disclosure log.")
    for name, number in rows.items():
        typer.echo(f"  {number:>9,}  {name}.csv")
