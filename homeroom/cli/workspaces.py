"""The workspace of a district and its sources: `homeroom init`, `homeroom source`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from homeroom.cli.application import HERE, WorkspaceOption, app, refuse_sandbox
from homeroom.errors import WrongUse
from homeroom.settings import Workspace

source = typer.Typer(help="The systems that the district's data comes from.", no_args_is_help=True)
app.add_typer(source, name="source")


@app.command()
def init(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The folder to make; for a sandbox the current one.")
    ] = None,
    district_name: Annotated[str | None, typer.Option("--district", help="The district's name.")] = None,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="A district for trying out, of made-up data alone.")
    ] = False,
) -> None:
    """Make a workspace: the folder that holds one district."""
    if sandbox:
        _init_sandbox(folder or HERE, district_name or "Sandbox")
        return
    if folder is None or district_name is None:
        raise WrongUse('Name the folder and the district: homeroom init DIR --district "Maple Grove"')
    workspace = Workspace.create(folder, district_name)
    typer.echo(f"{workspace.root} is ready for {district_name}.")
    typer.echo(f"Next: homeroom source add NAME --kind oneroster-csv PATH --workspace {folder}")


@app.command()
def drop(workspace: WorkspaceOption = HERE) -> None:
    """Drop a sandbox, with all that it holds. A real district is dropped by no command."""
    from homeroom.jobs.sandbox import drop_sandbox

    place = Workspace.open(workspace)
    drop_sandbox(place)
    typer.echo(f"The sandbox in {place.root} is gone.")


@source.command("add")
def add_source(
    name: Annotated[str, typer.Argument(help="A short name of your own, such as sis.")],
    path: Annotated[str, typer.Argument(help="The folder or file that the system delivers, or its address.")],
    kind: Annotated[str, typer.Option(help="What it delivers, such as oneroster-csv or edfi-xml.")],
    option: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=VALUE", help="A setting of its own, such as dates=day-first; once for each."),
    ] = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Add a source. Where sources disagree, the one added first is believed."""
    from homeroom.consolidate.source_kinds import SOURCE_KINDS

    place = Workspace.open(workspace)
    refuse_sandbox(place)
    mapped = kind in SOURCE_KINDS and SOURCE_KINDS[kind].mapped
    # A district's own tables have codes of its own.
    options = {"mapping": f"mappings/{name}.toml", "namespace": f"uri://{name}"} if mapped else {}
    options |= _options(option or [])
    place.add_source(name, kind, path, tuple(SOURCE_KINDS), options)
    missing = mapped and not (place.root / options["mapping"]).is_file()
    typer.echo(f"Source {name} added. Next: homeroom {f'map {name}' if missing else 'consolidate'}")


def _init_sandbox(folder: Path, district: str) -> None:
    from homeroom.jobs.sandbox import make_sandbox

    workspace = make_sandbox(folder, district, lambda words: typer.echo(words, err=True))
    here = "" if folder == HERE else f" --workspace {folder}"
    typer.echo(f"{workspace.root} is ready: a sandbox, for made-up data alone. homeroom drop{here} drops it.")
    typer.echo(
        'Next: homeroom client add --claim-set "SIS Vendor" --education-organization 255901 '
        f"--namespace uri://ed-fi.org{here}, and homeroom serve{here}"
    )


def _options(words: Sequence[str]) -> dict[str, str]:
    """Raises WrongUse for words that are not KEY=VALUE. It does not repeat them: one may be a password."""
    options: dict[str, str] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not key.strip() or not equals:
            raise WrongUse("An option is a setting and its value with = between them: --option dates=day-first.")
        if key.strip() in options:
            raise WrongUse(f"The option {key.strip()[:60]!r} is given twice. Name it once.")
        options[key.strip()] = value.strip()
    return options
