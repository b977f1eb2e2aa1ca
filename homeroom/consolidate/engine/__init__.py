"""Who does the work of consolidation: DuckDB in this process, or DuckDB on the machines that Spark hands it out to.

The work is the same SQL either way, table by table, so the record is the same, row for row; and since no step's key
names the engine, a workspace may change it between runs and go on from what the other made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import duckdb

from homeroom.consolidate import database
from homeroom.errors import CannotRun
from homeroom.settings import Settings, Workspace

Result = TypeVar("Result")


def nothing_to_prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """For tables that need nothing beside them."""


class NotDone(CannotRun):
    """The work could not be handed out at all, or who had it was lost: no fault of what was to be worked on."""


class Engine(Protocol):
    """Whoever does the work: what is handed to it reads and writes files in the workspace, and gives back little.

    What the work raises, the caller hears as if the work had been done here. Raises NotDone where it was not done.
    """

    @property
    def sources_at_a_time(self) -> int:
        """How many sources are cleaned side by side."""

    @property
    def hands_out(self) -> bool:
        """Whether others do the work, who see nothing but the files of the workspace."""

    def do(self, work: Callable[..., Result], *arguments: Any) -> Result:
        """What `work(*arguments)` gives."""

    def table_by_table(
        self,
        rows: Mapping[str, int],
        work: Callable[[duckdb.DuckDBPyConnection, str], Result],
        prepare: Callable[[duckdb.DuckDBPyConnection], object] = nothing_to_prepare,
    ) -> Iterator[Result]:
        """What `work(connection, name)` gives for each table in `rows`, as `database.table_by_table` has it."""


class _InThisProcess:
    """DuckDB on this machine."""

    sources_at_a_time = 2
    hands_out = False

    def do(self, work: Callable[..., Result], *arguments: Any) -> Result:
        return work(*arguments)

    def table_by_table(
        self,
        rows: Mapping[str, int],
        work: Callable[[duckdb.DuckDBPyConnection, str], Result],
        prepare: Callable[[duckdb.DuckDBPyConnection], object] = nothing_to_prepare,
    ) -> Iterator[Result]:
        return database.table_by_table(rows, work, prepare)


IN_THIS_PROCESS: Engine = _InThisProcess()


@contextmanager
def engine_of(settings: Settings, workspace: Workspace) -> Iterator[Engine]:
    """The engine that the settings name, for one run.

    Raises CannotRun, before anything is read, where this machine has not what Spark needs.
    """
    if settings.engine == "duckdb":
        yield IN_THIS_PROCESS
        return
    # Half a gigabyte that only those have who asked for it.
    from homeroom.consolidate.engine.spark import SparkEngine
    from homeroom.consolidate.engine.starting import check_this_machine

    check_this_machine(settings.spark)
    engine = SparkEngine(settings.spark, workspace.staging)
    try:
        yield engine
    finally:
        engine.stop()
