"""The record's own ids: kept from run to run, else the best source's id where it is free, else made from the rows."""

from __future__ import annotations

import duckdb

LONGEST_ID = 32
# How often an id is made anew where the one made is another's.
MOST_MADE = 8


def assign_unique_ids(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    """The table `named` (cluster, unique_id) for every cluster of `grouped`; no id ever goes to another person."""
    keep_unique_ids(connection, kind)
    connection.execute(
        f"""
        insert into named
        with wished as (
            select cluster, arg_min(preferred_id, priority) as unique_id, min(priority) as best
            from grouped join record using (record) where cluster not in (select cluster from named) group by 1
        )
        select cluster, unique_id from wished
        where length(trim(unique_id)) between 1 and {LONGEST_ID} and unique_id not in ({taken(kind)})
        qualify row_number() over (partition by unique_id order by best) = 1
        """
    )
    connection.execute(
        f"""
        insert into named
        with seeded as (
            select cluster, arg_min(source || chr(31) || source_id, record) as seed
            from grouped join record using (record) where cluster not in (select cluster from named) group by 1
        ), made as (
            select cluster, attempt, 'H' || upper(left(md5('{kind}' || chr(31) || seed
                || case attempt when 0 then '' else chr(31) || attempt end), 24)) as unique_id
            from seeded cross join range({MOST_MADE}) as attempts (attempt)
        )
        select cluster, unique_id from made
        where unique_id not in ({taken(kind)}) and unique_id not in (select unique_id from named)
        qualify row_number() over (partition by cluster order by attempt) = 1
        """
    )


def taken(kind: str) -> str:
    """A query of the ids that somebody of `kind` has or had."""
    return (
        f"select unique_id from identity where kind = '{kind}'"
        f" union all select unique_id from identity_history where kind = '{kind}'"
    )


def keep_unique_ids(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    """The table `named` (cluster, unique_id) for the clusters of `grouped` that can have an id which their rows had.

    Of the ids of one cluster that one stays which its rows had longest. An id that several clusters' rows have, as they
    were one person until now, stays with those who had it longest (before others joined them), else with the row whose
    own id it is, else with most rows. The others have again the id that they had last before: so persons who were
    joined and are taken apart are as they were.
    """
    connection.execute(
        f"""
        create or replace temp table claim as
        with past as (
            select source, source_id, unique_id, max(valid_until) as valid_until from identity_history
            where kind = '{kind}' group by all
        ), since as (select source, source_id, max(valid_until) as since from past group by all),
        had as (
            select cluster, known.unique_id, 0 as place, coalesce(epoch(since), 0) as since,
                record.source_id = known.unique_id as own, priority
            from grouped join record using (record)
            join identity as known on known.kind = '{kind}' and known.source = record.source
                and known.source_id = record.source_id
            left join since on since.source = record.source and since.source_id = record.source_id
            union all
            select cluster, past.unique_id, 1, epoch(past.valid_until), record.source_id = past.unique_id, priority
            from grouped join record using (record)
            join past on past.source = record.source and past.source_id = record.source_id
        )
        select cluster, unique_id, min(place) as place,
            -- How long it was theirs: since when they have it, or, the latest first, until when they had it.
            case min(place) when 0 then min(since) filter (place = 0) else -max(since) end as age,
            bool_or(own) as own, count(*) as rows, min(priority) as best
        from had group by 1, 2
        """
    )
    connection.execute("create or replace temp table named (cluster bigint, unique_id varchar)")
    while _name_once(connection):
        pass


def _name_once(connection: duckdb.DuckDBPyConnection) -> bool:
    """Each cluster without an id asks for the best that is left; of those who ask for one id the best has it."""
    counted = connection.execute(
        """
        insert into named
        with asked as (
            select * from claim
            where cluster not in (select cluster from named) and unique_id not in (select unique_id from named)
            qualify row_number() over (partition by cluster order by place, age, best, unique_id) = 1
        )
        select cluster, unique_id from asked
        qualify row_number() over (partition by unique_id order by place, age, own desc, rows desc, best) = 1
        """
    ).fetchone()
    return bool(counted and counted[0])
