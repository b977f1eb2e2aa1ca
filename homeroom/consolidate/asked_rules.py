"""The rules asked of merged tables: again only of those about whom the tables say something else than they did.

What a rule finds of somebody follows, for a rule that is `about` them, from the rows that name them. Where a table has
few changes, those who are named in them are asked about, and what was found of the others stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from homeroom.consolidate.database import literal
from homeroom.consolidate.layered_table import LayeredTable, only_in
from homeroom.consolidate.rules import Rule, check
from homeroom.model.columns import columns


@dataclass(frozen=True)
class AskedBefore:
    """The names of `rules` that were asked of `tables` the last time, and the file of what was `found`."""

    tables: Mapping[str, LayeredTable]
    rules: Collection[str]
    found: Path


def ask(
    connection: duckdb.DuckDBPyConnection,
    asked: Sequence[Rule],
    tables: Mapping[str, LayeredTable],
    kept: Path,
    before: AskedBefore | None,
) -> set[str]:
    """Make a view of each table, and `found`, what check finds in them, which is `kept`; the resources that break a
    rule."""
    for resource, table in tables.items():
        connection.execute(
            f'create or replace temp view "{resource}" as select source_rows[1] as source_row, * from {table.sql}'
        )
    again = _ask_again(connection, asked, tables, before) if before else []
    rest = [rule for rule in asked if rule not in again]
    connection.execute("drop table if exists found")
    check(connection, rest, {resource: f'"{resource}"' for resource in tables}).create("found")
    if again:
        connection.execute("insert into found from found_again")
    kept.parent.mkdir(exist_ok=True)
    connection.execute(f"copy found to {literal(kept)} (format parquet)")
    return {row[0] for row in connection.execute("select distinct resource from found").fetchall()}


def _ask_again(
    connection: duckdb.DuckDBPyConnection,
    asked: Sequence[Rule],
    tables: Mapping[str, LayeredTable],
    before: AskedBefore,
) -> list[Rule]:
    """Ask those rules for which that is enough about whomever anything changed, into `found_again`; gives the rules."""
    standing = [rule for rule in asked if _stands(rule, tables, before)]
    again: list[Rule] = []
    connection.execute("drop table if exists found_again")
    check(connection, [], {}).create("found_again")
    for about in sorted({str(rule.about) for rule in standing}):
        again += _ask_about(connection, about, [r for r in standing if r.about == about], tables, before)
    return again


def _stands(rule: Rule, tables: Mapping[str, LayeredTable], before: AskedBefore) -> bool:
    """Whether the rule was asked of these tables, but for rows of which it is known that they have changed."""
    if rule.about is None or rule.name not in before.rules:
        return False
    for resource in rule.needs:
        now, then = tables.get(resource), before.tables.get(resource)
        if now is None or then is None or not now.same_base(then):
            return False
        if not _names(resource, rule.about) and not now.same_as(then):
            return False
    return True


def _ask_about(
    connection: duckdb.DuckDBPyConnection,
    about: str,
    standing: Sequence[Rule],
    tables: Mapping[str, LayeredTable],
    before: AskedBefore,
) -> list[Rule]:
    """Put what the `standing` rules find into `found_again`; gives those of which this could be told."""
    needs: dict[str, set[str]] = {}
    for rule in standing:
        for resource, names in rule.needs.items():
            if _names(resource, about):
                needs.setdefault(resource, {about}).update(names)
    pairs = [(tables[resource], before.tables[resource]) for resource in needs]
    changes = [f"select {about} from {only_in(*pair)}" for one, other in pairs for pair in ((one, other), (other, one))]
    connection.execute(f"create or replace temp table changed as {' union '.join(changes)}")
    for resource, read in needs.items():
        connection.execute(
            f'create or replace temp table "changed {resource}" as'
            f' select source_row, {", ".join(sorted(read))} from "{resource}" semi join changed using ({about})'
        )
    told = {str(rule.resource) for rule in standing}
    apart = {resource for resource in told if _apart(connection, about, resource, before, tables)}
    again = [rule for rule in standing if rule.resource in apart]
    relations = {r: f'"changed {r}"' if r in needs else f'"{r}"' for rule in again for r in rule.needs}
    check(connection, again, relations).insert_into("found_again")
    for rule in again:
        connection.execute(
            f"insert into found_again from {literal(before.found)}"
            f' anti join "changed rows of {rule.resource}" using (source_row) where rule = {literal(rule.name)}'
        )
    return again


def _apart(
    connection: duckdb.DuckDBPyConnection,
    about: str,
    resource: str,
    before: AskedBefore,
    tables: Mapping[str, LayeredTable],
) -> bool:
    """Whether no row of a source is of somebody about whom anything changed and of somebody else too: so what was found
    of the others is known by its rows. `changed rows of <resource>`: the rows of the first."""
    rows = f'"changed rows of {resource}"'
    connection.execute(
        f"""
        create or replace temp table {rows} as select source_row from "changed {resource}"
            union select source_rows[1] from {only_in(before.tables[resource], tables[resource])}
        """
    )
    mixed = f'select 1 from "{resource}" semi join {rows} using (source_row) anti join changed using ({about}) limit 1'
    return not connection.execute(mixed).fetchall()


def _names(resource: str, about: str) -> bool:
    return any(column.name == about for column in columns(resource))
