"""One run at a time for a record, which workspaces on several machines may name."""

from __future__ import annotations

import psycopg

# Any number that no other program uses for its lock.
_LOCK = 4_611_686_018_427_000_001

# Whether a run is under way, for whoever only asks: PostgreSQL shows the two halves of such a number.
UNDER_WAY = f"""
    select exists (select from pg_locks where locktype = 'advisory' and granted and objsubid = 1
        and database = (select oid from pg_database where datname = current_database())
        and classid = {_LOCK >> 32} and objid = {_LOCK & 0xFFFFFFFF}) as under_way
"""

# The same lock, until the transaction ends, as `taken`: for what must not happen beside a run.
TAKE_FOR_TRANSACTION = f"select pg_try_advisory_xact_lock({_LOCK}) as taken"


def take(record: psycopg.Connection) -> bool:
    """Take the lock, until the connection ends; whether nobody else has it."""
    row = record.execute("select pg_try_advisory_lock(%s)", [_LOCK]).fetchone()
    return bool(row and row[0])
