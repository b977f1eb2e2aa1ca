"""Link the persons of all sources: what people decided, then what is equal, then what is probable."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import duckdb

from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.link.blocking import find_partners
from homeroom.consolidate.link.clusters import join_best
from homeroom.consolidate.link.contacts import CONTACTS
from homeroom.consolidate.link.decided import apply_decisions, know_decisions
from homeroom.consolidate.link.exact_rules import find_exact
from homeroom.consolidate.link.kinds import PersonKind
from homeroom.consolidate.link.known_scores import (
    add_partners,
    keep_nodes,
    know_others,
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
from homeroom.consolidate.link.told_matches import write_identities, write_matches
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
    write_matches(connection, kind.name, settings.lowest_told, settings.review_threshold, going_on)
    assign_unique_ids(connection, kind.name)
    write_identities(connection, kind.name, going_on)
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
    nodes = know_others(connection, known_nodes(before, kind))
    known = known_scores(connection, kind, nodes, before)
    if known is None:
        return False
    find_partners(connection, kind.blocking, "every_node")
    add_partners(connection, known_nodes(before, kind))
    score(connection, kind, nodes, settings.seed, known, into, engine, "every_node")
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
