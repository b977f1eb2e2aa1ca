"""The record as a delivery is compared with it: read only, and only asked which of some keys it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import duckdb
import psycopg
import pyarrow as pa
from psycopg import sql

from homeroom.consolidate.copied_rows import rows_of, take_in
from homeroom.record.identifiers import table


class HeldRecord:
    """Which keys are in the record, asked in the ids of one source. Without a record none are."""

    def __init__(self, record: psycopg.Connection | None, connection: duckdb.DuckDBPyConnection, source: str) -> None:
        self._record, self._connection = record, connection
        connection.execute("create or replace temp table known (kind varchar, source_id varchar, unique_id varchar)")
        if record is not None:
            query = sql.SQL("select kind, source_id, unique_id from consolidation.identity where source = {}").format(
                sql.Literal(source)
            )
            take_in(connection, "known", rows_of(record, query.as_string(record)))

    def take_out_held(self, keys: str, columns: Sequence[str], kinds: Sequence[str | None], target: str) -> None:
        """Delete from the table `keys` (k0, k1, …, as text) what the table of `target` holds in its `columns`.

        `kinds`: whose id each part is, if anybody's: those are the source's own and asked as the record's.
        """
        if self._record is None:
            return
        parts = [f"coalesce(known{n}.unique_id, k{n}) as held{n}" if kind else f"k{n} as held{n}"
                 for n, kind in enumerate(kinds)]  # fmt: skip
        joins = " ".join(
            f"left join known as known{n} on known{n}.kind = '{kind}' and known{n}.source_id = k{n}"
            for n, kind in enumerate(kinds)
            if kind
        )
        asked = self._connection.execute(
            f"select keys.rowid as place, {', '.join(parts)} from {keys} as keys {joins}"
        ).to_arrow_table()
        if not asked.num_rows:
            return
        given = [asked["place"].to_pylist(), *(asked[f"held{n}"].to_pylist() for n in range(len(columns)))]
        names = [sql.Identifier("place"), *(sql.Identifier(f"k{n}") for n in range(len(columns)))]
        statement = sql.SQL("select place from unnest(%s::bigint[]{}) as asked ({}) join {} as held on {}").format(
            sql.SQL(", %s::text[]" * len(columns)),
            sql.SQL(", ").join(names),
            table(target),
            sql.SQL(" and ").join(
                sql.SQL("held.{}::text = asked.{}").format(sql.Identifier(column), sql.Identifier(f"k{n}"))
                for n, column in enumerate(columns)
            ),
        )
        held = pa.table({"place": pa.array([row[0] for row in self._record.execute(statement, given)], pa.int64())})
        self._connection.register("held_places", held)
        self._connection.execute(f"delete from {keys} where rowid in (select place from held_places)")
        self._connection.unregister("held_places")


@contextmanager
def read_only(url: str | None) -> Iterator[psycopg.Connection | None]:
    """A connection that can't write; None where there is no record yet."""
    if url is None:
        yield None
        return
    with psycopg.connect(url) as record:
        record.read_only = True
        there = record.execute("select to_regclass('consolidation.identity') is not null").fetchone()
        yield record if there and there[0] else None
