"""What two sources say together may break a rule; then the next one is believed, and what is left is told."""

import random
from pathlib import Path

import pytest

from homeroom.consolidate import asked_rules
from homeroom.consolidate.database import connect
from homeroom.consolidate.layered_table import LayeredTable, tables_in, write_anew
from homeroom.consolidate.merge import sql_type
from homeroom.consolidate.merged_rules import keep_rules
from homeroom.consolidate.rules import check
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


STUDENTS = 60
GRADE = "uri://ed-fi.org/GradeLevelDescriptor#Fifth grade"
KEYS = {
    "Student": "student_unique_id",
    "StudentSchoolAssociation": "student_unique_id, school_id, entry_date",
    "StudentSchoolAttendanceEvent": "student_unique_id, school_id, event_date",
}


def of_student(number: int, chance: random.Random) -> dict[str, dict]:
    """A row of each resource about a student; now and then one breaks a rule."""
    who = {"student_unique_id": f"S{number}"}
    born = chance.choice(["2014-05-01"] * 6 + ["1950-01-01", "2025-01-01"])
    said = f'{{"birth_date": [[{number + 1}, "{born}"], [{number + 5001}, "2014-05-02"]]}}'
    leaves = chance.choice([None] * 4 + ["2025-11-30", "2020-01-01"])
    day = chance.choice(["2025-10-01"] * 4 + ["2025-12-01", "2024-01-01", "1990-01-01"])
    school = {"school_id": 1, "school_year": 2026}
    return {
        "Student": who | {"birth_date": born, "source_rows": [number + 1, number + 5001], "said": said},
        "StudentSchoolAssociation": who
        | school
        | {"entry_date": "2025-08-20", "exit_withdraw_date": leaves, "entry_grade_level_descriptor": GRADE}
        | {"source_rows": [number + 1001]},
        "StudentSchoolAttendanceEvent": who | school | {"event_date": day, "source_rows": [number + 2001]},
    }


def write_all(connection, folder: Path, students: dict[int, dict[str, dict]], names: dict[str, str]) -> None:
    for resource, name in names.items():
        write(connection, folder / f"{name}.parquet", resource, [rows[resource] for rows in students.values()])


def test_going_on_finds_what_asking_of_all_finds(tmp_path: Path):
    chance = random.Random(4)  # noqa: S311 - made-up rows, nothing secret
    students = {number: of_student(number, chance) for number in range(STUDENTS)}
    batches = [tmp_path / str(night) for night in range(5)]
    with connect(threads=1) as connection:
        for before, batch in zip([None, *batches], batches, strict=False):
            for name in ("merged", "ruled", "problems", "anew", "anew-problems", "whole", "scratch"):
                (batch / name).mkdir(parents=True)
            if before:
                changed = chance.sample(range(STUDENTS), 4)
                students |= {number: of_student(number, chance) for number in changed}
                students.pop(chance.randrange(STUDENTS), None)
            write_all(connection, batch / "whole", students, {resource: resource for resource in KEYS})
            for resource, table in tables_in(batch / "whole").items():
                target = LayeredTable(batch / "merged" / table.base.name)
                if before:
                    then = LayeredTable(before / "merged" / table.base.name)
                    write_anew(connection, table.base, then, target, KEYS[resource].split(", "))
                else:
                    table.link(batch / "merged")
            keep_rules(connection, batch / "merged", batch / "ruled", batch / "problems", before)
            keep_rules(connection, batch / "whole", batch / "anew", batch / "anew-problems")
            for resource in KEYS:
                going_on, anew = (tables_in(batch / name)[resource].sql for name in ("ruled", "anew"))
                assert rows_of(connection, going_on) == rows_of(connection, anew)
            going_on, anew = (f"(from '{batch / name}/*.parquet')" for name in ("problems", "anew-problems"))
            assert rows_of(connection, going_on) == rows_of(connection, anew)
            assert len(rows_of(connection, going_on)) > 10


def rows_of(connection, subquery: str) -> list[tuple]:
    return connection.execute(f"select * from {subquery} order by all").fetchall()


def test_rules_are_asked_again_of_those_alone_about_whom_anything_changed(tmp_path: Path, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr(
        asked_rules, "check", lambda connection, rules, tables: _noting(asked, connection, rules, tables)
    )
    test_going_on_finds_what_asking_of_all_finds(tmp_path)
    assert "changed StudentSchoolAttendanceEvent" in " ".join(asked)


def _noting(asked: list[str], connection, rules, tables):
    rules = list(rules)
    asked += [tables[resource] for rule in rules for resource in rule.needs if resource in tables]
    return check(connection, rules, tables)
