"""What was set aside and why: `homeroom quarantine`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeroom.cli.application import HERE, JsonOption, WorkspaceOption, app, record_of
from homeroom.errors import CannotRun
from homeroom.settings import Workspace

if TYPE_CHECKING:
    from homeroom.access.quarantine import Reason

quarantine = typer.Typer(help="What was set aside, and why.")
app.add_typer(quarantine, name="quarantine")

_COSTS = {
    "file": "Files that were not read, or not wholly",
    "row": "Rows that are not in the record",
    "value": "Single values that were left out of rows in the record",
    "notice": "Worth a look: it is in the record as it came",
}


@quarantine.callback(invoke_without_command=True)
def show_quarantine(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="Only what this source delivered.")] = None,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """What the last run set aside: by source, file, rule and field, worst first."""
    if context.invoked_subcommand is not None:
        return
    from homeroom.access.door import ask
    from homeroom.access.permissions import Action
    from homeroom.access.quarantine import groups, reasons

    url = record_of(Workspace.open(workspace))
    found = asyncio.run(ask(url, Action.SEE_QUARANTINE, lambda use: groups(use, source)))
    if as_json:
        typer.echo(json.dumps({"groups": [asdict(one) | {"since": one.since.isoformat()} for one in found]}))
    else:
        _print(reasons(found))


@quarantine.command("export")
def export_rows(
    source: Annotated[str, typer.Argument(help="The source whose rows they are.")],
    into: Annotated[Path, typer.Option(help="A new folder. Nobody but you may read what is written there.")],
    rule: Annotated[str | None, typer.Option(help="Only the rows that broke this rule.")] = None,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Write the rows in quarantine as files of the source's own format, each with the reason, to be mended."""
    from homeroom.access.door import ask
    from homeroom.access.permissions import Action
    from homeroom.access.quarantine_export import export_bad_rows
    from homeroom.consolidate.quarantine_export import write_bad_rows

    place = Workspace.open(workspace)
    write = partial(write_bad_rows, place)
    url = record_of(place)
    exported = asyncio.run(
        ask(url, Action.EXPORT_QUARANTINE, lambda use: export_bad_rows(use, source, rule, into, write))
    )
    for sentence in exported.left_out:
        typer.echo(sentence, err=True)
    if not exported.files:
        raise CannotRun("No row could be written.")
    rows = "1 row is" if exported.rows == 1 else f"{exported.rows:,} rows are"
    typer.echo(f"{rows} in {into}, a file for each file that {source} delivered:")
    for path in exported.files:
        typer.echo(f"  {path.relative_to(into)}")
    typer.echo("They are students' data. Mend them where they come from; in the next run they leave quarantine.")


def _print(found: Sequence[Reason]) -> None:
    if not found:
        typer.echo("Nothing is in quarantine.")
    for severity, words in _COSTS.items():
        own = [one for one in found if one.first.severity == severity]
        if not own:
            continue
        typer.echo(f"{words}:")
        for one in own:
            typer.echo(f"{one.rows:>9,}  {one.first.source}: {one.first.sentence} {one.first.advice}".rstrip())
            typer.echo(f"{'':>11}{one.first.rule}, since {one.since.astimezone():%Y-%m-%d}{_before(one)}")
            for group in one.groups:
                field = f", {group.field.replace('_', ' ')}" if group.field else ""
                count = f": {group.rows:,}" if len(one.groups) > 1 else ""
                typer.echo(f"{'':>13}{group.file or 'a file that was not kept'}{field}{count}")
        typer.echo("")


def _before(one: Reason) -> str:
    if one.before is None:
        return ""
    if one.before == one.rows:
        return "; as many as the run before"
    return f"; {one.before:,} the run before" if one.before else "; none the run before"
