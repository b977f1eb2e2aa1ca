"""The workspace of a district and its sources: `homeroom init`, `homeroom source`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from homeroom.cli.application import HERE, WorkspaceOption, app
from homeroom.settings import Workspace

source = typer.Typer(help="The systems that the district's data comes from.", no_args_is_help=True)
app.add_typer(source, name="source")


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    district_name: Annotated[str, typer.Option("--district", help="The district's name.")],
) -> None:
    """Make a workspace: the folder that holds one district."""
    workspace = Workspace.create(folder, district_name)
    typer.echo(f"{workspace.root} is ready for {district_name}.")
    typer.echo(f"Next: homeroom source add NAME --kind oneroster-csv PATH --workspace {folder}")


@source.command("add")
def add_source(
    name: Annotated[str, typer.Argument(help="A short name of your own, such as sis.")],
    path: Annotated[str, typer.Argument(help="The folder or file that the system delivers, or its address.")],
    kind: Annotated[str, typer.Option(help="What it delivers, such as oneroster-csv or edfi-xml.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Add a source. Where sources disagree, the one added first is believed."""
    from homeroom.consolidate.source_kinds import SOURCE_KINDS

    place = Workspace.open(workspace)
    mapped = kind in SOURCE_KINDS and SOURCE_KINDS[kind].mapped
    # A district's own tables have codes of its own.
    options = {"mapping": f"mappings/{name}.toml", "namespace": f"uri://{name}"} if mapped else {}
    place.add_source(name, kind, path, tuple(SOURCE_KINDS), options)
    missing = mapped and not (place.root / options["mapping"]).is_file()
    typer.echo(f"Source {name} added. Next: homeroom {f'map {name}' if missing else 'consolidate'}")
