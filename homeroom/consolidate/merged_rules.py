"""The rules asked of merged rows: a value that breaks one gives way to what the next source says, or to nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from homeroom.consolidate.database import PARQUET, literal
from homeroom.consolidate.merge import sql_type
from homeroom.consolidate.rules import Rule, Severity, check, rules, set_aside
from homeroom.model.columns import columns

# Notices were given when each source was asked.
_RULES = [rule for rule in rules().values() if rule.severity is not Severity.NOTICE]


def keep_rules(connection: duckdb.DuckDBPyConnection, merged: Path, into: Path, problems: Path) -> None:
    """Write each `<Resource>.parquet` of `merged` to `into` without what breaks a rule, and `problems/rules-*.parquet`.

    A merged row stands for all the rows that it came from, and a problem is told of each of them.
    """
    tables = {path.stem: path for path in sorted(merged.glob("*.parquet"))}
    broken = _ask(connection, _RULES, tables)
    for resource in sorted(broken):
        _tell(connection, resource, problems / f"rules-{resource}.parquet")
    # A source that is believed less may be right where the other can't be; what it says is asked about once more.
    next_believed = into / "next-believed"
    next_believed.mkdir()
    fallen_back = {}
    for resource in sorted(broken):
        fallen_back[resource] = next_believed / f"{resource}.parquet"
        _fall_back(connection, resource, fallen_back[resource])
    # What was not broken and reads nothing that is another now is not broken now.
    again = [rule for rule in _RULES if not fallen_back.keys().isdisjoint(rule.needs)]
    still_broken = _ask(connection, again, tables | fallen_back) if broken else set()
    for resource, path in tables.items():
        target = into / path.name
        if resource in still_broken:
            kept = set_aside(connection, resource, f'"{resource}"', "found").project("* exclude (source_row)")
            kept.write_parquet(str(target))
        else:
            # The same bytes under a second name cost nothing.
            target.hardlink_to(fallen_back.get(resource, path))


def _ask(connection: duckdb.DuckDBPyConnection, asked: Sequence[Rule], tables: Mapping[str, Path]) -> set[str]:
    """Make a view of each table, and `found`, what check finds in them; the resources that break a rule."""
    for resource, path in tables.items():
        connection.execute(
            f'create or replace temp view "{resource}" as select source_rows[1] as source_row, * from {literal(path)}'
        )
    connection.execute("drop table if exists found")
    check(connection, asked, {resource: f'"{resource}"' for resource in tables}).create("found")
    return {row[0] for row in connection.execute("select distinct resource from found").fetchall()}


def _fall_back(connection: duckdb.DuckDBPyConnection, resource: str, into: Path) -> None:
    """The resource's table with the next source's value in the place of each one that breaks a rule."""
    of_rows = f"from found where resource = '{resource}' and severity = 'value'"
    fields = {row[0] for row in connection.execute(f"select distinct field {of_rows}").fetchall()}
    replaced = [
        f"""case when source_row in (select source_row {of_rows} and field = '{column.name}')
            then try_cast(json_extract_string(list_filter(cast(said -> '{column.name}' as json[]),
                lambda one: json_extract_string(one, '$[1]') <> cast("{column.name}" as varchar))[1], '$[1]')
                as {sql_type(column)})
            else "{column.name}" end as "{column.name}" """
        for column in columns(resource)
        if column.name in fields
    ]
    star = f"* exclude (source_row) replace ({', '.join(replaced)})" if replaced else "* exclude (source_row)"
    connection.execute(f'copy (select {star} from "{resource}") to {literal(into)} ({PARQUET})')


def _tell(connection: duckdb.DuckDBPyConnection, resource: str, into: Path) -> None:
    connection.execute(
        f"""
        copy (
            select unnest(source_rows) as source_row, unnest(source_rows) >> 32 as file_number, rule, field, sentence,
                severity
            from found join "{resource}" using (source_row) where resource = '{resource}'
        ) to {literal(into)} (format parquet)
        """
    )
