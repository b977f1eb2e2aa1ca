"""`homeroom watch`: consolidate whenever a system has delivered."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from homeroom.cli.application import HERE, WorkspaceOption, app, refuse_sandbox
from homeroom.cli.stopping import ends_when_stopped
from homeroom.errors import HomeroomError
from homeroom.progress import TerminalProgress
from homeroom.settings import Workspace


@app.command()
def watch(
    workspace: WorkspaceOption = HERE,
    still: Annotated[
        float, typer.Option(min=0, help="Seconds that a folder has to be still before its delivery is taken for whole.")
    ] = 60,
    ask: Annotated[
        float, typer.Option(min=1, help="Minutes between looks at sources that lie elsewhere or are asked.")
    ] = 60,
) -> None:
    """Wait for deliveries, and consolidate whenever one has come, until Ctrl-C."""
    from homeroom.consolidate import run
    from homeroom.jobs.watch import Pace, watch_sources

    place = Workspace.open(workspace)
    refuse_sandbox(place)

    def consolidate() -> None:
        try:
            with TerminalProgress(quiet=True) as progress:
                run.consolidate(place, progress)
        except HomeroomError as problem:
            # The next delivery may be a better one: whoever watches is told, and the watch goes on.
            _say(f"{problem}")
        else:
            _say("The record is up to date; homeroom status tells what came of it. Waiting for the next delivery.")

    with ends_when_stopped():
        _say("Looking at every source now, and whenever one delivers (stop with Ctrl-C).")
        watch_sources(place, Pace(still, ask * 60), consolidate)


def _say(words: str) -> None:
    typer.echo(f"{datetime.now():%Y-%m-%d %H:%M:%S}  {words}")
