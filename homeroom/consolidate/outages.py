"""What the machine may do to a run, in words: a lost connection, a full disk, too little memory.

Nothing is lost by any of them: what was published stays, the deliveries are kept, and the next run goes on.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import psycopg
import sqlalchemy.exc

from homeroom.errors import CannotRun
from homeroom.settings import Workspace

_KEPT = "Nothing was half-published, and nothing that was delivered is lost"


@contextmanager
def told_in_words(workspace: Workspace) -> Iterator[None]:
    """An outage becomes CannotRun with what to do; any other problem goes on as it is."""
    try:
        yield
    except (psycopg.errors.DiskFull, sqlalchemy.exc.OperationalError, psycopg.OperationalError) as problem:
        if isinstance(getattr(problem, "orig", problem), psycopg.errors.DiskFull):
            raise _disk_full("the record's PostgreSQL keeps its files") from problem
        raise CannotRun(
            "The connection to the record's PostgreSQL was lost: the server stopped, or the network failed. "
            f"{_KEPT}. Look that it runs, and run again: the run goes on where it was."
        ) from problem
    except duckdb.OutOfMemoryException as problem:
        raise CannotRun(
            f"The machine has too little memory, or too little room for temporary files, for this run. {_KEPT}. "
            "Let other work end, or name a roomier folder in TMPDIR, and run again."
        ) from problem
    except duckdb.IOException as problem:
        if "No space left" not in str(problem):
            raise
        raise _disk_full(f"{workspace.root} or the folder for temporary files lies") from problem
    except OSError as problem:
        if problem.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise _disk_full(f"{workspace.root} or the folder for temporary files lies") from problem


def _disk_full(where: str) -> CannotRun:
    return CannotRun(
        f"The disk is full on which {where}. {_KEPT}. Make room, and run again: the run goes on where it was."
    )
