"""The rows of a resource as lines of JSON or as Parquet, both from the same lines, as PostgreSQL made them."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import BinaryIO

_BLOCK = 1 << 23


class Form(StrEnum):
    """In which form a file holds its rows."""

    NDJSON = "ndjson"
    PARQUET = "parquet"


class Lines:
    """Takes lines in pieces of any size and writes them as they are."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def write(self, piece: bytes) -> None:
        self._out.write(piece)

    def close(self) -> None:
        """The lines are whole."""


class Rows:
    """Takes lines in pieces of any size and writes them as rows of Parquet with `columns`, a block at a time."""

    def __init__(self, out: BinaryIO, columns: str) -> None:
        # Only Parquet needs them.
        import duckdb
        import pyarrow.parquet

        self._connection = duckdb.connect()
        self._columns = columns
        self._held = bytearray()
        empty = self._table([])
        self._writer = pyarrow.parquet.ParquetWriter(out, empty.schema, compression="zstd")

    def write(self, piece: bytes) -> None:
        self._held += piece
        if len(self._held) >= _BLOCK:
            end = self._held.rfind(b"\n") + 1
            self._write(bytes(self._held[:end]))
            del self._held[:end]

    def close(self) -> None:
        """Write what is left, and the end of the file."""
        self._write(bytes(self._held))
        self._writer.close()
        self._connection.close()

    def _write(self, lines: bytes) -> None:
        if documents := lines.splitlines():
            self._writer.write_table(self._table(documents))

    def _table(self, documents: list[bytes]):  # type: ignore[no-untyped-def]
        import pyarrow

        held = pyarrow.table({"document": pyarrow.array(documents, pyarrow.binary()).cast(pyarrow.string())})
        self._connection.register("held", held)
        # The strict form wants each member to be there. That values are of the model's types was seen to when the
        # record took them.
        found = self._connection.execute(
            "select unnest(from_json(document, ?)) from held", [self._columns]
        ).fetch_arrow_table()
        self._connection.unregister("held")
        return found


def sink_of(form: Form, out: BinaryIO, columns: Callable[[], str]) -> Lines | Rows:
    """What takes the lines of a file in a form; `columns`: those that Parquet has."""
    return Lines(out) if form is Form.NDJSON else Rows(out, columns())
