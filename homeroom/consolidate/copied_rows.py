"""Rows of DuckDB into tables of PostgreSQL and back: whole batches of columns, as CSV."""

from __future__ import annotations

import io

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.csv as arrow_csv

_ROWS = 100_000
_WRITTEN = arrow_csv.WriteOptions(include_header=False)


def copy_rows(connection: duckdb.DuckDBPyConnection, query: str, cursor: psycopg.Cursor, target: str) -> None:
    """Bring the rows of `query`, of numbers and text, into `target`: a table of the record with its columns."""
    with cursor.copy(f"copy {target} from stdin (format csv)") as copy:
        for batch in connection.execute(query).to_arrow_reader(_ROWS):
            piece = io.BytesIO()
            arrow_csv.write_csv(batch, piece, _WRITTEN)
            copy.write(piece.getbuffer())


def rows_of(record: psycopg.Connection, query: str) -> bytes:
    """The rows of a query of the record as CSV, without a header."""
    with record.cursor() as cursor, cursor.copy(f"copy ({query}) to stdout (format csv)") as copy:
        return b"".join(copy)


def take_in(connection: duckdb.DuckDBPyConnection, table: str, rows: bytes) -> None:
    """Insert what `rows_of` gave, in the order of the columns of `table`."""
    if not rows:
        return
    names = [row[0] for row in connection.execute(f"describe {table}").fetchall()]
    read = arrow_csv.read_csv(
        io.BytesIO(rows),
        arrow_csv.ReadOptions(column_names=names),
        arrow_csv.ParseOptions(newlines_in_values=True),
        # Each value as text, for DuckDB to cast: `007` is no number. What PostgreSQL quotes is text, also where empty.
        arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""],
            quoted_strings_can_be_null=False,
        ),
    )  # fmt: skip
    connection.register("rows_taken_in", read)
    connection.execute(f"insert into {table} from rows_taken_in")
    connection.unregister("rows_taken_in")
