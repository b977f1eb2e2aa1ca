"""Link the persons of all sources: what people decided, then what is equal, then what is probable."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb

from homeroom.consolidate.database import literal
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.link.clusters import KEPT_APART, join_best
from homeroom.consolidate.link.contacts import CONTACTS
from homeroom.consolidate.link.decided import apply_decisions, know_decisions
from homeroom.consolidate.link.exact_rules import find_exact
from homeroom.consolidate.link.kinds import PersonKind
from homeroom.consolidate.link.known_scores import (
    add_known_nodes,
    keep_nodes,
    known_nodes,
    known_scores,
    tell_contents,
)
from homeroom.consolidate.link.linked_again import (
    find_again,
    find_common,
    keep_for_the_next,
    leave_mates,
    reach_scored,
    take_in_mates,
)
from homeroom.consolidate.link.nodes import create_nodes, find_frequent_names
from homeroom.consolidate.link.records import comparable, keep_comparable, make_comparable, take_records
from homeroom.consolidate.link.scoring import score
from homeroom.consolidate.link.staff import STAFF
from homeroom.consolidate.link.students import STUDENTS
from homeroom.consolidate.link.tables import create_tables
from homeroom.consolidate.link.unique_ids import assign_unique_ids

# From which probability on a pair is told: recall is estimated below the doubt that a person is asked about, too.
LOWEST_TOLD = 0.05

_TOUCHED = "(source, source_id) in (select (source, source_id) from touched)"

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

    @property
    def lowest_told(self) -> float:
        """From which probability on a pair is told."""
        return min(LOWEST_TOLD, self.review_threshold)

    @property
    def kept(self) -> dict[str, float]:
        """What must be as it was for a run to go on from the last one."""
        return {"merge": self.merge_threshold, "review": self.review_threshold}


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
    count = make_comparable(connection, kind.name, known)
    if into:
        keep_comparable(connection, known, comparable(into, kind.name))
    if count == 0:
        connection.execute("delete from identity where kind = ?", [kind.name])
        return LinkSummary(0, 0, 0)
    know_decisions(connection, kind.name)
    find_frequent_names(connection, "everybody")
    find_common(connection)
    going_on = before if _score_again(connection, kind, settings, before, into, engine) else None
    if going_on is None:
        _score_all(connection, kind, settings, before, into, engine)
    join_best(connection, "probable_link", settings.merge_threshold, settings.merge_threshold_within_source)
    _write_matches(connection, kind.name, settings, going_on)
    assign_unique_ids(connection, kind.name)
    _write_identities(connection, kind.name, "true" if going_on is None else _TOUCHED)
    if into:
        nodes = known_nodes(before, kind) if before else None
        keep_nodes(connection, kind, nodes if nodes and nodes.base.exists() else None, into)
        keep_for_the_next(connection, kind, settings.kept, into)
    return _summary(connection, kind.name)


def _score_all(
    connection: duckdb.DuckDBPyConnection,
    kind: PersonKind,
    settings: LinkSettings,
    before: Path | None,
    into: Path | None,
    engine: Engine,
) -> None:
    """`grouped` by what is sure, and `probable_link`, of everybody."""
    take_records(connection)
    connection.execute("drop view everybody; drop table made_comparable; drop table gone_person")
    find_exact(connection, kind)
    _group(connection)
    nodes = create_nodes(connection)
    tell_contents(connection)
    known = known_scores(connection, kind, nodes, before)
    score(connection, kind, nodes, settings.seed, known, into, engine)
    _probable_links(connection)


def _score_again(
    connection: duckdb.DuckDBPyConnection,
    kind: PersonKind,
    settings: LinkSettings,
    before: Path | None,
    into: Path | None,
    engine: Engine,
) -> bool:
    """The same of those in `again` alone, whom a change may touch; False where everybody must be linked."""
    if before is None or not find_again(connection, kind, settings.kept, before):
        return False
    _group_again(connection, kind)
    create_nodes(connection)
    tell_contents(connection)
    nodes = add_known_nodes(connection, known_nodes(before, kind))
    known = known_scores(connection, kind, nodes, before)
    if known is None:
        return False
    score(connection, kind, nodes, settings.seed, known, into, engine)
    few = reach_scored(connection, settings.lowest_told)
    if few:
        _group_again(connection, kind)
    _probable_links(connection, "semi join again on record = left_node")
    return few is not False


def _group_again(connection: duckdb.DuckDBPyConnection, kind: PersonKind) -> None:
    take_in_mates(connection, kind)
    take_records(connection, "looked_at")
    find_exact(connection, kind)
    leave_mates(connection)
    _group(connection)


def _group(connection: duckdb.DuckDBPyConnection) -> None:
    """`grouped`, by what people decided and by `exact_link`."""
    apply_decisions(connection)
    connection.execute(
        """
        create or replace temp table sure_link as
        select left_record, right_record, 1.0 as probability, false as contradiction, false as unsure from exact_link
        """
    )
    join_best(connection, "sure_link", 1.0, 1.0)


def _probable_links(connection: duckdb.DuckDBPyConnection, which: str = "") -> None:
    """Scores between groups become links between the groups' rows; the first row stands for its group."""
    connection.execute(
        f"""
        create or replace temp table probable_link as
        select left_node as left_record, right_node as right_record, probability, contradiction,
            unsure_first_name as unsure, comparison
        from scored {which}
        """
    )


def _write_matches(
    connection: duckdb.DuckDBPyConnection, kind: str, settings: LinkSettings, going_on: Path | None
) -> None:
    """What was found: merged pairs, those that a person should look at, and those decided or seen to be apart.

    A pair is doubtful only where neither row found a better partner in the other's source, and once for two groups.
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
            where probability >= {settings.lowest_told}
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
    if going_on:
        connection.execute(
            f"""
            insert into match
            select match.* from {literal(going_on / "match.parquet")} as match
            anti join touched on source = left_source and source_id = left_id where kind = '{kind}'
            """
        )


def _write_identities(connection: duckdb.DuckDBPyConnection, kind: str, whose: str) -> None:
    """Write `identity` anew of those of `kind` who fulfill the condition `whose`."""
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
