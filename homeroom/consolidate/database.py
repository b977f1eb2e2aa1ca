"""The DuckDB that consolidation works in: its memory and disk are bounded, and nothing is fetched from anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

MEMORY_LIMIT = "6GB"
DISK_LIMIT = "40GB"
# DuckDB gives a thread at least a hundred thousand rows. Below some of these, its threads wait for each other more than
# they work: one thread for each of two tables at a time takes half of the processor's time and less of the clock's.
FEW_ROWS = 1_000_000
TABLES_AT_A_TIME = 2


@contextmanager
def connect(threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that spills to a temporary folder of its own, gone when it is closed.

    `threads`: how many one question may use; None: as many as the machine has. With one, a cursor in each of several
    threads of Python works on a table of its own.
    """
    with TemporaryDirectory(prefix="homeroom-") as folder:
        connection = duckdb.connect(
            config={
                "memory_limit": MEMORY_LIMIT,
                "temp_directory": folder,
                "max_temp_directory_size": DISK_LIMIT,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "preserve_insertion_order": "false",
                **({"threads": threads} if threads else {}),
            }
        )
        try:
            yield connection
        finally:
            connection.close()


def literal(text: str | Path) -> str:
    """A path or a word as SQL has it: in quotes, with those inside it doubled."""
    return "'" + str(text).replace("'", "''") + "'"
