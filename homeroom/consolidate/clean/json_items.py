"""Collections: the items of a JSON column become a table, are cleaned as columns, and become JSON again.

An item that lacks a required value can't be held by the standard and is left out, with the rule `item-incomplete`; so
is a second item where the first has the same unique values, with `item-repeated` if it says something else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import duckdb

from homeroom.consolidate.clean.cells import Cell, cells_of_item
from homeroom.consolidate.clean.cleaned import Context
from homeroom.consolidate.clean.cleaned_table import (
    CleanedTable,
    Look,
    clean_cells,
    drop,
    holds_items,
    quoted,
    temporary_name,
)
from homeroom.model.declaration import Collection


@dataclass(frozen=True)
class CleanedCollection:
    """Two temporary tables, `mapping` (place, cleaned) and `problems` (place, rule, field), which is None where there
    are none; `place` is the column of the table by which they are found. A place without a mapping has no item left.
    `said_together`: what the items told of how each of their values is understood.
    """

    mapping: str
    problems: str | None
    place: str
    said_together: set[bool | None]


def clean_collection(
    connection: duckdb.DuckDBPyConnection, table: str, cell: Cell, look: Look, context: Context
) -> CleanedCollection:
    """Clean a column of which a `look` said that it holds something.

    Where the texts repeat (races, grade levels), each text is cleaned once and is the place; where nearly every
    row has its own (addresses), the place is the `row_id`.
    """
    collection = cell.collection
    if collection is None:
        raise TypeError(f"{cell.column} is no collection.")
    texts, place = _texts(connection, table, cell, look)
    cells = cells_of_item(collection.element.members)
    items = _items(connection, texts, collection, cells)
    cleaned = clean_cells(connection, items, cells, context, {c.field: c.column for c in cells if len(c.path) == 1})
    several = _several(connection, items)
    made = _cleaned_items(connection, items, collection, cells, cleaned, several)
    mapping = _mapping(connection, texts, made, collection, several, by_row=place == "row_id")
    problems = None
    if cleaned.problems or not _all_kept(connection, texts, made):
        problems = _problems(connection, texts, items, made, cleaned)
    drop(connection, [texts, items, made, *cleaned.tables])
    return CleanedCollection(mapping, problems, place, cleaned.said_together)


def _texts(connection: duckdb.DuckDBPyConnection, table: str, cell: Cell, look: Look) -> tuple[str, str]:
    """A temporary table `row_id`, `value`, `place` of the column's JSON texts, and the column that is the place."""
    texts, column = temporary_name("json"), quoted(cell.column)
    held = f"from {table} where {holds_items(column)}"
    if 2 * look.distinct > look.values:
        connection.execute(f"create temp table {texts} as select row_id, {column} as value, row_id as place {held}")
        return texts, "row_id"
    connection.execute(
        f"""
        create temp table {texts} as
        select row_number() over () as row_id, value, value as place from (select distinct {column} as value {held})
        """
    )
    return texts, cell.column


def _mapping(
    connection: duckdb.DuckDBPyConnection, texts: str, made: str, collection: Collection, several: bool, by_row: bool
) -> str:
    """The temporary table `place`, `cleaned` of the texts of which an item was kept."""
    mapping = temporary_name("texts")
    opening, closing = ("", "") if collection.single else ("[", "]")
    listed = f"select parent, item as listed from {made} where kept"
    if several:
        listed = f"""select parent, string_agg(item, ',' order by ordinal) as listed from {made} where kept
            group by parent"""
    # Where the text is a row's own, the item's parent is that row.
    place, join = ("a.parent", "") if by_row else ("t.place", f"join {texts} t on t.row_id = a.parent")
    connection.execute(
        f"""
        create temp table {mapping} as
        select {place} as place, '{opening}' || a.listed || '{closing}' as cleaned from ({listed}) a {join}
        """
    )
    return mapping


def _all_kept(connection: duckdb.DuckDBPyConnection, texts: str, made: str) -> bool:
    """Whether every text gave an item, and every item is kept."""
    row = connection.execute(
        f"select (select count(*) from {texts}) = count(distinct parent) and coalesce(bool_and(kept), true) from {made}"
    ).fetchone()
    return bool(row and row[0])


def _items(connection: duckdb.DuckDBPyConnection, texts: str, collection: Collection, cells: list[Cell]) -> str:
    """The items as a table: `row_id`, `parent` (of the text), `ordinal`, and a column for each cell, as text."""
    shape: dict[str, Any] = {}
    for cell in cells:
        owner = shape.setdefault(cell.path[0], {}) if len(cell.path) == 2 else shape
        owner[cell.path[-1]] = "VARCHAR" if cell.collection is None else "JSON"
    wanted = json.dumps(shape if collection.single else [shape]).replace("'", "''")
    parsed = f"from_json(value, '{wanted}')"
    listed = f"[{parsed}]" if collection.single else parsed
    picked = ", ".join(
        f"cast(item.{'.'.join(quoted(p) for p in cell.path)} as varchar) as {quoted(cell.column)}" for cell in cells
    )
    items = temporary_name("items")
    connection.execute(
        f"""
        create temp table {items} as
        select row_number() over () as row_id, parent, ordinal, {picked} from (
            select row_id as parent, unnest(listed) as item, generate_subscripts(listed, 1) as ordinal
            from (select row_id, {listed} as listed from {texts} where json_valid(value))
        )
        """
    )
    return items


def _several(connection: duckdb.DuckDBPyConnection, items: str) -> bool:
    """Whether any collection holds more than one item: where none does, nothing is to be ordered or compared."""
    row = connection.execute(f"select coalesce(max(ordinal), 0) > 1 from {items}").fetchone()
    return bool(row and row[0])


def _cleaned_items(
    connection: duckdb.DuckDBPyConnection,
    items: str,
    collection: Collection,
    cells: list[Cell],
    cleaned: CleanedTable,
    several: bool,
) -> str:
    """Each item as JSON, with whether it is `complete` and whether it is `kept`."""
    required = [cleaned.expressions[cell.column] for cell in cells if cell.required and len(cell.path) == 1]
    complete = " and ".join(f"{expression} is not null" for expression in required) or "true"
    unique = [cleaned.expressions[name] for name in collection.unique_by if name in cleaned.expressions]
    made = temporary_name("made")
    # Most collections hold one item: only the others are looked through for repeated ones.
    repeated = "false"
    if several and unique:
        repeated = f"row_number() over (partition by s.parent, {complete}, {', '.join(unique)} order by s.ordinal) > 1"
    connection.execute(
        f"""
        create temp table {made} as
        select *, complete and not repeated as kept from (
            select s.row_id, s.parent, s.ordinal, {_item_json(cells, cleaned)} as item,
                   {complete} as complete, {repeated} as repeated
            from {items} s {cleaned.join}
        )
        """
    )
    return made


def _item_json(cells: list[Cell], cleaned: CleanedTable) -> str:
    """SQL for the JSON object of one item, without the values that are null."""
    types = {cell.column: cleaned.sql_types.get(cell.column, "VARCHAR") for cell in cells}
    members: dict[str, str] = {}
    references: dict[str, list[str]] = {}
    for cell in cells:
        expression, sql_type = cleaned.expressions[cell.column], types[cell.column]
        if sql_type in ("BOOLEAN", "INTEGER", "BIGINT", "JSON") or sql_type.startswith("DECIMAL"):
            value = f"cast({expression} as varchar)"
        elif sql_type == "TIMESTAMP":
            value = f"strftime({expression}, '\"%Y-%m-%dT%H:%M:%S\"')"
        else:
            value = f"cast(to_json(cast({expression} as varchar)) as varchar)"
        member = f"'\"{cell.field}\":' || {value}"
        if len(cell.path) == 1:
            members[cell.column] = member
        else:
            references.setdefault(cell.path[0], []).append(member)
    for name, parts in references.items():
        inner = f"concat_ws(',', {', '.join(parts)})"
        members[name] = f"case when {inner} <> '' then '\"{name}\":{{' || {inner} || '}}' end"
    return f"'{{' || concat_ws(',', {', '.join(members.values())}) || '}}'"


def _problems(connection: duckdb.DuckDBPyConnection, texts: str, items: str, made: str, cleaned: CleanedTable) -> str:
    """The temporary table `place`, `rule`, `field` of what was wrong with the texts."""
    problems = temporary_name("problems")
    found = " union all ".join(
        [
            "select null::bigint as row_id, null as rule, null as field, false as cause_of_loss where false",
            *cleaned.problems,
        ]
    )
    connection.execute(
        f"""
        create temp table {problems} as
        with values_broken as ({found})
        select t.place, b.rule, '.' || b.field as field
        from values_broken b join {items} i using (row_id) join {texts} t on t.row_id = i.parent
        union all
        -- An item whose required value broke a rule is told of by that rule.
        select t.place, 'item-incomplete', '' from {made} m join {texts} t on t.row_id = m.parent
        where not m.complete and m.row_id not in (select row_id from values_broken where cause_of_loss)
        union all
        select t.place, 'item-repeated', '' from {made} m join {texts} t on t.row_id = m.parent
        where m.complete and m.repeated
          and not exists (select 1 from {made} o where o.parent = m.parent and o.kept and o.item = m.item)
        union all
        select place, 'collection-unreadable', '' from {texts} t
        where not json_valid(value) or row_id not in (select parent from {items})
        """
    )
    return problems
