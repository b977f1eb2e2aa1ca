"""What the columns of a district's own tables mean: `homeroom map`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app
from homeroom.settings import Workspace

if TYPE_CHECKING:
    from homeroom.jobs.map_source import Looked


@app.command("map")
def map_tables(
    name: Annotated[str, typer.Argument(help="The source, one of the workspace's or one to come.")],
    path: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A file or folder of it; else what it delivers.")
    ] = None,
    workspace: WorkspaceOption = HERE,
    anew: Annotated[bool, typer.Option("--anew", help="Propose a mapping though there is one; that is kept.")] = False,
    school_year: Annotated[str, typer.Option(help="The school year, where no column says it: 2026.")] = "",
    first_day: Annotated[str, typer.Option(help="Its first day, where no column says when one came: 2025-08-18.")] = "",
    last_day: Annotated[str, typer.Option(help="Its last day, for terms whose dates no column says.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Propose what the columns of a source's tables mean, show what comes of it, and write it down to be changed."""
    from homeroom.jobs.map_source import look, source_to_map, write_mapping

    place = Workspace.open(workspace)
    source = source_to_map(place, name, path)
    said = {"school year": school_year, "first day": first_day, "last day": last_day}
    given = {name: value for name, value in said.items() if value}
    with look(place, source, path, anew=anew or bool(given), given=given) as found:
        file = write_mapping(source, found.text) if found.proposals else Path(source.options["mapping"])
        if as_json:
            typer.echo(json.dumps(_told(found, file)))
            return
        _show(found)
    known = any(one.name == name for one in place.settings().sources)
    if found.proposals:
        typer.echo(f"\nWritten to {file}. Change there what is not right, and look again: homeroom map {name}")
    else:
        typer.echo(f"\nThis is what {file} makes of it. To have another proposed: homeroom map {name} --anew")
    if not known:
        typer.echo(f"Then: homeroom source add {name} --kind {source.kind} PATH")


def _show(found: Looked) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    for table, columns, doubts in _columns(found):
        shown = Table(title=table, title_justify="left", title_style="bold")
        shown.add_column("Column", overflow="fold")
        shown.add_column("Becomes", overflow="fold")
        for column, fields in columns.items():
            shown.add_row(Text(column), Text(", ".join(fields)))
        console.print(shown)
        for doubt in doubts:
            console.print(Text(f"To be decided: {doubt}"))
    for preview in found.previews:
        console.print(Text(f"\n{preview.resource}: {preview.rows:,} rows. The first of them:", style="bold"))
        for document in preview.first:
            console.print(Text("  " + " · ".join(f"{field}: {value}" for field, value in document.items())))
    for sentence in found.unread:
        console.print(Text(f"\n{sentence}"))
    if found.set_aside:
        console.print(Text("\nWhat would be set aside:", style="bold"))
        for one in found.set_aside:
            field = f" ({one.field.replace('_', ' ')})" if one.field else ""
            console.print(Text(f"  {one.times:,} times, the {one.severity}{field}: {one.sentence}"))


def _columns(found: Looked) -> Iterator[tuple[str, dict[str, list[str]], tuple[str, ...]]]:
    """Each table in words, with what its columns become and what is to be decided of it."""
    from homeroom.consolidate.mapping_file.used import places_of
    from homeroom.sources.csv_files import file_of

    doubts = {proposal.table: proposal.doubts for proposal in found.proposals}
    for table in found.tables:
        path, sheet = file_of(table.name)
        words = f"{path}{f', sheet {sheet}' if sheet else ''}: {table.rows:,} rows"
        fitting = next((one for one in found.mapping if one.fits(table.name)), None)
        yield words, places_of(fitting) if fitting else {}, doubts.get(table.name, ())


def _told(found: Looked, file: Path) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        "mapping": str(file),
        "tables": [
            {"table": table, "columns": columns, "to_be_decided": list(doubts)}
            for table, columns, doubts in _columns(found)
        ],
        "documents": [asdict(one) for one in found.previews],
        "set_aside": [asdict(one) for one in found.set_aside],
        "not_read": list(found.unread),
    }
