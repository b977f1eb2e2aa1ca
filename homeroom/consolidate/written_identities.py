"""Who is who, and what linking found of each pair, written beside the record: what differs from the last time alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import psycopg

from homeroom.consolidate.copied_rows import copy_rows
from homeroom.consolidate.database import literal
from homeroom.consolidate.identity_history import write_history

_KEYS = {
    "identity": "source, kind, source_id",
    "match": "kind, left_source, left_id, right_source, right_id",
}


def write_identities(
    record: psycopg.Connection,
    account: duckdb.DuckDBPyConnection,
    linked: Path,
    kinds: Sequence[str],
    last: Path | None,
) -> None:
    """Write `identity` and `match` of the `kinds`, after `prepare_withdrawal`; the caller's transaction decides.

    `linked`: the folder of both as Parquet; `last`: that of what the record holds, where it is still there.
    """
    from homeroom.consolidate.link.tables import TABLES

    of_kinds = f"kind in ({', '.join(map(literal, kinds))})"
    with record.cursor() as cursor:
        for table, key in _KEYS.items():
            names = ", ".join(part.strip().split(" ")[0] for part in TABLES[table].split(","))
            now = f"select {names} from {literal(linked / f'{table}.parquet')} where {of_kinds}"
            if last is None:
                _delete(cursor, table, f"where {of_kinds}")
            else:
                was = f"select {names} from {literal(last / f'{table}.parquet')} where {of_kinds}"
                _delete_rows(account, cursor, table, key, f"{was} except {now}")
                now = f"{now} except {was}"
            copy_rows(account, now, cursor, f"consolidation.{table} ({names})")
    write_history(record, kinds)


def _delete_rows(account: duckdb.DuckDBPyConnection, cursor: psycopg.Cursor, table: str, key: str, rows: str) -> None:
    """Delete the rows that `rows`, a query, gives."""
    cursor.execute(
        f"create temporary table no_more_{table} on commit drop as select {key} from consolidation.{table} with no data"
    )
    copy_rows(account, f"select {key} from ({rows})", cursor, f"no_more_{table} ({key})")
    cursor.execute(f"analyze no_more_{table}")
    same = " and ".join(f"held.{name} = gone.{name}" for name in key.split(", "))
    _delete(cursor, table, f"using no_more_{table} as gone where {same}")
    cursor.execute(f"drop table no_more_{table}")


def _delete(cursor: psycopg.Cursor, table: str, which: str) -> None:
    """Delete the rows of `held`, the table, that `which` says; who was who by them is remembered."""
    delete = f"delete from consolidation.{table} as held {which}"
    if table == "identity":
        known = "source, kind, source_id, unique_id"
        delete = f"with gone as ({delete} returning held.*) insert into identity_before select {known} from gone"
    cursor.execute(delete)
