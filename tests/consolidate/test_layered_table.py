"""A table in two layers is the table that writing all of it anew gives."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeroom.consolidate.database import connect
from homeroom.consolidate.layered_table import LayeredTable, only_in, tables_in, write_anew, write_changed

MANY = 100
contents = st.dictionaries(st.integers(0, MANY), st.sampled_from("abc"), max_size=12)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """One for all: each table that a test makes takes the place of the one before."""
    with connect(threads=1) as connection:
        yield connection


def make(connection: duckdb.DuckDBPyConnection, name: str, rows: dict[int, str]) -> None:
    connection.execute(
        f"create or replace temp table {name} as select unnest(?::integer[]) as id, unnest(?::varchar[]) as value",
        [list(rows), list(rows.values())],
    )


def write(connection: duckdb.DuckDBPyConnection, folder: Path, rows: dict[int, str]) -> LayeredTable:
    folder.mkdir(parents=True, exist_ok=True)
    make(connection, "row", rows)
    connection.execute(f"copy row to '{folder / 'Student.parquet'}' (format parquet)")
    return LayeredTable(folder / "Student.parquet")


def layer(
    connection: duckdb.DuckDBPyConnection, table: LayeredTable, folder: Path, leaving: set[int], coming: dict[int, str]
) -> LayeredTable:
    """`table` without the rows of some ids, and with others."""
    folder.mkdir()
    target = LayeredTable(folder / table.base.name)
    make(connection, "leaving", dict.fromkeys(leaving, ""))
    make(connection, "coming", coming)
    write_changed(connection, table, target, "leaving using (id)", "from coming")
    return target


def rows(connection: duckdb.DuckDBPyConnection, subquery: str) -> list[tuple]:
    return sorted(connection.execute(f"from {subquery}").fetchall())


@pytest.fixture
def base() -> dict[int, str]:
    return dict.fromkeys(range(MANY), "before")


@given(nights=st.lists(contents, max_size=4), gone=st.sets(st.integers(0, MANY), max_size=6))
def test_a_table_that_changes_for_some_nights_holds_what_it_should(connection, tmp_path_factory, nights, gone):
    root = tmp_path_factory.mktemp("layers")
    expected = dict.fromkeys(range(MANY), "before")
    table = write(connection, root / "base", expected)
    for night, coming in enumerate(nights):
        leaving = coming.keys() | gone
        expected = {id_: value for id_, value in expected.items() if id_ not in leaving} | coming
        table = layer(connection, table, root / str(night), leaving, coming)
        assert rows(connection, table.sql) == sorted(expected.items())
        assert table.count() == len(expected)


def test_few_changes_leave_the_file_with_all_rows_as_it_is(connection, tmp_path, base):
    table = write(connection, tmp_path / "base", base)
    changed = layer(connection, table, tmp_path / "changed", {1, 2}, {1: "now"})
    assert changed.in_layers
    assert changed.same_base(table)
    assert not changed.same_as(table)
    assert tables_in(tmp_path / "changed") == {"Student": changed}


def test_many_changes_are_written_as_one_table_again(connection, tmp_path, base):
    table = write(connection, tmp_path / "base", base)
    changed = layer(connection, table, tmp_path / "changed", set(range(20)), {})
    assert not changed.in_layers
    assert not changed.same_base(table)
    assert changed.count() == MANY - 20


def test_nothing_that_changes_leaves_no_layer(connection, tmp_path, base):
    table = write(connection, tmp_path / "base", base)
    assert layer(connection, table, tmp_path / "same", {MANY + 1}, {}).same_as(table)


def test_a_table_is_in_another_folder_too_with_its_layer(connection, tmp_path, base):
    table = write(connection, tmp_path / "base", base)
    changed = layer(connection, table, tmp_path / "changed", {1}, {1: "now"})
    (tmp_path / "linked").mkdir()
    changed.link(tmp_path / "linked")
    linked = LayeredTable(tmp_path / "linked" / "Student.parquet")
    assert linked.same_as(changed)
    assert rows(connection, linked.sql) == rows(connection, changed.sql)


def test_what_only_one_of_two_has_is_told_without_what_both_have(connection, tmp_path, base):
    table = write(connection, tmp_path / "base", base)
    then = layer(connection, table, tmp_path / "then", {1, 2}, {1: "then"})
    now = layer(connection, then, tmp_path / "now", {1, 3}, {1: "now", 2: "again"})
    assert rows(connection, only_in(now, then)) == [(1, "now"), (2, "again")]
    assert rows(connection, only_in(then, now)) == [(1, "then"), (3, "before")]
    assert rows(connection, only_in(table, then)) == [(1, "before"), (2, "before")]
    other = write(connection, tmp_path / "other", base)
    assert rows(connection, only_in(other, now)) == rows(connection, other.sql)


def test_a_table_that_was_made_anew_becomes_layers_on_the_one_before(connection, tmp_path, base):
    table = write(connection, tmp_path / "base", base)
    new = write(connection, tmp_path / "new", {**base, 1: "now", MANY: "new"})
    (tmp_path / "target").mkdir()
    target = LayeredTable(tmp_path / "target" / "Student.parquet")
    write_anew(connection, new.base, table, target, ["id"])
    assert target.in_layers
    assert rows(connection, only_in(target, table)) == [(1, "now"), (MANY, "new")]
    assert rows(connection, target.sql) == rows(connection, new.sql)


def test_a_table_that_has_other_columns_now_stands_by_itself(connection, tmp_path, base):
    table = write(connection, tmp_path / "base", base)
    connection.execute(f"copy (select 1 as id) to '{tmp_path / 'new.parquet'}' (format parquet)")
    (tmp_path / "target").mkdir()
    target = LayeredTable(tmp_path / "target" / "Student.parquet")
    write_anew(connection, tmp_path / "new.parquet", table, target, ["id"])
    assert rows(connection, target.sql) == [(1,)]
