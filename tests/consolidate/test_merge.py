"""The sources' rows about one student become one row that keeps who said what."""

import json
from pathlib import Path

import duckdb
import pytest

from homeroom.consolidate.merge import IdentifiedTable, merge

SIS, WAREHOUSE = 1 << 32, 2 << 32


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def staged(connection: duckdb.DuckDBPyConnection, path: Path, rows: list[dict]) -> Path:
    """A cleaned table with these rows, as text and dates."""
    columns = list(rows[0])
    values = ", ".join("(" + ", ".join("?" for _ in columns) + ")" for _ in rows)
    connection.execute(
        f"copy (select * from (values {values}) t({', '.join(columns)})) to '{path}' (format parquet)",
        [row[column] for row in rows for column in columns],
    )
    return path


def merged(connection: duckdb.DuckDBPyConnection, folder: Path, *tables: list[dict]) -> list[dict]:
    paths = [IdentifiedTable(staged(connection, folder / f"{i}.parquet", rows), i) for i, rows in enumerate(tables)]
    merge(connection, "Student", paths, folder / "merged.parquet")
    relation = connection.sql(f"from '{folder / 'merged.parquet'}' order by student_unique_id")
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def maya(**more: object) -> dict:
    return {"student_unique_id": "900", "first_name": "Maya", **more}


def test_the_first_source_in_the_districts_order_is_believed(connection, tmp_path):
    (row,) = merged(
        connection, tmp_path, [maya(source_row=SIS + 2)], [maya(source_row=WAREHOUSE + 7, first_name="Maia")]
    )
    assert row["first_name"] == "Maya"


def test_a_value_that_the_first_source_lacks_comes_from_the_next(connection, tmp_path):
    (row,) = merged(
        connection,
        tmp_path,
        [maya(source_row=SIS + 2, last_surname=None)],
        [maya(source_row=WAREHOUSE + 7, last_surname="Okafor")],
    )
    assert row["last_surname"] == "Okafor"


def test_every_merged_row_names_the_rows_that_it_came_from_the_believed_one_first(connection, tmp_path):
    (row,) = merged(connection, tmp_path, [maya(source_row=SIS + 2)], [maya(source_row=WAREHOUSE + 7)])
    assert row["source_rows"] == [SIS + 2, WAREHOUSE + 7]


def test_what_the_others_said_is_kept(connection, tmp_path):
    (row,) = merged(
        connection, tmp_path, [maya(source_row=SIS + 2)], [maya(source_row=WAREHOUSE + 7, first_name="Maia")]
    )
    assert json.loads(row["said"])["first_name"] == [[SIS + 2, "Maya"], [WAREHOUSE + 7, "Maia"]]


def test_what_only_one_row_spoke_of_names_the_row_and_does_not_repeat_the_value(connection, tmp_path):
    (row,) = merged(
        connection,
        tmp_path,
        [maya(source_row=SIS + 2, middle_name=None)],
        [maya(source_row=WAREHOUSE + 7, middle_name="Ada")],
    )
    assert (row["middle_name"], json.loads(row["said"])["middle_name"]) == ("Ada", [[WAREHOUSE + 7]])


def test_a_row_that_nobody_else_speaks_of_is_kept_as_it_is(connection, tmp_path):
    (row,) = merged(connection, tmp_path, [maya(source_row=SIS + 2)])
    assert (row["first_name"], row["source_rows"], row["said"]) == ("Maya", [SIS + 2], None)


def test_collections_are_joined_and_an_item_that_both_hold_is_the_believed_sources(connection, tmp_path):
    def other_name(kind: str, name: str) -> dict:
        return {"otherNameTypeDescriptor": kind, "firstName": name, "lastSurname": "Okafor"}

    (row,) = merged(
        connection,
        tmp_path,
        [maya(source_row=SIS + 2, other_names=json.dumps([other_name("Nickname", "May")]))],
        [
            maya(
                source_row=WAREHOUSE + 7,
                other_names=json.dumps([other_name("Nickname", "Maisie"), other_name("Alias", "Mayah")]),
            )
        ],
    )
    assert [(n["otherNameTypeDescriptor"], n["firstName"]) for n in json.loads(row["other_names"])] == [
        ("Nickname", "May"),
        ("Alias", "Mayah"),
    ]


def test_a_row_without_its_key_is_not_merged(connection, tmp_path):
    rows = merged(connection, tmp_path, [maya(source_row=SIS + 2), maya(source_row=SIS + 3, student_unique_id=None)])
    assert len(rows) == 1
