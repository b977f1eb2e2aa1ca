"""A table that was written once, and in a second, small layer what has changed in it since.

A night changes one row in a hundred: writing the others again, and comparing them, would cost most of what the night
costs. `<Resource>.parquet` is the base. Where rows have changed, `superseded/<Resource>.parquet` beside it holds the
places of those of the base that count no more, and `later/<Resource>.parquet` the rows that came since. When the second
layer has grown, both are written as one table again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from homeroom.consolidate.database import PARQUET, columns_held, literal, rows_in

# From which share of the base's rows on a second layer is no shorter way.
MOST_LATER = 0.1


@dataclass(frozen=True)
class LayeredTable:
    """The table of which `base` is the file that was written once."""

    base: Path

    @property
    def superseded(self) -> Path:
        """The file of the places of the base that count no more, as `place`."""
        return self.base.parent / "superseded" / self.base.name

    @property
    def later(self) -> Path:
        """The file of the rows that came since."""
        return self.base.parent / "later" / self.base.name

    @property
    def in_layers(self) -> bool:
        return self.later.exists()

    @property
    def sql(self) -> str:
        """A subquery of the rows."""
        if not self.in_layers:
            return f"(from {literal(self.base)})"
        superseded = f"(select place as file_row_number from {literal(self.superseded)})"
        return (
            f"(select * exclude (file_row_number) from {_with_places(self.base)}"
            f" anti join {superseded} using (file_row_number) union all by name from {literal(self.later)})"
        )

    def count(self) -> int:
        """How many rows it has."""
        return rows_in(self.base) + (rows_in(self.later) - rows_in(self.superseded) if self.in_layers else 0)

    def same_base(self, other: LayeredTable) -> bool:
        """Whether only the second layers of the two may differ."""
        return self.base.samefile(other.base)

    def same_as(self, other: LayeredTable) -> bool:
        """Whether the two are the same files."""
        if not self.same_base(other) or self.in_layers != other.in_layers:
            return False
        return not self.in_layers or self.later.samefile(other.later)

    def link(self, folder: Path) -> None:
        """Have the table in another folder too: the same bytes under a second name cost nothing."""
        target = LayeredTable(folder / self.base.name)
        target.base.hardlink_to(self.base)
        if self.in_layers:
            for own, its in ((self.superseded, target.superseded), (self.later, target.later)):
                its.parent.mkdir(exist_ok=True)
                its.hardlink_to(own)


def tables_in(folder: Path) -> dict[str, LayeredTable]:
    """The tables of a folder by resource, in the order of their names."""
    return {path.stem: LayeredTable(path) for path in sorted(folder.glob("*.parquet"))}


def write_changed(
    connection: duckdb.DuckDBPyConnection, table: LayeredTable, target: LayeredTable, leaving: str, coming: str
) -> None:
    """Write `table` as `target`, in another folder: without the rows that are `leaving`, and with those `coming`.

    `leaving`: what follows `semi join` to find them among those of `table`, which is called `row`. `coming`: a query of
    the same columns.
    """
    before = f"union select place from {literal(table.superseded)}" if table.in_layers else ""
    stay = f"select row.* from {literal(table.later)} as row anti join {leaving} union all by name" if before else ""
    connection.execute(
        f"""
        create or replace temp table superseded as
            select file_row_number as place from {_with_places(table.base)} as row semi join {leaving} {before};
        create or replace temp table later as {stay} {coming}
        """
    )
    counted = connection.execute("select (select count(*) from superseded), (select count(*) from later)").fetchone()
    superseded, later = counted or (0, 0)
    if max(superseded, later) > MOST_LATER * rows_in(table.base):
        rows = (
            f"select * exclude (file_row_number) from {_with_places(table.base)}"
            " anti join (select place as file_row_number from superseded) using (file_row_number)"
        )
        connection.execute(f"copy ({rows} union all by name from later) to {literal(target.base)} ({PARQUET})")
    else:
        target.base.hardlink_to(table.base)
        if superseded or later:
            for path in (target.superseded, target.later):
                path.parent.mkdir(exist_ok=True)
                connection.execute(f"copy {path.parent.name} to {literal(path)} ({PARQUET})")
    connection.execute("drop table superseded; drop table later")


def write_anew(
    connection: duckdb.DuckDBPyConnection, rows: Path, table: LayeredTable, target: LayeredTable, key: Sequence[str]
) -> None:
    """Write `rows`, a file of all rows that there are now, as `target`: in layers on `table`, where few differ.

    `key`: the columns by which rows are known.
    """
    if columns_held(connection, rows) != columns_held(connection, table.base):
        rows.rename(target.base)
        return
    rest = [name for name in sorted(columns_held(connection, rows)) if name not in key]
    keys, content = (", ".join(f'"{name}"' for name in names) for names in (key, rest))
    connection.execute(
        f"""
        create or replace temp table differing as
        select {keys} from (select {keys}, hash({content}) as content from {literal(rows)}) as now
        full join (select {keys}, hash({content}) as content from {table.sql}) as was using ({keys})
        where now.content is distinct from was.content
        """
    )
    coming = f"select row.* from {literal(rows)} as row semi join differing using ({keys})"
    write_changed(connection, table, target, f"differing using ({keys})", coming)


@contextmanager
def as_one_file(connection: duckdb.DuckDBPyConnection, table: LayeredTable) -> Iterator[Path]:
    """A file of all rows of the table: its own, or one that is gone afterwards."""
    if not table.in_layers:
        yield table.base
        return
    with TemporaryDirectory(dir=table.base.parent, prefix="whole-") as name:
        whole = Path(name) / table.base.name
        connection.execute(f"copy (from {table.sql}) to {literal(whole)} ({PARQUET})")
        yield whole


def only_in(table: LayeredTable, other: LayeredTable) -> str:
    """A subquery of rows of `table` that has all those that `other` has not; those that both have by one file are left
    out where they are known."""
    if not table.same_base(other):
        return table.sql
    selects = []
    if other.in_layers:
        own = f"anti join {literal(table.superseded)} as own using (place)" if table.in_layers else ""
        places = f"(select place as file_row_number from {literal(other.superseded)} {own})"
        selects.append(
            f"select * exclude (file_row_number) from {_with_places(table.base)}"
            f" semi join {places} using (file_row_number)"
        )
    if table.in_layers:
        selects.append(f"from {literal(table.later)}")
    return f"({' union all by name '.join(selects or [f'from {literal(table.base)} where false'])})"


def few_of(connection: duckdb.DuckDBPyConnection, table: LayeredTable, which: str) -> str:
    """A subquery of the rows that fulfill the condition `which`, where they are few: all their columns are read at
    their places alone."""
    superseded = f"anti join (select place as file_row_number from {literal(table.superseded)}) using (file_row_number)"
    places = connection.execute(
        f"select file_row_number from (select file_row_number from {_with_places(table.base)} where {which})"
        f" {superseded if table.in_layers else ''}"
    ).fetchall()
    # By a list that stands in the question, what holds none of them is passed over.
    these = ", ".join(["-1", *(str(place) for (place,) in places)])
    rows = f"select * exclude (file_row_number) from {_with_places(table.base)} where file_row_number in ({these})"
    return f"({rows} union all by name from {literal(table.later)} where {which})" if table.in_layers else f"({rows})"


def _with_places(base: Path) -> str:
    return f"read_parquet({literal(base)}, file_row_number = true)"
