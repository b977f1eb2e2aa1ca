"""The pages on this machine: `homeroom serve`, and `homeroom demo` with a made-up district behind them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from homeroom.cli.application import HERE, WorkspaceOption, app, show_summary
from homeroom.cli.stopping import ends_when_stopped
from homeroom.progress import TerminalProgress
from homeroom.settings import Workspace


@app.command()
def serve(
    workspace: WorkspaceOption = HERE,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port of this machine; 0 takes any free one.")] = 8000,
) -> None:
    """Show the record in a browser and answer apps under /api, until Ctrl-C; it listens to this machine alone."""
    from homeroom.access.disclosure_log.signing_key import signing_key
    from homeroom.access.webhooks.signing import secret_of
    from homeroom.api.application import application
    from homeroom.consolidate.quarantine_export import write_bad_rows
    from homeroom.consolidate.survivorship import survivorship_of
    from homeroom.jobs.identity_desk import WorkspaceIdentityDesk
    from homeroom.jobs.mail import postman
    from homeroom.jobs.mapping_desk import WorkspaceMappingDesk
    from homeroom.jobs.sign_in_ways import sign_in_ways
    from homeroom.record.server import url_of
    from homeroom.web import serving
    from homeroom.web.desks import Desks

    place = Workspace.open(workspace)
    settings = place.settings()
    url = url_of(place.postgres, settings.record_url)
    with ends_when_stopped():
        serving.serve(
            url,
            settings.district,
            Desks(
                WorkspaceMappingDesk(place),
                partial(write_bad_rows, place),
                survivorship_of(settings).in_words,
                partial(signing_key, place.disclosure_log_key, settings.district),
                postman(place),
            ),
            sign_in_ways(place),
            port,
            _say,
            application(
                url,
                settings.api_address,
                WorkspaceIdentityDesk(place, url),
                place.bulk,
                partial(secret_of, place.webhook_key),
            ),
        )


def _say(address: str, link: str) -> None:
    typer.echo(f"Open {address} (stop with Ctrl-C)")
    if link:
        typer.echo(f"Sign in with {link} (it lets you in once, on this machine)")


@app.command()
def demo(
    students: Annotated[int, typer.Option(min=100, help="How many students are enrolled.")] = 5000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop after the summary.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port of this machine; 0 takes any free one.")] = 8000,
    folder: Annotated[Path, typer.Option(help="Where to make it.")] = Path("maple-grove"),
    warehouse_years: Annotated[
        int, typer.Option(min=1, max=4, help="Of how many earlier school years the warehouse knows.")
    ] = 4,
) -> None:
    """Make the made-up district Maple Grove, bring its systems into one record, and show it."""
    from homeroom.consolidate import run
    from homeroom.consolidate.source_kinds import SOURCE_KINDS
    from homeroom.jobs.demo_workspace import make_demo_workspace

    with TerminalProgress() as progress:
        place = make_demo_workspace(folder, students, tuple(SOURCE_KINDS), progress, warehouse_years)
        run.consolidate(place, progress)
    show_summary(place, as_json=False)
    if not no_serve:
        serve(place.root, port)
