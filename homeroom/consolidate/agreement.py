"""How often sources agree: of each field that two sources say of the same thing, in how many cases they say the same.

Counted over the identified tables of a merged batch, where the rows of two sources about one thing have one key. Lists,
such as addresses, are joined and not decided between, so they are not compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from homeroom.consolidate.database import columns_held
from homeroom.consolidate.engine import IN_THIS_PROCESS, Engine
from homeroom.consolidate.layered_table import LayeredTable, only_in, tables_in
from homeroom.consolidate.merge import sql_type
from homeroom.consolidate.steps import once
from homeroom.model.columns import Column, columns

COLUMNS = ("source", "other", "resource", "field", "compared", "equal")

# By these each system knows people in its own way: that two differ says nothing of either.
_OWN_TO_EACH = ("login_id",)

_Row = tuple[str, str, str, str, int, int]
_Known = Mapping[tuple[str, str, str, str], tuple[int, int]]


def count_agreement(merged: Path, before: Path | None = None, engine: Engine = IN_THIS_PROCESS) -> Path:
    """A Parquet file in `COLUMNS` about the merged batch in a folder; what was counted before is not counted again.

    `compared`: the things of which both sources say the field; `equal`: those of which they say the same, once cleaned.
    `before`: the folder of what was merged last; what stayed since counts as it did.
    """
    folder = once(agreement_folder(merged), lambda into: _count(merged, before, into, engine))
    return folder / _FILE


def agreement_folder(merged: Path) -> Path:
    """The folder in which what was counted of a merged batch is kept."""
    return merged.with_name(merged.name.replace("merged-", "agreement-"))


_FILE = "agreement.parquet"


def _count(merged: Path, before: Path | None, into: Path, engine: Engine) -> None:
    several = {resource: by_source for resource, by_source in _identified(merged).items() if len(by_source) > 1}
    known = (_known(before) if before else None) or {}
    then = _identified(before) if known and before else {}

    def count(connection: duckdb.DuckDBPyConnection, resource: str) -> list[_Row]:
        return [
            row
            for pair in _pairs(connection, resource, several[resource])
            for row in pair.told(_counted(connection, pair, then.get(resource, {}), known))
        ]

    rows = {resource: sum(table.count() for table in by_source.values()) for resource, by_source in several.items()}
    counted = [row for found in engine.table_by_table(rows, count) for row in found]
    types = (pa.string(),) * 4 + (pa.int64(),) * 2
    arrays = [pa.array([row[place] for row in sorted(counted)], type_) for place, type_ in enumerate(types)]
    pq.write_table(pa.table(arrays, names=list(COLUMNS)), into / _FILE)


def _identified(merged: Path) -> dict[str, dict[str, LayeredTable]]:
    """The identified tables of a merged batch, by resource and source."""
    tables: dict[str, dict[str, LayeredTable]] = defaultdict(dict)
    for name, table in tables_in(merged / "identified").items():
        source, _, resource = name.rpartition("-")
        tables[resource][source] = table
    return tables


def _known(merged: Path) -> _Known | None:
    """What was counted of a merged batch: by source, other, resource and field."""
    file = agreement_folder(merged) / _FILE
    if not file.exists():
        return None
    rows = (tuple(row[name] for name in COLUMNS) for row in pq.read_table(file).to_pylist())
    return {row[:4]: row[4:] for row in rows}


@dataclass(frozen=True)
class _Pair:
    """Two sources that say something of a resource: their tables, its key, and the `fields` that both of them fill."""

    resource: str
    tables: Mapping[str, LayeredTable]
    key: Sequence[Column]
    fields: Sequence[Column]

    @property
    def names(self) -> str:
        return ", ".join(f'"{column.name}"' for column in self.key)

    def told(self, counts: Sequence[int]) -> Iterator[_Row]:
        """The rows of the fields of which both say something."""
        one, other = self.tables
        for place, column in enumerate(self.fields):
            if counts[2 * place]:
                yield one, other, self.resource, column.name, counts[2 * place], counts[2 * place + 1]


def _pairs(connection: duckdb.DuckDBPyConnection, resource: str, tables: Mapping[str, LayeredTable]) -> Iterator[_Pair]:
    held = {source: columns_held(connection, table.base) for source, table in tables.items()}
    shape = columns(resource)
    key = [column for column in shape if column.key]
    for one, other in combinations(tables, 2):
        both = held[one] & held[other]
        fields = [c for c in shape if not c.key and c.type is not None and c.name in both - {*_OWN_TO_EACH}]
        if fields and both.issuperset(column.name for column in key):
            yield _Pair(resource, {one: tables[one], other: tables[other]}, key, fields)


def _counted(
    connection: duckdb.DuckDBPyConnection, pair: _Pair, then: Mapping[str, LayeredTable], known: _Known
) -> Sequence[int]:
    """Of each field how often both say something, and how often the same."""
    last = {source: then[source] for source in pair.tables if source in then}
    if not known or last.keys() != pair.tables.keys() or not _changed_little(connection, pair, last):
        return _asked(connection, pair, pair.tables)
    one, other = pair.tables
    before = [count for c in pair.fields for count in known.get((one, other, pair.resource, c.name), (0, 0))]
    no_more, instead = (_asked(connection, pair, tables, "touched_key") for tables in (last, pair.tables))
    return [stood - left + came for stood, left, came in zip(before, no_more, instead, strict=True)]


def _changed_little(connection: duckdb.DuckDBPyConnection, pair: _Pair, last: Mapping[str, LayeredTable]) -> bool:
    """Whether both tables are layers on those of before; then `touched_key` has the keys of which either says something
    else."""
    if not all(table.same_base(last[source]) for source, table in pair.tables.items()):
        return False
    typed = ", ".join(f'cast("{c.name}" as {sql_type(c)}) as "{c.name}"' for c in pair.key)
    touched = " union ".join(
        f"select {typed} from {only_in(one, other)}"
        for source, table in pair.tables.items()
        for one, other in ((table, last[source]), (last[source], table))
    )
    connection.execute(f"create or replace temp table touched_key as {touched}")
    return True


def _asked(
    connection: duckdb.DuckDBPyConnection, pair: _Pair, tables: Mapping[str, LayeredTable], among: str | None = None
) -> Sequence[int]:
    """The counts over `tables`; of the keys in the table `among`, where it is given."""
    sides = [_once_each(connection, pair, table, among) for table in tables.values()]
    counts = ", ".join(
        f'count(a."{c.name}" = b."{c.name}"), count(*) filter (a."{c.name}" = b."{c.name}")' for c in pair.fields
    )
    found = connection.execute(f"select {counts} from ({sides[0]}) as a join ({sides[1]}) as b using ({pair.names})")
    return found.fetchone() or ()


def _once_each(connection: duckdb.DuckDBPyConnection, pair: _Pair, table: LayeredTable, among: str | None) -> str:
    """One row for each thing: a source may tell of it in several files, and then means what it said last."""
    typed = ", ".join(f'cast("{c.name}" as {sql_type(c)}) as "{c.name}"' for c in (*pair.key, *pair.fields))
    rows = f"select {typed}, source_row from {table.sql}"
    if among:
        rows = f"select * from ({rows}) semi join {among} using ({pair.names})"
    counted = connection.execute(f"select count(*), count(distinct hash({pair.names})) from ({rows})").fetchone()
    if counted and counted[0] == counted[1]:
        return rows
    values = ", ".join(f'arg_max("{c.name}", source_row) as "{c.name}"' for c in pair.fields)
    return f"select {pair.names}, {values} from ({rows}) group by {pair.names}"
