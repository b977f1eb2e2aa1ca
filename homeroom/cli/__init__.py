"""The command line, by its name `homeroom`.

Every command works on a workspace folder, the current one unless `--workspace` names another. Exit status: 0 when the
command did what it says, 1 when it could not, 2 for wrong use. A failure is a sentence that says what to do.
"""

from __future__ import annotations

import gc
import sys
import traceback
from pathlib import Path

import typer

from homeroom.cli import (  # noqa: F401
    access,
    accounts,
    administrators,
    agreements,
    bulk,
    business_rules,
    checking,
    claim_sets,
    clients,
    consolidation,
    deliveries,
    disclosures,
    explaining,
    exporting,
    mapping,
    matches,
    opt_outs,
    pages,
    profiles,
    quality,
    quarantine,
    retention,
    watching,
    webhooks,
    workspaces,
)
from homeroom.cli.application import app
from homeroom.cli.stopping import Stopped, heed_signals
from homeroom.errors import HomeroomError, WrongUse

__all__ = ["app", "main"]

# Python looks through all its objects for garbage each time that there are some more: what a command imports is a
# hundred thousand that stay, and a run's own rows are not among Python's objects.
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def main() -> None:
    """Run the command line; every failure becomes a sentence and an exit status."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    try:
        heed_signals()
        app(standalone_mode=True)
    except Stopped:
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
