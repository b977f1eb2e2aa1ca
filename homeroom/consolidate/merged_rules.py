"""The rules asked of merged rows: a value that breaks one gives way to what the next source says, or to nothing."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb

from homeroom.consolidate.asked_rules import AskedBefore, ask
from homeroom.consolidate.database import literal
from homeroom.consolidate.layered_table import LayeredTable, tables_in, write_changed
from homeroom.consolidate.merge import sql_type
from homeroom.consolidate.rules import Rule, Severity, rules, set_aside
from homeroom.model.columns import columns

# Notices were given when each source was asked.
_RULES = [rule for rule in rules().values() if rule.severity is not Severity.NOTICE]
# Beside the tables: those that were asked about once more, and what was found first and then.
_NEXT_BELIEVED = Path("next-believed")
_FOUND, _FOUND_STILL = Path("found", "first.parquet"), Path("found", "again.parquet")
# How the rows in the table `broken` are found among merged ones.
_BROKEN = "broken on row.source_rows[1] = broken.source_row"


def keep_rules(
    connection: duckdb.DuckDBPyConnection, merged: Path, into: Path, problems: Path, before: Path | None = None
) -> None:
    """Write each table of `merged` to `into` without what breaks a rule, and `problems/rules-*.parquet`.

    A merged row stands for all the rows that it came from, and a problem is told of each of them. `before`: the folder
    of the batch that `merged` goes on from.
    """
    tables = tables_in(merged)
    broken = ask(connection, _RULES, tables, into / _FOUND, _asked_first(before))
    for resource in sorted(broken):
        _tell(connection, resource, problems / f"rules-{resource}.parquet")
    # A source that is believed less may be right where the other can't be; what it says is asked about once more.
    next_believed = into / _NEXT_BELIEVED
    next_believed.mkdir()
    fallen_back = {}
    for resource in sorted(broken):
        fallen_back[resource] = LayeredTable(next_believed / f"{resource}.parquet")
        _fall_back(connection, resource, tables[resource], fallen_back[resource])
    still_broken = (
        ask(connection, _reading(fallen_back), tables | fallen_back, into / _FOUND_STILL, _asked_again(before))
        if broken
        else set()
    )
    for resource, table in tables.items():
        kept = fallen_back.get(resource, table)
        if resource in still_broken:
            _set_aside(connection, resource, kept, LayeredTable(into / table.base.name))
        else:
            kept.link(into)


def _asked_first(before: Path | None) -> AskedBefore | None:
    """What was asked in the folder of the last time first, where it can be gone on from."""
    if before is None or not (before / "ruled" / _FOUND).exists():
        return None
    names = {rule.name for rule in _RULES}
    return AskedBefore(tables_in(before / "merged"), names, before / "ruled" / _FOUND)


def _asked_again(before: Path | None) -> AskedBefore | None:
    """What was asked there once more, of what was believed next."""
    if before is None or not (before / "ruled" / _FOUND_STILL).exists():
        return None
    fallen_back = tables_in(before / "ruled" / _NEXT_BELIEVED)
    names = {rule.name for rule in _reading(fallen_back)}
    return AskedBefore(tables_in(before / "merged") | fallen_back, names, before / "ruled" / _FOUND_STILL)


def _reading(resources: Collection[str]) -> list[Rule]:
    """The rules that read one of the resources: what was not broken and reads nothing that is another now is not broken
    now."""
    return [rule for rule in _RULES if not rule.needs.keys().isdisjoint(resources)]


def _fall_back(connection: duckdb.DuckDBPyConnection, resource: str, table: LayeredTable, target: LayeredTable) -> None:
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
    if not replaced:
        table.link(target.base.parent)
        return
    connection.execute(f"create or replace temp table broken as select distinct source_row {of_rows}")
    star = f"* exclude (source_row) replace ({', '.join(replaced)})"
    coming = f'select {star} from "{resource}" semi join broken using (source_row)'
    write_changed(connection, table, target, _BROKEN, coming)


def _set_aside(connection: duckdb.DuckDBPyConnection, resource: str, table: LayeredTable, target: LayeredTable) -> None:
    """The resource's table without the rows and the values that break a rule still."""
    connection.execute(
        f"""
        create or replace temp table broken as select distinct source_row from found where resource = '{resource}';
        create or replace temp view broken_row as from "{resource}" semi join broken using (source_row);
        drop table if exists kept_row
        """
    )
    set_aside(connection, resource, "broken_row", "found").project("* exclude (source_row)").create("kept_row")
    write_changed(connection, table, target, _BROKEN, "from kept_row")


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
