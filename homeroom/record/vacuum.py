"""Tidy up after a large batch, at a time of our own: else PostgreSQL does it by itself, beside the next long run."""

from __future__ import annotations

import psycopg
from psycopg import sql

# When autovacuum would find that a table is due (PostgreSQL 18, chapter 24.1.6, "The Autovacuum Daemon").
_DUE = """
    with setting as (
        select current_setting('autovacuum_vacuum_threshold')::float as vacuum_threshold,
            current_setting('autovacuum_vacuum_scale_factor')::float as vacuum_share,
            current_setting('autovacuum_vacuum_insert_threshold')::float as insert_threshold,
            current_setting('autovacuum_vacuum_insert_scale_factor')::float as insert_share,
            current_setting('autovacuum_analyze_threshold')::float as analyze_threshold,
            current_setting('autovacuum_analyze_scale_factor')::float as analyze_share
    )
    select schemaname, counted.relname
    from pg_stat_user_tables as counted join pg_class on pg_class.oid = relid cross join setting
    where n_dead_tup > vacuum_threshold + vacuum_share * greatest(reltuples, 0)
        or n_ins_since_vacuum > insert_threshold + insert_share * greatest(reltuples, 0)
        or n_mod_since_analyze > analyze_threshold + analyze_share * greatest(reltuples, 0)
    order by relpages desc, 1, 2
"""


def vacuum_changed(record: psycopg.Connection) -> int:
    """Vacuum and analyze the tables of which much has changed since that was done last; gives their number.

    `record`: the connection that wrote, outside a transaction. What asks the record afterwards is planned by what the
    tables hold now.
    """
    record.autocommit = True
    try:
        # Else what this connection wrote is counted up to a minute later.
        record.execute("select pg_stat_force_next_flush()")
        due = record.execute(_DUE).fetchall()
        for schema, name in due:
            record.execute(sql.SQL("vacuum (analyze, skip_locked) {}").format(sql.Identifier(schema, name)))
    finally:
        record.autocommit = False
    return len(due)
