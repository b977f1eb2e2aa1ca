"""What linking tells of a kind of persons: of each pair what was found, and of each row who it is."""

from __future__ import annotations

from pathlib import Path

import duckdb

from homeroom.consolidate.database import literal
from homeroom.consolidate.link.clusters import KEPT_APART


def write_matches(
    connection: duckdb.DuckDBPyConnection, kind: str, lowest: float, review: float, going_on: Path | None = None
) -> None:
    """The rows of `match` of a kind: merged pairs, those to be reviewed, and those decided or seen to be apart.

    A pair is doubtful only where neither row found a better partner in the other's source, and once for two groups.
    `lowest` and `review`: from which probability on a pair is told, and a person should look at it.
    `going_on`: the folder of the last run, whose word stands for those who are not `touched`.
    """
    connection.execute(
        f"""
        create or replace temp table told as
        with found as (
            select left_record, right_record, 1.0 as probability, 'person' as decided_by, null as comparison, 0 as place
            from person_link
            union all select left_record, right_record, 0.0, 'person', null, 0 from apart
            union all select left_record, right_record, 1.0, decided_by, null, 1 from exact_link
            union all select left_record, right_record, probability, 'splink', comparison, 2 from probable_link
            where probability >= {lowest}
        ), once as (
            select * from found
            qualify row_number() over (partition by left_record, right_record order by place, probability desc) = 1
        ), sources as (
            select cluster, list(distinct source) as sources from grouped join record using (record)
            where cluster in (select cluster from grouped semi join (
                select left_record as record from once union all select right_record from once) using (record))
            group by 1
        ), between as (
            select once.*, a.cluster as left_cluster, b.cluster as right_cluster, a.cluster = b.cluster as together,
                list_has_any(x.sources, y.sources) as one_source, l.source = r.source as same_source,
                (least(a.cluster, b.cluster), greatest(a.cluster, b.cluster)) in (select (a, b) from ({KEPT_APART}))
                    as kept_apart
            from once join grouped as a on a.record = left_record join grouped as b on b.record = right_record
            join record as l on l.record = left_record join record as r on r.record = right_record
            join sources as x on x.cluster = a.cluster join sources as y on y.cluster = b.cluster
        )
        select *, case when together then 'merged' when decided_by = 'person' or kept_apart then 'apart'
            when probability >= {review} and (not one_source or same_source) and row_number() over (
                partition by least(left_cluster, right_cluster), greatest(left_cluster, right_cluster)
                order by probability desc, left_record, right_record) = 1 then 'review'
            else 'apart' end as state
        from between
        """
    )
    connection.execute(
        f"""
        insert into match
        select '{kind}', l.source, l.source_id, r.source, r.source_id, probability, state,
            coalesce(comparison, json_object('rule', decided_by))
        from told join record as l on l.record = left_record join record as r on r.record = right_record
        order by left_record, right_record
        """
    )
    if going_on:
        connection.execute(
            f"""
            insert into match
            select match.* from {literal(going_on / "match.parquet")} as match
            anti join touched on source = left_source and source_id = left_id where kind = '{kind}'
            """
        )


def write_identities(connection: duckdb.DuckDBPyConnection, kind: str, going_on: Path | None = None) -> None:
    """The rows of `identity` of a kind, by `named` and `told`; `going_on`: of those alone who are `touched`."""
    whose = "(source, source_id) in (select (source, source_id) from touched)" if going_on else "true"
    connection.execute(
        f"""
        delete from identity where kind = '{kind}' and {whose};
        insert into identity
        with ways as (
            select unnest([left_record, right_record]) as record, probability, decided_by, place
            from told where state = 'merged'
        ), way as (
            select * from ways
            qualify row_number() over (partition by record order by place, probability desc, decided_by) = 1
        )
        select source, '{kind}', source_id, unique_id, coalesce(probability, 1.0), coalesce(decided_by, 'single')
        from record join grouped using (record) join named using (cluster) left join way using (record)
        order by record
        """
    )
