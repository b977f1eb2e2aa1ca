"""The DuckDB that consolidation works in: its memory and disk are bounded, and nothing is fetched from anywhere."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from time import time
from typing import Any, Protocol, TypeVar

import duckdb
import pyarrow.parquet as pq

# Of one of the up to four that are at work side by side, of which rarely two need it all: for a million students they
# took 5.2 GB with the record's PostgreSQL, where 8 GiB are wanted.
MEMORY_LIMIT = "2200MB"
DISK_LIMIT = "40GB"
# How a step writes the rows for the next one: they are read once or twice, so that quick counts for more than small.
PARQUET = "format parquet, compression lz4_raw"
# DuckDB gives a thread at least a hundred thousand rows. Below some of these, its threads wait for each other more than
# they work: one thread for each of two tables at a time takes half of the processor's time and less of the clock's.
FEW_ROWS = 1_000_000
TABLES_AT_A_TIME = 2
# How many rows are gathered into groups at a time.
ROWS_AT_ONCE = 250_000

_PREFIX, _LOCK = "homeroom-spill-", "in-use"
_SECONDS_TO_HOLD = 60
# How long the work of a run that was stopped is waited for before it is told, in seconds.
_PAUSE = 0.1


class Interruptible(Protocol):
    """Work that can be told from another thread to stop."""

    def interrupt(self) -> object: ...


# Whatever may be at work now, in any thread.
_at_work: set[Interruptible] = set()
# What `connect` takes instead of its own, where this process shares the machine with others.
_narrower: dict[str, str | int] = {}

Result = TypeVar("Result")


@contextmanager
def connect(threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that spills to a temporary folder of its own, gone when it is closed.

    `threads`: how many one question may use; None: as many as the machine has. With one, a cursor in each of several
    threads of Python works on a table of its own.
    """
    with private_folder() as folder:
        connection = duckdb.connect(
            config={
                "memory_limit": MEMORY_LIMIT,
                "temp_directory": str(folder),
                "max_temp_directory_size": DISK_LIMIT,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "preserve_insertion_order": "false",
                **({"threads": threads} if threads else {}),
                **_narrower,
            }
        )
        with _closed_afterwards(connection):
            yield connection


def keep_within(memory: int, threads: int) -> None:
    """From now on each connection of this process has `memory` bytes and so many threads: others work beside it."""
    _narrower.update(memory_limit=f"{memory}B", threads=threads)


@contextmanager
def interruptible(work: Interruptible) -> Iterator[None]:
    """A block in which `work` is stopped where `stopped_at_end` stops the questions of connections."""
    _at_work.add(work)
    try:
        yield
    finally:
        _at_work.discard(work)


@contextmanager
def private_folder() -> Iterator[Path]:
    """A temporary folder that nobody else may look into, gone afterwards; a killed process's goes with the next."""
    _remove_what_killed_runs_left()
    with TemporaryDirectory(prefix=_PREFIX) as folder, _held(Path(folder)):
        yield Path(folder)


@contextmanager
def stopped_at_end(work: Collection[Future[Any]]) -> Iterator[None]:
    """A block at whose end, however it is left, nothing of `work` goes on; questions of connections are stopped.

    What is put into `work` meanwhile is stopped too.
    """
    try:
        yield
    finally:
        for future in work:
            future.cancel()
        # A question that is asked right after its thread was told is not stopped: it is told again.
        while wait(work, _PAUSE).not_done:
            for connection in tuple(_at_work):
                connection.interrupt()


@contextmanager
def _closed_afterwards(connection: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    _at_work.add(connection)
    try:
        yield connection
    finally:
        _at_work.discard(connection)
        connection.close()


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """The folder marked as in use, by a lock that ends with the process however it ends."""
    with (folder / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove_what_killed_runs_left() -> None:
    """A killed process can't remove what it spilled, and that is students' data."""
    for lock in Path(gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        try:
            # One that was made just now may not be held yet.
            if time() - lock.stat().st_mtime < _SECONDS_TO_HOLD:
                continue
            with lock.open("r+") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(lock.parent, ignore_errors=True)
        except OSError:
            # In use, somebody else's, or gone a moment ago.
            continue


def table_by_table(
    rows: Mapping[str, int],
    work: Callable[[duckdb.DuckDBPyConnection, str], Result],
    prepare: Callable[[duckdb.DuckDBPyConnection], object] = lambda connection: None,
) -> Iterator[Result]:
    """What `work(connection, name)` gives for each table in `rows`, name to count; the order is nobody's business.

    Small tables are worked on side by side, large ones one after another. What `prepare` makes, with any connection,
    `work` finds in each of its own; temporary tables it has for itself.
    """
    # The largest first, so that no long one is left for the end.
    few = sorted((name for name in rows if rows[name] < FEW_ROWS), key=lambda name: (-rows[name], name))
    many = sorted(rows.keys() - set(few))
    if few:
        with connect(threads=1) as connection, ThreadPoolExecutor(TABLES_AT_A_TIME) as workers:
            prepare(connection)

            def work_on(name: str) -> Result:
                with _closed_afterwards(connection.cursor()) as own:
                    return work(own, name)

            yield from workers.map(work_on, few)
    if many:
        with connect() as connection:
            prepare(connection)
            for name in many:
                yield work(connection, name)


def parts_of(rows: int, most: int) -> int:
    """Into how many parts a table of so many rows is divided, where a part is to have about `most` of them at most."""
    return max(1, -(-rows // most))


def in_parts(rows: int, key: str) -> Iterator[str]:
    """Conditions in SQL, of which each of `rows` fulfills one, and all with one value of `key` (columns) the same one.

    What a group is gathered into (a list, a first value) is held in memory until all groups are done; of a part of the
    groups at a time, it fits.
    """
    parts = parts_of(rows, ROWS_AT_ONCE)
    # The lower half of the hash may have divided the rows before.
    yield from (f"(hash({key}) >> 32) % {parts} = {part}" for part in range(parts)) if parts > 1 else ("true",)


def rows_in(table: Path) -> int:
    """How many rows a Parquet file holds."""
    return int(pq.read_metadata(table).num_rows)


def columns_held(connection: duckdb.DuckDBPyConnection, table: Path) -> set[str]:
    """The names of the columns of a Parquet file."""
    return {row[0] for row in connection.execute(f"describe from {literal(table)}").fetchall()}


def literal(text: str | Path) -> str:
    """A path or a word as SQL has it: in quotes, with those inside it doubled."""
    return "'" + str(text).replace("'", "''") + "'"
