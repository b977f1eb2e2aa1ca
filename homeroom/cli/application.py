"""The command line's parts that its commands share: the application, its options, and the way to the record."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from homeroom.errors import CannotRun
from homeroom.settings import Workspace

app = typer.Typer(
    help="One clean record per student, in the district's own hands.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

WorkspaceOption = Annotated[Path, typer.Option("--workspace", help="The workspace folder.", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object instead of words.")]
HERE = Path()
NOTHING_YET = "Nothing was consolidated in this workspace yet. Run: homeroom consolidate"

# The rooms that do the work are imported by the command that needs them: they take a second, the answers here none.


def record_of(workspace: Workspace) -> str:
    """The URL of the workspace's record, ready to be asked."""
    from homeroom.access.door import prepare
    from homeroom.record.server import url_of

    url = url_of(workspace.postgres, workspace.settings().record_url)
    prepare(url)
    return url


def show_summary(workspace: Workspace, as_json: bool) -> None:
    """What the record holds and how the last run went, on the terminal. Raises CannotRun where no run was yet."""
    from homeroom.access.door import ask
    from homeroom.access.permissions import Action
    from homeroom.access.summary import summary

    found = asyncio.run(ask(record_of(workspace), Action.SEE_COUNTS, summary))
    if found is None:
        raise CannotRun(NOTHING_YET)
    told = {"district": workspace.settings().district, **found}
    if as_json:
        typer.echo(json.dumps(told))
    else:
        from homeroom.summary_on_terminal import print_summary

        print_summary(told)
