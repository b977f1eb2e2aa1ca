"""Which persons are linked again: those whom a change may touch. Everybody else is who they were.

Who is who of somebody depends on those alone with whom they have to do: a sure or a probable match, a person's
decision, an id that both had. So whoever says something else is linked again, with all who were reached from there in
the last run, and with all whom what is common among many looks different for. Nobody else need be looked at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from homeroom.consolidate.database import PARQUET, literal
from homeroom.consolidate.link.exact_rules import find_mates
from homeroom.consolidate.link.kinds import PersonKind
from homeroom.consolidate.link.known_scores import known_nodes
from homeroom.consolidate.link.records import COMMON, comparable
from homeroom.record.created_identities import SOURCE

# Where more than this share is touched, linking everybody is the shorter way.
MOST_AGAIN = 0.1

_TABLES = ("identity", "match")


def keep_for_the_next(
    connection: duckdb.DuckDBPyConnection, kind: PersonKind, chosen: Mapping[str, Any], into: Path
) -> None:
    """Write to the folder `into` what counted for all: `chosen` (settings), people's decisions, and what is common."""
    (into / _chosen(kind)).write_text(json.dumps(dict(chosen)), "utf-8")
    (into / _decided(kind)).write_text(json.dumps(_decisions(connection, kind)), "utf-8")
    connection.execute(f"copy (from common_now) to {literal(into / _common(kind))} ({PARQUET})")


def find_common(connection: duckdb.DuckDBPyConnection) -> None:
    """The table `common_now` (what, value): what many have in common, and which first names many have."""
    values = [f"select '{column}' as what, unnest(values) as value from common_{column}" for column in COMMON]
    names = "select 'first_name' as what, first_name as value from frequent_name"
    found = " union all ".join([*values, names])
    connection.execute(f"create or replace temp table common_now as from ({found}) where value is not null")


def find_again(
    connection: duckdb.DuckDBPyConnection, kind: PersonKind, chosen: Mapping[str, Any], before: Path
) -> bool:
    """The table `again` (source, source_id, record): who is linked again; `touched`: they, and those who are gone.

    False where all are linked again, as too many are touched, or what the last run left in the folder `before` can't be
    gone on from. Reads what `make_comparable`, `know_decisions` and `find_common` made, and `identity`.
    """
    if not _can_go_on(connection, kind, chosen, before):
        return False
    _find_edges(connection, kind, before)
    _find_changed(connection, kind, before)
    return _reach(connection)


def reach_scored(connection: duckdb.DuckDBPyConnection, lowest: float) -> bool | None:
    """Put those into `again` for whom somebody in it was scored `lowest` or more, and all whom they reach.

    None where nobody came, False where too many did.
    """
    connection.execute(
        f"""
        create or replace temp table hit as
        select record from (
            select unnest([left_node, right_node]) as record from scored
            where probability >= {lowest}
                and (left_node in (select record from again)) <> (right_node in (select record from again))
        ) anti join again using (record)
        """
    )
    if connection.execute("select count(*) from hit").fetchone() == (0,):
        return None
    connection.execute("insert into seed select source, source_id from numbered semi join hit using (record)")
    return _reach(connection)


def take_in_mates(connection: duckdb.DuckDBPyConnection, kind: PersonKind) -> None:
    """The table `looked_at` (source, source_id, record): those in `again`, and who has a value in common with them."""
    valued = {column: None for _, column, _ in kind.exact}
    connection.execute(
        f"""
        create or replace temp table said_again as
        select source, source_id, first_name, last_name, {", ".join(valued)}
        from everybody semi join again using (source, source_id);
        create or replace temp table mate (source varchar, source_id varchar)
        """
    )
    find_mates(connection, kind, "said_again", "everybody", "mate")
    connection.execute(
        """
        create or replace temp table looked_at as
        from again union select source, source_id, record from numbered semi join mate using (source, source_id);
        drop table said_again;
        drop table mate
        """
    )


def leave_mates(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave those in `again` alone in `record` and `exact_link`."""
    connection.execute(
        """
        delete from record where record not in (select record from again);
        delete from exact_link where left_record not in (select record from again)
            or right_record not in (select record from again)
        """
    )


def _can_go_on(
    connection: duckdb.DuckDBPyConnection, kind: PersonKind, chosen: Mapping[str, Any], before: Path
) -> bool:
    files = [*(before / f"{table}.parquet" for table in _TABLES), before / _decided(kind), before / _common(kind),
             comparable(before, kind.name).base, known_nodes(before, kind).base]  # fmt: skip
    if not all(file.exists() for file in files) or not (before / _chosen(kind)).exists():
        return False
    if json.loads((before / _chosen(kind)).read_text("utf-8")) != dict(chosen):
        return False
    connection.execute(
        f"""
        create or replace temp table was_who as
        select was.* exclude (kind), record from {literal(before / "identity.parquet")} as was
        left join numbered using (source, source_id) where kind = '{kind.name}'
        """
    )
    # The run that is gone on from must be the one whose ids stay. Whom apps asked for since is new.
    of_all = "select count(*), sum(hash(source, source_id, unique_id, probability, decided_by)::hugeint)"
    now = f"""
        identity where kind = '{kind.name}' and (source <> {literal(SOURCE)}
            or source_id in (select source_id from was_who where source = {literal(SOURCE)}))
        """
    return (
        connection.execute(f"{of_all} from {now}").fetchone() == connection.execute(f"{of_all} from was_who").fetchone()
    )


def _find_edges(connection: duckdb.DuckDBPyConnection, kind: PersonKind, before: Path) -> None:
    """The table `edge` (a, b): who has to do with whom, both ways; whoever was one person is so by their id.

    `stands` (source, source_id, place): where each row is in it, beside its own id.
    """
    connection.execute(
        f"""
        create or replace temp table stands as
        select source, source_id, 'once ' || unique_id as place from identity_history where kind = '{kind.name}'
        union select source, source_id, 'together ' || person from together_row
        union select source, source_id, 'apart ' || person // 2 from apart_row;
        create or replace temp table edge as
        with pair as (
            select 'id ' || l.unique_id as a, 'id ' || r.unique_id as b
            from (
                from {literal(before / "match.parquet")} where kind = '{kind.name}' and state <> 'merged'
            )
            join was_who as l on l.source = left_source and l.source_id = left_id
            join was_who as r on r.source = right_source and r.source_id = right_id
            union select 'id ' || unique_id, place from stands join was_who using (source, source_id)
            union select 'id ' || substr(place, 6), place from stands where place like 'once %'
        )
        select a, b from pair union select b, a from pair
        """
    )


def _find_changed(connection: duckdb.DuckDBPyConnection, kind: PersonKind, before: Path) -> None:
    """The table `seed` (source, source_id): whom a change touches by itself, also those who are gone."""
    known = comparable(before, kind.name).sql
    then = json.loads((before / _decided(kind)).read_text("utf-8"))
    now = _decisions(connection, kind)
    decided = {row for one in (*then, *now) for row in ((one[0], one[1]), (one[2], one[3]))} if then != now else ()
    rows = "".join(f" union select {literal(source)}, {literal(source_id)}" for source, source_id in sorted(decided))
    connection.execute(
        f"""
        create or replace temp table common_before as from {literal(before / _common(kind))};
        create or replace temp table otherwise as
            (from common_now except from common_before) union all (from common_before except from common_now);
        create or replace temp table not_said as from {known} semi join gone_person using (said)
        """
    )
    # Most nights, what is common is what was.
    others = "".join(
        f" union select source, source_id from everybody where list_has_any({what if what in COMMON else f'[{what}]'},"
        f" (select list(value) from otherwise where what = '{what}'))"
        for (what,) in connection.execute("select distinct what from otherwise").fetchall()
    )
    connection.execute(
        f"""
        create or replace temp table seed as
        select source, source_id from made_comparable
        union select source, source_id from not_said {others} {rows};
        create or replace temp table changed as
            from everybody semi join seed using (source, source_id) union all by name from not_said;
        create or replace temp table mate (source varchar, source_id varchar)
        """
    )
    find_mates(connection, kind, "changed", "everybody", "mate")
    connection.execute("insert into seed from mate; drop table changed; drop table mate")


def _reach(connection: duckdb.DuckDBPyConnection) -> bool:
    """`again` and `touched`, by `seed` and `edge`; whether they are few enough."""
    (share,) = connection.execute(
        """
        create or replace temp table reached as
        with recursive way as (
            select 'id ' || unique_id as place from was_who semi join seed using (source, source_id)
            union select place from stands semi join seed using (source, source_id)
            union select b from way join edge on a = place
        )
        from way;
        create or replace temp table again as
        select source, source_id, record from numbered semi join seed using (source, source_id)
        union select source, source_id, record from was_who
            where record is not null and unique_id in (select substr(place, 4) from reached where place like 'id %');
        create or replace temp table touched as
        select source, source_id from again union select source, source_id from not_said;
        select (select count(*) from again) / (select count(*) from numbered)
        """
    ).fetchone() or (1.0,)
    return bool(share <= MOST_AGAIN)


def _decisions(connection: duckdb.DuckDBPyConnection, kind: PersonKind) -> list[list[Any]]:
    decided = connection.execute(
        "select left_source, left_id, right_source, right_id, decision, decision_number from match_decision"
        " where kind = ? order by all",
        [kind.name],
    ).fetchall()
    return [[*one] for one in decided]


def _chosen(kind: PersonKind) -> str:
    return f"chosen-{kind.name}.json"


def _decided(kind: PersonKind) -> str:
    return f"decided-{kind.name}.json"


def _common(kind: PersonKind) -> str:
    return f"common-{kind.name}.parquet"
