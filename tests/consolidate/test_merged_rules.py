"""What two sources say together may break a rule; then the next one is believed, and what is left is told."""

from pathlib import Path

import pytest

from homeroom.consolidate.database import connect
from homeroom.consolidate.merge import sql_type
from homeroom.consolidate.merged_rules import keep_rules
from homeroom.model.columns import columns


def write(connection, path: Path, resource: str, rows: list[dict]) -> None:
    """Merged rows of a resource: what is not given is null."""
    shape = ", ".join(f'"{column.name}" {sql_type(column)}' for column in columns(resource))
    connection.execute(f"create or replace temp table row ({shape}, source_rows bigint[], said varchar)")
    for row in rows:
        names = ", ".join(row)
        connection.execute(f"insert into row ({names}) values ({', '.join('?' for _ in row)})", list(row.values()))
    connection.execute(f"copy row to '{path}' (format parquet)")


@pytest.fixture
def ruled(tmp_path: Path):
    def run(birth_date: str, said: str | None) -> tuple[str | None, list[tuple[int, str]]]:
        for name in ("merged", "ruled", "problems"):
            (tmp_path / name).mkdir()
        with connect() as connection:
            student = {"student_unique_id": "A", "first_name": "Maya", "last_surname": "Okafor"}
            write(
                connection,
                tmp_path / "merged" / "Student.parquet",
                "Student",
                [student | {"birth_date": birth_date, "source_rows": [1, 2], "said": said}],
            )
            enrolled = {"student_unique_id": "A", "school_id": 1, "entry_date": "2022-08-22", "source_rows": [3]}
            grade = "uri://ed-fi.org/GradeLevelDescriptor#Fifth grade"
            write(
                connection,
                tmp_path / "merged" / "StudentSchoolAssociation.parquet",
                "StudentSchoolAssociation",
                [enrolled | {"entry_grade_level_descriptor": grade}],
            )
            keep_rules(connection, tmp_path / "merged", tmp_path / "ruled", tmp_path / "problems")
            ((born,),) = connection.execute(
                f"select birth_date::varchar from '{tmp_path}/ruled/Student.parquet'"
            ).fetchall()
            told = list((tmp_path / "problems").glob("*.parquet"))
            problems = [
                row for path in told for row in connection.execute(f"select source_row, rule from '{path}'").fetchall()
            ]
            return born, sorted(problems)

    return run


def test_a_value_that_fits_what_the_others_say_stays(ruled):
    assert ruled("2011-06-04", None) == ("2011-06-04", [])


def test_a_value_that_cannot_be_gives_way_to_what_the_next_source_says(ruled):
    born, told = ruled("2019-06-04", '{"birth_date": [[1, "2019-06-04"], [2, "2011-06-04"]]}')
    assert born == "2011-06-04"
    assert told == [(1, "age-against-grade"), (2, "age-against-grade")]


def test_where_no_source_says_what_can_be_there_is_no_value(ruled):
    born, _ = ruled("2019-06-04", '{"birth_date": [[1, "2019-06-04"], [2, "2020-06-04"]]}')
    assert born is None


def test_where_only_one_source_speaks_and_says_what_cannot_be_there_is_no_value(ruled):
    born, told = ruled("2019-06-04", '{"birth_date": [[2]]}')
    assert (born, told) == (None, [(1, "age-against-grade"), (2, "age-against-grade")])
