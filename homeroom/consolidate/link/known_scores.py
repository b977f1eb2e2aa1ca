"""What linking learned and scored the last time: a pair of which neither side has changed is as probable as it was.

What was learned stands until the number of persons has changed by a tenth, so that no pair which waits for a person's
decision comes and goes because somebody else moved in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from homeroom.consolidate.database import PARQUET, literal
from homeroom.consolidate.layered_table import LayeredTable, write_changed
from homeroom.consolidate.link.content import content_of
from homeroom.consolidate.link.kinds import PersonKind
from homeroom.consolidate.link.nodes import COMPARED

# By which share the number of persons may change before all is learned and scored anew.
MOST_CHANGE = 0.1


@dataclass(frozen=True)
class KnownScores:
    """How probable it is that true and other pairs agree, learned of so many `nodes`, in Splink's form."""

    nodes: int
    comparisons: list[dict[str, Any]]


def known_nodes(folder: Path, kind: PersonKind) -> LayeredTable:
    """Where `node` is kept, with the `content` of each, and the row that stands for it; there may be none."""
    return LayeredTable(folder / f"nodes-{kind.name}.parquet")


def tell_contents(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `content_of` (unique_id, content), with a hash for all that is compared of each `node`."""
    types = {name: type_ for name, type_, *_ in connection.execute("describe node").fetchall()}
    compared = [(f"node.{name}", types[name]) for name in COMPARED]
    content = content_of([("source", "varchar"), ("source_id", "varchar"), *compared])
    connection.execute(
        f"""
        create or replace temp table content_of as
        select unique_id, {content} as content from node join record on record = unique_id
        """
    )


def know_others(connection: duckdb.DuckDBPyConnection, known: LayeredTable) -> int:
    """Put those who are not `touched` into `content_of`; returns how many there are in all.

    The view `every_node` has those of `node` and the others, with their `content`; `former_node` (content), those of
    the last run who are linked again or are gone.
    """
    compared = ", ".join(COMPARED)
    connection.execute(
        f"""
        create or replace temp table not_again as
            select source, source_id, record from numbered anti join again using (record);
        create or replace temp table former_node as
            select content from {known.sql} anti join not_again using (source, source_id);
        create or replace temp table node_again as select * from node join content_of using (unique_id);
        create or replace temp view every_node as
            select content, {compared} from node_again
            union all select content, {compared} from {known.sql} anti join former_node using (content);
        insert into content_of by name
            select record as unique_id, content from {known.sql} join not_again using (source, source_id)
        """
    )
    (count,) = connection.execute("select count(*) from content_of").fetchone() or (0,)
    return int(count)


def add_partners(connection: duckdb.DuckDBPyConnection, known: LayeredTable) -> None:
    """Put those in `partner` into `node` who are not in it."""
    connection.execute(
        f"""
        insert into node by name
        select unique_id, {", ".join(COMPARED)} from {known.sql} semi join partner using (content)
        anti join former_node using (content) join content_of using (content)
        """
    )


def keep_nodes(
    connection: duckdb.DuckDBPyConnection, kind: PersonKind, before: LayeredTable | None, into: Path
) -> None:
    """Write `node` to the folder `into`; `before`: as it was written the last time."""
    kept = known_nodes(into, kind)
    rows = f"""
        select source, source_id, content, {", ".join(COMPARED)} from node join content_of using (unique_id)
        join numbered on record = unique_id
        """
    if before is None:
        connection.execute(f"copy ({rows}) to {literal(kept.base)} ({PARQUET})")
        return
    known = f"(select content from {before.sql})"
    connection.execute(f"create or replace temp table gone_node as from {known} anti join content_of using (content)")
    new = f"from ({rows}) anti join {known} using (content)"
    write_changed(connection, before, kept, "gone_node using (content)", new)


def known_scores(
    connection: duckdb.DuckDBPyConnection, kind: PersonKind, nodes: int, before: Path | None
) -> KnownScores | None:
    """What was learned the last time, where it stands; then `node` says `is_new` of whom it does not know."""
    if before is None or not (before / _scores(kind)).exists():
        return None
    learned = json.loads((before / _learned(kind)).read_text("utf-8"))
    if abs(nodes - learned["nodes"]) > MOST_CHANGE * learned["nodes"]:
        return None
    connection.execute(
        f"""
        create or replace temp table known_node as select content from {known_nodes(before, kind).sql};
        create or replace temp table known_score as from {literal(before / _scores(kind))};
        alter table node add column is_new boolean default false;
        update node set is_new = true from content_of anti join known_node using (content)
        where content_of.unique_id = node.unique_id
        """
    )
    return KnownScores(learned["nodes"], learned["comparisons"])


def add_known_scores(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the pairs of which neither side has changed into `scored`."""
    connection.execute(
        """
        insert into scored by name
        select least(l.unique_id, r.unique_id) as left_node, greatest(l.unique_id, r.unique_id) as right_node,
            score.* exclude (left_content, right_content)
        from known_score as score
        join content_of as l on l.content = left_content join content_of as r on r.content = right_content
        """
    )


def keep_scores(connection: duckdb.DuckDBPyConnection, kind: PersonKind, learned: KnownScores, into: Path) -> None:
    """Write what was learned and `scored` to the folder `into`."""
    text = json.dumps({"nodes": learned.nodes, "comparisons": learned.comparisons})
    (into / _learned(kind)).write_text(text, "utf-8")
    connection.execute(
        f"""
        copy (
            select l.content as left_content, r.content as right_content, scored.* exclude (left_node, right_node)
            from scored join content_of as l on l.unique_id = left_node
            join content_of as r on r.unique_id = right_node
        ) to {literal(into / _scores(kind))} ({PARQUET})
        """
    )


def _learned(kind: PersonKind) -> str:
    return f"learned-{kind.name}.json"


def _scores(kind: PersonKind) -> str:
    return f"scores-{kind.name}.parquet"
