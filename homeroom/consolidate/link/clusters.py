"""Which rows are one person: each group joins the one it fits best, if that one also fits it best.

Nothing is joined along a chain: two groups with rows of one source, a decision to keep them apart, or a pair
that speaks against it, stay two, however well a third row fits both.
"""

from __future__ import annotations

import duckdb

# The pairs of clusters that a decision keeps apart, whichever of their rows it was about.
KEPT_APART = """
    select distinct least(x.cluster, y.cluster) as a, greatest(x.cluster, y.cluster) as b
    from apart join grouped as x on x.record = left_record join grouped as y on y.record = right_record
"""


def join_best(
    connection: duckdb.DuckDBPyConnection, links: str, threshold: float, threshold_within_source: float
) -> None:
    """Join the clusters of `grouped` (record, cluster) along `links` until none is left to join.

    `links` names a table (left_record, right_record, probability, contradiction); `apart` (left_record, right_record)
    holds always. Rows of one source are joined only by a link of `threshold_within_source` or more between them.
    """
    while _join_once(connection, links, threshold, threshold_within_source):
        pass


def _join_once(connection: duckdb.DuckDBPyConnection, links: str, threshold: float, within: float) -> bool:
    connection.execute(
        f"""
        create or replace temp table candidate as
        with link as (
            select least(a.cluster, b.cluster) as a, greatest(a.cluster, b.cluster) as b,
                max(probability) as probability,
                bool_or(contradiction) as contradiction, max(probability) filter (not unsure) as sure
            from {links} as l join grouped as a on a.record = left_record join grouped as b on b.record = right_record
            where a.cluster <> b.cluster group by 1, 2 having max(probability) >= {threshold}
        ), sources as (
            select cluster, list(distinct source) as sources from grouped join record using (record)
            where cluster in (select a from link union all select b from link) group by 1
        ), common as (
            select a, b from link join sources as x on x.cluster = a join sources as y on y.cluster = b
            where list_has_any(x.sources, y.sources)
        ), kept_apart as ({KEPT_APART})
        select a, b, probability from (
            select a, b, probability from link anti join common using (a, b) where not contradiction
            union all
            select a, b, probability from link semi join common using (a, b)
            where not contradiction and coalesce(sure, 0) >= {within}
        ) anti join kept_apart using (a, b)
        """
    )
    connection.execute(
        """
        create or replace temp table joined as
        with ways as (select a as one, b as other, * from candidate union all select b, a, * from candidate),
        best as (select * from ways qualify row_number() over (partition by one order by probability desc, a, b) = 1)
        select a, b from best group by a, b having count(*) = 2
        """
    )
    (count,) = connection.execute("select count(*) from joined").fetchone() or (0,)
    if count:
        connection.execute("update grouped set cluster = joined.a from joined where grouped.cluster = joined.b")
    return bool(count)
