"""`homeroom map` proposes what a district's own tables mean, and what it wrote brings them into the record."""

import json

import openpyxl
import psycopg
import pytest
from commands import homeroom
from own_workspace import own_workspace

ROSTER = (
    "Student ID,Last Name,First Name,DOB,Gender,Grade,School ID,School Name,Locker\n"
    "1001,Ortiz,Ana,9/14/2011,F,8,B1,Birch Middle,7\n1002,Berg,Bo,12/1/2010,M,9,A1,Aspen High,8\n"
)


@pytest.fixture
def district(tmp_path, record):
    return own_workspace(tmp_path / "district", record)


def run(district, *words):
    return homeroom(*words, "--workspace", district.root)


def test_a_roster_comes_into_the_record_by_the_mapping_that_was_proposed(tmp_path, district, record):
    roster = tmp_path / "roster.csv"
    roster.write_text(ROSTER)
    shown = run(district, "map", "sis", roster)
    assert shown.returncode == 0, shown.stderr
    assert "To be decided: No column says the entry date" in " ".join(shown.stdout.split())
    assert "homeroom source add sis --kind csv PATH" in shown.stdout
    added = run(district, "source", "add", "sis", roster, "--kind", "csv")
    assert "Next: homeroom consolidate" in added.stdout
    assert run(district, "consolidate").returncode == 0
    with psycopg.connect(record) as connection:
        found = connection.execute(
            "select s.last_surname, s.birth_date::text, c.name_of_institution from edfi.student s"
            " join edfi.student_school_association a using (student_unique_id)"
            " join edfi.school c using (school_id) order by 1"
        ).fetchall()
    assert found == [("Berg", "2010-12-01", "Aspen High"), ("Ortiz", "2011-09-14", "Birch Middle")]


def test_a_mapping_that_was_changed_by_hand_is_shown_and_not_written_over(tmp_path, district):
    (tmp_path / "roster.csv").write_text(ROSTER)
    run(district, "map", "sis", tmp_path / "roster.csv")
    file = district.root / "mappings" / "sis.toml"
    file.write_text('[[table]]\nfile = "roster.csv"\n[table.Student]\nstudentUniqueId = "Locker"\n')
    told = json.loads(run(district, "map", "sis", tmp_path / "roster.csv", "--json").stdout)
    assert told["tables"][0]["columns"] == {"Locker": ["Student.studentUniqueId"]}
    assert "Locker" in file.read_text()
    run(district, "map", "sis", tmp_path / "roster.csv", "--anew")
    assert 'studentUniqueId = "Student ID"' in file.read_text()
    assert "Locker" in file.with_suffix(".toml.before").read_text()


def test_a_changed_mapping_is_used_in_the_next_run(tmp_path, district, record):
    (tmp_path / "roster.csv").write_text(ROSTER)
    run(district, "map", "sis", tmp_path / "roster.csv")
    run(district, "source", "add", "sis", tmp_path / "roster.csv", "--kind", "csv")
    run(district, "consolidate")
    file = district.root / "mappings" / "sis.toml"
    file.write_text(file.read_text().replace('firstName = "First Name"', 'firstName = { value = "Renamed" }'))
    run(district, "consolidate")
    with psycopg.connect(record) as connection:
        assert connection.execute("select distinct first_name from edfi.student").fetchall() == [("Renamed",)]


def test_a_workbook_comes_into_the_record(tmp_path, district, record):
    book = openpyxl.Workbook()
    for line in ROSTER.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "roster.xlsx")
    run(district, "map", "sis", tmp_path / "roster.xlsx")
    run(district, "source", "add", "sis", tmp_path / "roster.xlsx", "--kind", "excel")
    assert run(district, "consolidate").returncode == 0
    with psycopg.connect(record) as connection:
        assert connection.execute("select count(*) from edfi.student").fetchone() == (2,)


def test_queries_of_a_database_come_into_the_record(district, record, postgres_url):
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("drop schema if exists office cascade; create schema office")
        connection.execute("create table office.pupil (id text, last text, first text, born date)")
        connection.execute("insert into office.pupil values ('7', 'Ortiz', 'Ana', '2011-09-04')")
    queries = district.root / "queries"
    queries.mkdir()
    (queries / "students.sql").write_text('select id as "student id", last, first, born from office.pupil order by id')
    text = district.settings_file.read_text()
    district.settings_file.write_text(
        f'{text}[[source]]\nname = "office"\nkind = "sql"\npath = "{postgres_url}"\nqueries = "queries"\n'
        'mapping = "mappings/office.toml"\n'
    )
    shown = run(district, "map", "office")
    assert shown.returncode == 0, shown.stderr
    assert run(district, "consolidate").returncode == 0
    with psycopg.connect(record) as connection:
        assert connection.execute("select last_surname, birth_date::text from edfi.student").fetchall() == [
            ("Ortiz", "2011-09-04")
        ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nobody",), "There is no source nobody yet. Name a file of it"),
        (("sis", "nowhere.csv"), "There is no file or folder at nowhere.csv"),
        (("Sis!", "x.csv"), "A source's name is lower-case letters"),
    ],
)
def test_what_can_not_be_mapped_is_told_in_a_sentence(district, words, told):
    refused = run(district, "map", *words)
    assert refused.returncode in (1, 2)
    assert told in refused.stderr


def test_columns_that_say_nothing_are_told(tmp_path, district):
    (tmp_path / "x.csv").write_text("A,B\n1,2\n")
    refused = run(district, "map", "sis", tmp_path / "x.csv")
    assert refused.returncode == 1
    assert "None of the columns was understood" in refused.stderr
