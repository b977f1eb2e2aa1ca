"""Merged tables as the CSV that publishing reads; each is written while the record takes in the one before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import zip_longest
from pathlib import Path

import duckdb

from homeroom.consolidate.database import connect, literal
from homeroom.model.columns import columns
from homeroom.record.order import writing_order

_PIECE = 1 << 20


@contextmanager
def batches(tables: Path) -> Iterator[Mapping[str, Iterator[bytes]]]:
    """For each `<Resource>.parquet` in the folder `tables` the pieces of its CSV, to be read once, in this order."""
    order = [r for members in writing_order() for r in members if (tables / f"{r}.parquet").exists()]
    written: dict[str, Future[Path]] = {}
    with connect(threads=1) as connection, ThreadPoolExecutor(max_workers=1) as writer:

        def start(resource: str) -> None:
            if resource not in written:
                written[resource] = writer.submit(_write, connection, tables / f"{resource}.parquet")

        def pieces(resource: str, following: str | None) -> Iterator[bytes]:
            start(resource)
            if following:
                start(following)
            yield from _read(written[resource].result())

        try:
            yield {resource: pieces(resource, following) for resource, following in zip_longest(order, order[1:])}
        finally:
            writer.shutdown(cancel_futures=True)


def _write(connection: duckdb.DuckDBPyConnection, table: Path) -> Path:
    names = ", ".join(f'"{column.name}"' for column in columns(table.stem))
    file = table.with_suffix(".csv")
    connection.execute(
        f"""
        copy (
            select '{{' || array_to_string(source_rows, ',') || '}}' as source_rows, said, {names}
            from {literal(table)}
        ) to {literal(file)} (format csv, header false)
        """
    )
    return file


def _read(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece
    finally:
        file.unlink()
