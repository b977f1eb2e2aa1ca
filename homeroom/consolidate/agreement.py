"""How often sources agree: of each field that two sources say of the same thing, in how many cases they say the same.

Counted over the identified tables of a merged batch, where the rows of two sources about one thing have one key. Lists,
such as addresses, are joined and not decided between, so they are not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from homeroom.consolidate.database import columns_held
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.layered_table import LayeredTable, tables_in
from homeroom.consolidate.merge import sql_type
from homeroom.consolidate.steps import once
from homeroom.model.columns import Column, columns

COLUMNS = ("source", "other", "resource", "field", "compared", "equal")

# By these each system knows people in its own way: that two differ says nothing of either.
_OWN_TO_EACH = ("login_id",)

_Row = tuple[str, str, str, str, int, int]


def count_agreement(merged: Path, engine: Engine = IN_THIS_PROCESS) -> Path:
    """A Parquet file in `COLUMNS` about the merged batch in a folder; what was counted before is not counted again.

    `compared`: the things of which both sources say the field; `equal`: those of which they say the same, once cleaned.
    """
    folder = once(agreement_folder(merged), lambda into: _count(merged, into, engine))
    return folder / "agreement.parquet"


def agreement_folder(merged: Path) -> Path:
    """The folder in which what was counted of a merged batch is kept."""
    return merged.with_name(merged.name.replace("merged-", "agreement-"))


def _count(merged: Path, into: Path, engine: Engine) -> None:
    tables: dict[str, dict[str, LayeredTable]] = defaultdict(dict)
    for name, table in tables_in(merged / "identified").items():
        source, _, resource = name.rpartition("-")
        tables[resource][source] = table
    several = {resource: by_source for resource, by_source in tables.items() if len(by_source) > 1}
    rows = {resource: sum(table.count() for table in by_source.values()) for resource, by_source in several.items()}
    counted = [
        row
        for found in engine.table_by_table(
            rows, lambda connection, resource: _of(connection, resource, several[resource])
        )
        for row in found
    ]
    types = (pa.string(),) * 4 + (pa.int64(),) * 2
    arrays = [pa.array([row[place] for row in sorted(counted)], type_) for place, type_ in enumerate(types)]
    pq.write_table(pa.table(arrays, names=list(COLUMNS)), into / "agreement.parquet")


def _of(connection: duckdb.DuckDBPyConnection, resource: str, tables: Mapping[str, LayeredTable]) -> list[_Row]:
    held = {source: columns_held(connection, table.base) for source, table in tables.items()}
    shape = columns(resource)
    key = [column for column in shape if column.key]
    found: list[_Row] = []
    for one, other in combinations(tables, 2):
        both = held[one] & held[other]
        fields = [c for c in shape if not c.key and c.type is not None and c.name in both - {*_OWN_TO_EACH}]
        if not fields or not both.issuperset(column.name for column in key):
            continue
        asked = ", ".join(f'count(a."{c.name}" = b."{c.name}"), count_if(a."{c.name}" = b."{c.name}")' for c in fields)
        names = ", ".join(f'"{column.name}"' for column in key)
        sides = [_once_each(connection, key, fields, tables[source]) for source in (one, other)]
        counts = connection.execute(f"select {asked} from ({sides[0]}) as a join ({sides[1]}) as b using ({names})")
        told = counts.fetchone() or ()
        found += [
            (one, other, resource, column.name, told[2 * place], told[2 * place + 1])
            for place, column in enumerate(fields)
            if told[2 * place]
        ]
    return found


def _once_each(
    connection: duckdb.DuckDBPyConnection, key: list[Column], fields: list[Column], table: LayeredTable
) -> str:
    """One row for each thing: a source may tell of it in several files."""
    names = ", ".join(f'"{column.name}"' for column in key)
    typed = ", ".join(f'cast("{c.name}" as {sql_type(c)}) as "{c.name}"' for c in (*key, *fields))
    rows = f"select {typed} from {table.sql}"
    counted = connection.execute(f"select count(*), count(distinct hash({names})) from {table.sql}").fetchone()
    if counted and counted[0] == counted[1]:
        return rows
    values = ", ".join(f'any_value("{c.name}") as "{c.name}"' for c in fields)
    return f"select {names}, {values} from ({rows}) group by {names}"
