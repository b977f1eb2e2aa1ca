"""The record's own ids: kept from run to run, else the best source's id where it is free, else made from the rows."""

from __future__ import annotations

import duckdb

LONGEST_ID = 32


def assign_unique_ids(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    """The table `named` (cluster, unique_id) for every cluster of `grouped`.

    An id of an earlier run goes to the cluster that has most of its rows; no id ever goes to another person.
    """
    connection.execute(
        f"""
        create or replace temp table named as
        with earlier as (
            select cluster, unique_id, count(*) as rows, min(priority) as best
            from grouped join record using (record)
            join identity as known on known.kind = '{kind}' and known.source = record.source
                and known.source_id = record.source_id
            group by 1, 2
        ), first_choice as (
            select * from earlier qualify row_number() over (partition by cluster order by best, unique_id) = 1
        )
        select cluster, unique_id from first_choice
        qualify row_number() over (partition by unique_id order by rows desc, best) = 1
        """
    )
    connection.execute(
        f"""
        insert into named
        with wished as (
            select cluster, arg_min(preferred_id, priority) as unique_id, min(priority) as best
            from grouped join record using (record) where cluster not in (select cluster from named) group by 1
        )
        select cluster, unique_id from wished
        where length(trim(unique_id)) between 1 and {LONGEST_ID}
            and unique_id not in (select unique_id from identity where kind = '{kind}')
        qualify row_number() over (partition by unique_id order by best) = 1
        """
    )
    connection.execute(
        f"""
        insert into named
        with made as (
            select cluster, arg_min(source || chr(31) || source_id, record) as seed
            from grouped join record using (record) where cluster not in (select cluster from named) group by 1
        )
        select cluster, 'H' || upper(left(md5('{kind}' || chr(31) || seed), 24)) from made
        """
    )
