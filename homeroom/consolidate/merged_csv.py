"""Merged tables as the CSV that publishing reads; each is written while the record takes in the one before.

Where the tables that were published last are still there, only what differs from them is written, which is little: of
these as many are written ahead as there are. Where they are layers on the same rows, only the layers are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

import duckdb
import pyarrow as pa

from homeroom.consolidate.database import connect, literal
from homeroom.consolidate.layered_table import LayeredTable, few_of, only_in
from homeroom.model.columns import columns, key_columns
from homeroom.record.order import writing_order

_PIECE = 1 << 20


@dataclass(frozen=True)
class Published:
    """The tables that were published last, in the folder `tables`.

    `refused`: the rows that the record did not take, each by the first of its `source_rows`, by resource.
    `written_by_others` gives the keys of a resource's rows that somebody else wrote since; None where only comparing
    all with the record tells.
    """

    tables: Path
    refused: Mapping[str, Sequence[int]] = field(default_factory=dict)
    written_by_others: Callable[[str], Sequence[tuple[object, ...]] | None] = lambda resource: ()


@contextmanager
def batches(
    tables: Path, last: Published | None = None
) -> Iterator[tuple[Mapping[str, Iterator[bytes]], Mapping[str, Iterator[bytes]]]]:
    """For each table in the folder `tables` the pieces of its CSV, to be read once, in this order.

    Of a resource that is in the second mapping too, these are only the rows that differ from what was published last,
    and there are the keys of those that are gone.
    """
    order = [r for members in writing_order() for r in members if (tables / f"{r}.parquet").exists()]
    written: dict[str, Future[_Written]] = {}
    with connect(threads=1) as connection, ThreadPoolExecutor(max_workers=1) as writer:
        compared = {}
        if last is not None:
            found = {resource: _compared(connection, tables / f"{resource}.parquet", last) for resource in order}
            compared = {resource: one for resource, one in found.items() if one is not None}

        def start(resource: str) -> None:
            if resource not in written:
                table = LayeredTable(tables / f"{resource}.parquet")
                written[resource] = writer.submit(_write, connection, table, compared.get(resource))

        def pieces(resource: str, following: str | None) -> Iterator[bytes]:
            start(resource)
            if following:
                start(following)
            yield from _read(written[resource].result().rows)

        def gone(resource: str) -> Iterator[bytes]:
            yield from _read(written[resource].result().gone)

        try:
            for resource in compared:
                start(resource)
            yield (
                {resource: pieces(resource, following) for resource, following in zip_longest(order, order[1:])},
                {resource: gone(resource) for resource in compared},
            )
        finally:
            writer.shutdown(cancel_futures=True)
            for left in tables.glob("*.csv"):
                left.unlink()


@dataclass(frozen=True)
class _Written:
    rows: Path
    gone: Path


@dataclass(frozen=True)
class _Compared:
    """The table `then`, with which one is compared; the rows that are sent in any case, by first source row and key."""

    then: Path
    refused: Sequence[int]
    written_by_others: Sequence[tuple[object, ...]]


def _compared(connection: duckdb.DuckDBPyConnection, table: Path, last: Published) -> _Compared | None:
    """How to compare a table with what was published last; None where only comparing it with the record tells."""
    then = last.tables / table.name
    if not then.exists() or _shape(connection, table) != _shape(connection, then):
        return None
    written = last.written_by_others(table.stem)
    return None if written is None else _Compared(then, last.refused.get(table.stem, ()), written)


def _shape(connection: duckdb.DuckDBPyConnection, table: Path) -> list[tuple[str, str]]:
    return [(name, type_) for name, type_, *_ in connection.execute(f"describe from {literal(table)}").fetchall()]


def _write(connection: duckdb.DuckDBPyConnection, table: LayeredTable, compared: _Compared | None) -> _Written:
    files = _Written(table.base.with_suffix(".csv"), table.base.with_suffix(".gone.csv"))
    rows = f"from {table.sql}"
    if compared is not None:
        rows = _differing(connection, table, compared, files.gone)
    names = _names([column.name for column in columns(table.base.stem)])
    connection.execute(
        f"""
        copy (
            select '{{' || array_to_string(source_rows, ',') || '}}' as source_rows, said, {names} {rows}
        ) to {literal(files.rows)} (format csv, header false)
        """
    )
    return files


def _differing(connection: duckdb.DuckDBPyConnection, table: LayeredTable, compared: _Compared, gone: Path) -> str:
    """The SQL of the rows that differ from what was published last; the keys that are gone are written to `gone`."""
    resource, then = table.base.stem, LayeredTable(compared.then)
    key = key_columns(resource)
    keys = _names(key)
    rest = _names([column.name for column in columns(resource) if column.name not in key] + ["source_rows", "said"])
    # A hash is enough: it is compared with one other, that of the same key.
    connection.execute(
        f"""
        create or replace temp table was as select {keys}, hash({rest}) as content from {only_in(then, table)};
        create or replace temp table differing as
            select row.* from {only_in(table, then)} as row left join was using ({keys})
            where content is distinct from hash({rest});
        copy (select {keys} from was anti join {only_in(table, then)} using ({keys})) to {literal(gone)}
            (format csv, header false)
        """
    )
    if compared.refused or compared.written_by_others:
        _add_anew(connection, table, compared)
    return "from differing"


def _add_anew(connection: duckdb.DuckDBPyConnection, table: LayeredTable, compared: _Compared) -> None:
    """Put the rows that are sent in any case into `differing`."""
    key = key_columns(table.base.stem)
    keys = _names(key)
    texts = ", ".join(f'"{name}"::varchar' for name in key)
    connection.register("refused_before", pa.table({"source_row": pa.array(compared.refused, pa.int64())}))
    written = {name: pa.array([str(row[at]) for row in compared.written_by_others]) for at, name in enumerate(key)}
    connection.register("written_by_others", pa.table(written))
    # Each in a question of its own, of which most of the table need not be read.
    refused = "source_rows[1] in (select source_row from refused_before)"
    others = f"({texts}) in (select ({keys}) from written_by_others)"
    for which in [refused] * bool(compared.refused) + [others] * bool(compared.written_by_others):
        connection.execute(
            f"insert into differing by name from {few_of(connection, table, which)} anti join differing using ({keys})"
        )


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _read(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece
    finally:
        file.unlink()
