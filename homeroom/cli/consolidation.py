"""From the sources to the record, and what came of it: `homeroom consolidate`, `status`, `identities`."""

from __future__ import annotations

import asyncio
import csv
import sys
from typing import Annotated

import typer

from homeroom.cli.application import (
    HERE,
    NOTHING_YET,
    JsonOption,
    WorkspaceOption,
    app,
    record_of,
    refuse_sandbox,
    show_summary,
)
from homeroom.errors import CannotRun
from homeroom.progress import TerminalProgress
from homeroom.settings import Workspace


@app.command()
def consolidate(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """Bring what the sources deliver into the record. Run it again at any time: it goes on where it stopped."""
    from homeroom.consolidate import run

    place = Workspace.open(workspace)
    refuse_sandbox(place)
    with TerminalProgress(quiet=as_json) as progress:
        run.consolidate(place, progress)
    show_summary(place, as_json)


@app.command()
def status(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """What the record holds, and how the last run went."""
    show_summary(Workspace.open(workspace), as_json)


@app.command("identities")
def identities_as_csv(
    workspace: WorkspaceOption = HERE,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, the only form so far.")] = True,
) -> None:
    """Who is who: which person of the record each source's id means, how sure, and who decided."""
    from homeroom.access.door import ask
    from homeroom.access.permissions import Action
    from homeroom.access.summary import IDENTITY_COLUMNS, identities

    writer = csv.DictWriter(sys.stdout, IDENTITY_COLUMNS, lineterminator="\n")
    found = asyncio.run(ask(record_of(Workspace.open(workspace)), Action.SEE_IDENTITIES, identities))
    if not found:
        raise CannotRun(NOTHING_YET)
    writer.writeheader()
    writer.writerows(found)
