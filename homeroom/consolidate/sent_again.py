"""A row that a source sends again, word for word, is the row that it was: it keeps the number it got in the first file.

So what the record says of where a value came from stays as it is while nothing changes, and a night costs what changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from homeroom.consolidate.clean.cleaned_table import quoted
from homeroom.consolidate.database import PARQUET, columns_held, connect, literal, rows_in
from homeroom.consolidate.known_again import PLACES, know_again, places_of
from homeroom.consolidate.layered_table import MOST_LATER, LayeredTable, write_changed
from homeroom.consolidate.same_lines import SameLines
from homeroom.sources.delivery import Delivery, deliveries


def keep_numbers(
    landed: Path, before: Path, in_layers: bool = False, same_lines: Mapping[str, SameLines] | None = None
) -> None:
    """Give each row in `<landed>/tables` the `source_row` that it has in the tables of an earlier delivery, `before`.

    Rows are compared as a whole; of equal ones as many are known again as there were. A table with other columns than
    it had is new. `in_layers`: whether a table of which most rows are known again may be layers on what it was.
    `same_lines`: the tables of which only lines that are not were read, one row of each, in layers in any case.
    `places.parquet` beside the tables gets `source_row` and `place`, the position in the files of this delivery;
    `problems.parquet` there goes by the same numbers.
    """
    with connect() as connection:
        connection.execute("create table place (source_row bigint, place bigint)")
        for table in sorted((landed / "tables").glob("*.parquet")):
            earlier = LayeredTable(before / table.name)
            if same_lines and table.stem in same_lines:
                _go_on(connection, table, landed / "problems.parquet", earlier, same_lines[table.stem])
            elif earlier.base.exists() and columns_held(connection, table) == columns_held(connection, earlier.base):
                _know_again(connection, table, earlier)
                _write_known(connection, table, earlier, in_layers)
        connection.execute(f"copy place to {literal(landed / PLACES)} (format parquet)")
        _rewrite(
            connection,
            landed / "problems.parquet",
            "row.* replace (coalesce(place.source_row, row.source_row) as source_row,"
            " coalesce(place.source_row >> 32, row.file_number) as file_number)",
            "place",
        )


def counting_on(landed: Path, delivery: Delivery) -> list[Delivery]:
    """The earlier deliveries of the source of which rows are in its `landed` tables."""
    places = places_of(landed)
    # Of a delivery that holds all, every row with the number of another one is among those that were sent again.
    whole = [places] if places else []
    told = sorted((landed / "tables").glob("*.parquet")) if delivery.follows else whole
    if not told:
        return []
    with connect(threads=1) as connection:
        numbers = {
            number
            for table in told
            for (number,) in connection.execute(f"select distinct source_row >> 32 from {literal(table)}").fetchall()
        }
    numbers -= {file.number for file in delivery.files}
    if not numbers:
        return []
    kept = deliveries(delivery.folder.parent.parent, delivery.source)
    return [one for one in kept if not numbers.isdisjoint(file.number for file in one.files)]


def _know_again(connection: duckdb.DuckDBPyConnection, table: Path, earlier: LayeredTable) -> None:
    """The tables `again` (place, source_row), of the rows that are known again, and `gone`, of those no longer sent."""
    names = sorted(columns_held(connection, table))
    # If two rows had one hash, a new one would bear an old number: what it says would still be its own.
    whole = f"hash({', '.join(quoted(name) for name in names if name != 'source_row')})"
    connection.execute(
        f"""
        create or replace temp table now as select source_row, {whole} as content from {literal(table)};
        create or replace temp table was as select source_row, {whole} as content from {earlier.sql}
        """
    )
    know_again(connection)
    _note_places(connection)


def _note_places(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("insert into place select source_row, place from again where source_row <> place")


def _go_on(
    connection: duckdb.DuckDBPyConnection, table: Path, problems: Path, earlier: LayeredTable, same: SameLines
) -> None:
    """Have the table in layers on the `earlier` one: of its rows, and of the problems, which were counted on from the
    first line that was read, each gets its place in the delivery."""
    for relation, file in (("again", same.again), ("gone", same.gone)):
        connection.execute(f"create or replace temp table {relation} as from {literal(file)}")
    _note_places(connection)
    # Below the header.
    read_as = (same.places >> 32 << 32) + range(2, len(same.places) + 2)
    connection.register("rest", pa.table({"place": pa.array(read_as), "source_row": pa.array(same.places)}))
    sent = table.rename(table.with_name(f"sent-{table.name}"))
    new = f"""select row.* replace (rest.source_row as source_row)
        from {literal(sent)} as row join rest on rest.place = row.source_row"""
    write_changed(connection, earlier, LayeredTable(table), "gone using (source_row)", new)
    sent.unlink()
    _rewrite(connection, problems, "row.* replace (coalesce(rest.source_row, row.source_row) as source_row)", "rest")
    connection.unregister("rest")


def _write_known(connection: duckdb.DuckDBPyConnection, table: Path, earlier: LayeredTable, in_layers: bool) -> None:
    (known,) = connection.execute("select count(*) from again").fetchone() or (0,)
    if not in_layers or rows_in(table) - known > MOST_LATER * earlier.count():
        _rewrite(connection, table, "row.* replace (coalesce(again.source_row, row.source_row) as source_row)", "again")
        return
    sent = table.rename(table.with_name(f"sent-{table.name}"))
    new = f"select row.* from {literal(sent)} as row anti join again on again.place = row.source_row"
    write_changed(connection, earlier, LayeredTable(table), "gone using (source_row)", new)
    sent.unlink()


def _rewrite(connection: duckdb.DuckDBPyConnection, file: Path, values: str, again: str) -> None:
    """The rows of a Parquet file with other `values`; `again` (place, source_row) says which of them were known."""
    unfinished = file.with_suffix(".unfinished")
    connection.execute(
        f"copy (select {values} from {literal(file)} as row left join {again} on {again}.place = row.source_row)"
        f" to {literal(unfinished)} ({PARQUET})"
    )
    unfinished.replace(file)
