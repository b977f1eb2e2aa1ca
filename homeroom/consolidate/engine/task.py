"""One task, on whichever machine Spark gave it to: look that all is as where it was handed out, work, say how it went.

Nothing is raised: what Spark hears of, it writes into its logs, and what the work raises may hold a person's data.
"""

from __future__ import annotations

import os
import pickle
import platform
from enum import Enum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from homeroom.consolidate import database
from homeroom.consolidate.steps import STEPS_VERSION
from homeroom.errors import CannotRun, HomeroomError

_LEAST_MEMORY = 256_000_000


class End(Enum):
    """How a task ended; what came of it, by which kind."""

    DONE = "what the work gave"
    RAISED = "the exception that the work raised"
    ATTEMPTED = "nothing: another machine had the task before, and may have left half of it"
    UNSEEN = "nothing: the workspace's folder is not what it is where the task was handed out"
    OTHERWISE = "what this machine has, which is not what it has where the task was handed out"


def versions() -> dict[str, str]:
    """Of what decides whether two machines make the same of the same rows."""
    return {
        "Homeroom": f"{_version('homeroom')} (steps {STEPS_VERSION})",
        "DuckDB": _version("duckdb"),
        "Splink": _version("splink"),
        "Python": platform.python_version().rpartition(".")[0],
    }


def carry_out(work: bytes, terms: dict[str, Any]) -> tuple[str, Any]:
    """Do `work`, a pickled function without arguments, and give the name of an End with what belongs to it.

    `terms`: `versions`, as they are where the task was handed out; `sign` and `reads`, a file of the workspace and its
    text; `memory`, in bytes for all tasks of one process of Java, `side_by_side`, how many these are (0: as many as the
    machine has processors), and `threads`, how many each may use.
    """
    from pyspark import TaskContext

    if (found := versions()) != terms["versions"]:
        return End.OTHERWISE.name, found
    sign = Path(terms["sign"])
    if not sign.exists() or sign.read_text("utf-8") != terms["reads"]:
        return End.UNSEEN.name, None
    attempt = TaskContext.get()
    if attempt is not None and attempt.attemptNumber() > 0:
        return End.ATTEMPTED.name, None
    memory = terms["memory"] // (terms["side_by_side"] or os.cpu_count() or 1)
    database.keep_within(max(memory, _LEAST_MEMORY), terms["threads"])
    try:
        return End.DONE.name, pickle.loads(work)()  # noqa: S301 - what our own process handed out
    except Exception as problem:  # noqa: BLE001 - whatever it is, it is raised where the task was handed out
        return End.RAISED.name, _that_travels(problem)


def _that_travels(problem: Exception) -> Exception:
    """The exception; where it can't be sent, what stands for it: its sentence, if it is one of ours, or its kind."""
    try:
        pickle.loads(pickle.dumps(problem))  # noqa: S301 - our own bytes
    except Exception:  # noqa: BLE001 - a library's exception may want anything when it is made again
        if isinstance(problem, HomeroomError):
            return CannotRun(str(problem))
        return RuntimeError(f"{type(problem).__module__}.{type(problem).__qualname__} in a task")
    return problem


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
