"""The command line's parts that its commands share: the application, its options, and the way to the record."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer

from homeroom.errors import CannotRun, WrongUse
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


def ask_record(workspace: Path, action: str, question: Callable[[Any], Awaitable[Any]]) -> Any:
    """One question of the record of the workspace in a folder; `action`: its name, as access has it."""
    from homeroom.access.door import ask
    from homeroom.access.permissions import Action

    return asyncio.run(ask(record_of(Workspace.open(workspace)), Action[action], question))


@contextmanager
def new_private_file(path: Path) -> Iterator[TextIO]:
    """A new file of text, for what tells of persons: only its owner may read it. Raises WrongUse where it is there."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise WrongUse(f"{path} is there already. Name another file.") from None
    with os.fdopen(handle, "w", newline="", encoding="utf-8") as file:
        yield file


def refuse_sandbox(workspace: Workspace) -> None:
    """Raises WrongUse where the workspace is a sandbox: what a district's systems deliver does not belong in one."""
    from homeroom.jobs.sandbox import is_sandbox

    if is_sandbox(workspace):
        raise WrongUse(
            "This is a sandbox: it holds made-up data alone, and takes no deliveries of a district's systems. Make a "
            'workspace for them: homeroom init DIR --district "Name"'
        )


def show_summary(workspace: Workspace, as_json: bool) -> None:
    """What the record holds and how the last run went, on the terminal. Raises CannotRun where no run was yet, but of
    a sandbox, which has none."""
    from homeroom.access.door import ask
    from homeroom.access.permissions import Action
    from homeroom.access.sandbox.mark import is_sandbox
    from homeroom.access.summary import record_counts, summary

    async def asked(use: Any) -> dict[str, Any] | None:
        if await is_sandbox(use):
            return {"sandbox": True, "record": await record_counts(use)}
        return await summary(use)

    found = asyncio.run(ask(record_of(workspace), Action.SEE_COUNTS, asked))
    if found is None:
        raise CannotRun(NOTHING_YET)
    told = {"district": workspace.settings().district, **found}
    if as_json:
        typer.echo(json.dumps(told))
    else:
        from homeroom.summary_on_terminal import print_summary

        print_summary(told)
