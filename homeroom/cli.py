"""The command line, by its name `homeroom`.

Every command works on a workspace folder, the current one unless `--workspace` names another. Exit status: 0 when the
command did what it says, 1 when it could not, 2 for wrong use. A failure is a sentence that says what to do.
"""

from __future__ import annotations

import asyncio
import csv
import gc
import json
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from homeroom.errors import CannotRun, HomeroomError, WrongUse
from homeroom.progress import TerminalProgress
from homeroom.settings import Workspace

app = typer.Typer(
    help="One clean record per student, in the district's own hands.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
source = typer.Typer(help="The systems that the district's data comes from.", no_args_is_help=True)
app.add_typer(source, name="source")

WorkspaceOption = Annotated[Path, typer.Option("--workspace", help="The workspace folder.", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object instead of words.")]
HERE = Path()
NOTHING_YET = "Nothing was consolidated in this workspace yet. Run: homeroom consolidate"

# Python looks through all its objects for garbage each time that there are some more: what a command imports is a
# hundred thousand that stay, and a run's own rows are not among Python's objects.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000

# The rooms that do the work are imported by the command that needs them: they take a second, the answers here none.


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
    path: Annotated[Path, typer.Argument(help="The folder or file that the system delivers.")],
    kind: Annotated[str, typer.Option(help="What it delivers: oneroster-csv or edfi-xml.")],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Add a source. Where sources disagree, the one added first is believed."""
    from homeroom.consolidate.staging import SOURCE_KINDS

    Workspace.open(workspace).add_source(name, kind, path, SOURCE_KINDS)
    typer.echo(f"Source {name} added. Next: homeroom consolidate")


@app.command()
def consolidate(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """Bring what the sources deliver into the record. Run it again at any time: it goes on where it stopped."""
    from homeroom.consolidate import run

    place = Workspace.open(workspace)
    with TerminalProgress(quiet=as_json) as progress:
        run.consolidate(place, progress)
    _show(place, as_json)


@app.command()
def status(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """What the record holds, and how the last run went."""
    _show(Workspace.open(workspace), as_json)


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
    found = asyncio.run(ask(_record(Workspace.open(workspace)), Action.SEE_IDENTITIES, identities))
    if not found:
        raise CannotRun(NOTHING_YET)
    writer.writeheader()
    writer.writerows(found)


@app.command()
def serve(
    workspace: WorkspaceOption = HERE,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port of this machine; 0 takes any free one.")] = 8000,
) -> None:
    """Show the record in a browser, on this machine only, until Ctrl-C."""
    from homeroom.record.server import url_of
    from homeroom.web import serving

    place = Workspace.open(workspace)
    settings = place.settings()
    url = url_of(place.postgres, settings.record_url)
    with _ends_when_stopped():
        serving.serve(url, settings.district, port, lambda address: typer.echo(f"Open {address} (stop with Ctrl-C)"))


@app.command()
def demo(
    students: Annotated[int, typer.Option(min=100, help="How many students are enrolled.")] = 5000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Stop after the summary.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port of this machine; 0 takes any free one.")] = 8000,
    folder: Annotated[Path, typer.Option(help="Where to make it.")] = Path("maple-grove"),
) -> None:
    """Make the made-up district Maple Grove, bring its systems into one record, and show it."""
    from homeroom.consolidate import run
    from homeroom.consolidate.staging import SOURCE_KINDS
    from homeroom.jobs import make_demo_workspace

    with TerminalProgress() as progress:
        place = make_demo_workspace(folder, students, SOURCE_KINDS, progress)
        run.consolidate(place, progress)
    _show(place, as_json=False)
    if not no_serve:
        serve(place.root, port)


def _show(workspace: Workspace, as_json: bool) -> None:
    from homeroom.access.door import ask
    from homeroom.access.permissions import Action
    from homeroom.access.summary import summary

    found = asyncio.run(ask(_record(workspace), Action.SEE_COUNTS, summary))
    if found is None:
        raise CannotRun(NOTHING_YET)
    told = {"district": workspace.settings().district, **found}
    if as_json:
        typer.echo(json.dumps(told))
    else:
        from homeroom.summary_on_terminal import print_summary

        print_summary(told)


def _record(workspace: Workspace) -> str:
    """The URL of the workspace's record, ready to be asked."""
    from homeroom.access.door import prepare
    from homeroom.record.server import url_of

    url = url_of(workspace.postgres, workspace.settings().record_url)
    prepare(url)
    return url


class _Stopped(BaseException):
    """A person or the system asked the command to stop: no step may take this for a source's failure and go on."""


@contextmanager
def _ends_when_stopped() -> Iterator[None]:
    """To stop is how a server ends, not a failure."""
    try:
        yield
    except _Stopped:
        typer.echo("Stopped.")


def _stop(*_: object) -> None:
    # A second Ctrl-C while the first is being heeded would end in a traceback.
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    raise _Stopped


def main() -> None:
    """Run the command line; every failure becomes a sentence and an exit status."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, _stop)
        app(standalone_mode=True)
    except _Stopped:
        typer.echo(
            "homeroom: Stopped. Nothing was half-published; the next run goes on where this one stopped.", err=True
        )
        sys.exit(1)
    except HomeroomError as problem:
        typer.echo(f"homeroom: {problem}", err=True)
        sys.exit(2 if isinstance(problem, WrongUse) else 1)
    except BrokenPipeError:
        sys.exit(0)
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        typer.echo(
            f"homeroom: {where}{problem.strerror or type(problem).__name__}. Nothing was half-published. Look whether "
            "the disk is full, or the file or folder belongs to somebody else, and run again.",
            err=True,
        )
        sys.exit(1)
    except Exception as problem:  # noqa: BLE001 - the last door: no traceback reaches a user
        # The message of an unexpected error may hold a value of somebody's row: only the place is told.
        place = traceback.extract_tb(problem.__traceback__)[-1]
        typer.echo(
            f"homeroom: the command stopped at something unforeseen ({type(problem).__name__} at "
            f"{Path(place.filename).name}:{place.lineno}). Nothing was half-published. Run it again; "
            "if it stops again, report these words.",
            err=True,
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
