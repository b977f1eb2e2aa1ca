"""A row that a source sends again, word for word, is the row that it was."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given
from hypothesis import strategies as st

from homeroom.consolidate import sent_again
from homeroom.consolidate.known_again import PLACES
from homeroom.consolidate.sent_again import counting_on, keep_numbers
from homeroom.sources.delivery import DeliveredFile, Delivery
from homeroom.sources.report import PROBLEM_COLUMNS

FIRST, SECOND = 1 << 32, 2 << 32

names = st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.sampled_from(["", "x", "a\x1fb"])), max_size=8)


def land(folder: Path, rows: list[tuple], file: int, columns=("name", "note"), problems: tuple = ()) -> Path:
    """A landed delivery of one file, whose lines are `rows`."""
    (folder / "tables").mkdir(parents=True)
    numbers = pa.array([file + line for line in range(1, len(rows) + 1)], pa.int64())
    values = [pa.array([row[at] for row in rows], pa.string()) for at in range(len(columns))]
    pq.write_table(pa.table([numbers, *values], ["source_row", *columns]), folder / "tables" / "users.parquet")
    told = [
        {"source_row": row, "file_number": row >> 32, "rule": "a", "field": None, "sentence": "", "severity": "value"}
        for row in problems
    ]
    pq.write_table(pa.Table.from_pylist(told, PROBLEM_COLUMNS), folder / "problems.parquet")
    return folder


def numbered(folder: Path) -> list[tuple]:
    return duckdb.sql(f"select name, note, source_row from '{folder / 'tables' / 'users.parquet'}'").fetchall()


@given(then=names, now=names)
def test_as_many_rows_are_known_again_as_were_there_and_no_number_is_given_twice(tmp_path_factory, then, now):
    root = tmp_path_factory.mktemp("sent")
    before, landed = land(root / "then", then, FIRST), land(root / "now", now, SECOND)
    keep_numbers(landed, before / "tables")
    rows = numbered(landed)
    assert sorted((name, note or "", note is None) for name, note, _ in rows) == sorted(
        (name, note or "", note is None) for name, note in now
    )
    assert len({number for *_, number in rows}) == len(now)
    was = {number: (name, note) for name, note, number in numbered(before)}
    known = [(name, note, number) for name, note, number in rows if number < SECOND]
    assert all(was[number] == (name, note) for name, note, number in known)
    assert len(known) == sum(min(then.count(row), now.count(row)) for row in set(now))
    places = dict(duckdb.sql(f"select source_row, place from '{landed / PLACES}'").fetchall())
    assert places.keys() == {number for *_, number in known}
    assert all(now[place - SECOND - 1] == was[number] for number, place in places.items())


def test_a_table_with_another_column_is_new(tmp_path):
    before = land(tmp_path / "then", [("a", "x")], FIRST)
    landed = land(tmp_path / "now", [("a", "x", None)], SECOND, ("name", "note", "room"))
    keep_numbers(landed, before / "tables")
    assert numbered(landed) == [("a", "x", SECOND + 1)]


def test_a_problem_of_a_row_goes_by_the_number_of_the_row(tmp_path):
    before = land(tmp_path / "then", [("a", "x"), ("b", "y")], FIRST)
    landed = land(tmp_path / "now", [("c", "z"), ("b", "y")], SECOND, problems=(SECOND + 1, SECOND + 2))
    keep_numbers(landed, before / "tables")
    told = duckdb.sql(f"select source_row, file_number from '{landed / 'problems.parquet'}' order by 1").fetchall()
    assert told == [(FIRST + 2, 1), (SECOND + 1, 2)]


def test_a_delivery_counts_on_those_of_which_rows_were_sent_again(tmp_path, monkeypatch):
    before = land(tmp_path / "then", [("a", "x"), ("b", "y")], FIRST)
    landed = land(tmp_path / "now", [("c", "z"), ("b", "y")], SECOND)
    keep_numbers(landed, before / "tables")
    first, second, third = (delivery(number, tmp_path) for number in (1, 2, 3))
    monkeypatch.setattr(sent_again, "deliveries", lambda landing, source: [first, second, third])
    assert counting_on(landed, second) == [first]
    assert counting_on(before, first) == []


def delivery(number: int, folder: Path) -> Delivery:
    file = DeliveredFile(number, "users.csv", "", 0)
    return Delivery("sis", "oneroster-csv", str(number), folder / "landing" / "sis" / str(number), (file,))
