"""Link the persons of all sources: what people decided, then what is equal, then what is probable."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb

from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.link.clusters import KEPT_APART, join_best
from homeroom.consolidate.link.contacts import CONTACTS
from homeroom.consolidate.link.decided import apply_decisions
from homeroom.consolidate.link.exact_rules import find_exact
from homeroom.consolidate.link.kinds import PersonKind
from homeroom.consolidate.link.nodes import create_nodes
from homeroom.consolidate.link.records import comparable, create_records, keep_comparable
from homeroom.consolidate.link.scoring import score
from homeroom.consolidate.link.staff import STAFF
from homeroom.consolidate.link.students import STUDENTS
from homeroom.consolidate.link.tables import create_tables
from homeroom.consolidate.link.unique_ids import assign_unique_ids

# From which probability on a pair is told: recall is estimated below the doubt that a person is asked about, too.
LOWEST_TOLD = 0.05

# Contacts come after students: that two of them have the same children is what tells most.
KINDS = (STUDENTS, CONTACTS, STAFF)


@dataclass(frozen=True)
class LinkSettings:
    """From which probability two rows are one person without asking, and from which a person is asked.

    Rows of one source are joined without asking only with a fifth of that doubt: a system rarely holds a person twice.
    `seed`: of the sample that Splink learns from.
    """

    merge_threshold: float = 0.95
    review_threshold: float = 0.60
    seed: int = 1

    @property
    def merge_threshold_within_source(self) -> float:
        return 1 - (1 - self.merge_threshold) / 5


@dataclass(frozen=True)
class LinkSummary:
    """Counts of pairs: compared (scored or found equal), merged, and awaiting a person's decision."""

    pairs: int
    merged: int
    review: int


def link(
    connection: duckdb.DuckDBPyConnection,
    settings: LinkSettings | None = None,
    kinds: Collection[str] = ("Student", "Contact", "Staff"),
    before: Path | None = None,
    into: Path | None = None,
    engine: Engine = IN_THIS_PROCESS,
) -> LinkSummary:
    """Write `identity` and `match` for every row of the relation `person`.

    Reads `person`, earlier rows of `identity` (ids stay with their persons) and `match_decision` (kind, left_source,
    left_id, right_source, right_id, decision 'together' | 'apart', decision_number), which hold always; the highest
    number counts where two can't both hold. `identity_history` gives ids back to persons who are taken apart. Rows of
    `identity` for schools are left alone. The same input gives the same output. `into`: a folder for what is worth
    keeping for the next time; `before`: such a folder of the last time, to go on from.
    """
    settings = settings or LinkSettings()
    create_tables(connection)
    connection.execute("delete from match where list_contains(?, kind)", [list(kinds)])
    summaries = [_link_kind(connection, kind, settings, before, into, engine) for kind in KINDS if kind.name in kinds]
    return LinkSummary(
        pairs=sum(s.pairs for s in summaries),
        merged=sum(s.merged for s in summaries),
        review=sum(s.review for s in summaries),
    )


def _link_kind(
    connection: duckdb.DuckDBPyConnection,
    kind: PersonKind,
    settings: LinkSettings,
    before: Path | None,
    into: Path | None,
    engine: Engine,
) -> LinkSummary:
    known = comparable(before, kind.name) if before else None
    known = known if known and known.base.exists() else None
    count = create_records(connection, kind.name, known)
    if into:
        keep_comparable(connection, known, comparable(into, kind.name))
    connection.execute("drop table made_comparable; drop table gone_person")
    if count == 0:
        connection.execute("delete from identity where kind = ?", [kind.name])
        return LinkSummary(0, 0, 0)
    apply_decisions(connection, kind.name)
    find_exact(connection, kind)
    connection.execute(
        """
        create or replace temp table sure_link as
        select left_record, right_record, 1.0 as probability, false as contradiction, false as unsure from exact_link
        """
    )
    join_best(connection, "sure_link", 1.0, 1.0)
    nodes = create_nodes(connection)
    score(connection, kind, nodes, settings.seed, before, into, engine)
    _probable_links(connection)
    join_best(connection, "probable_link", settings.merge_threshold, settings.merge_threshold_within_source)
    _write_matches(connection, kind.name, settings)
    assign_unique_ids(connection, kind.name)
    _write_identities(connection, kind.name)
    return _summary(connection, kind.name)


def _probable_links(connection: duckdb.DuckDBPyConnection) -> None:
    """Scores between groups become links between the groups' rows; the first row stands for its group."""
    connection.execute(
        """
        create or replace temp table probable_link as
        select left_node as left_record, right_node as right_record, probability, contradiction,
            unsure_first_name as unsure, comparison
        from scored
        """
    )


def _write_matches(connection: duckdb.DuckDBPyConnection, kind: str, settings: LinkSettings) -> None:
    """What was found: merged pairs, those that a person should look at, and those decided or seen to be apart.

    A pair is doubtful only where neither row found a better partner in the other's source, and once for two groups.
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
            where probability >= {min(LOWEST_TOLD, settings.review_threshold)}
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
            when probability >= {settings.review_threshold} and (not one_source or same_source) and row_number() over (
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


def _write_identities(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    connection.execute("delete from identity where kind = ?", [kind])
    connection.execute(
        f"""
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


def _summary(connection: duckdb.DuckDBPyConnection, kind: str) -> LinkSummary:
    counts = connection.execute(
        """
        select (select count(*) from scored) + (select count(*) from exact_link),
            count(*) filter (state = 'merged'), count(*) filter (state = 'review')
        from match where kind = ?
        """,
        [kind],
    ).fetchone()
    assert counts is not None  # noqa: S101 - an aggregate has one row
    return LinkSummary(*(int(count) for count in counts))
