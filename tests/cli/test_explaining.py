"""`homeroom explain` tells of each value who said it, and is logged as any other look at a student."""

import json

import psycopg
import pytest
from commands import homeroom
from own_workspace import own_workspace


@pytest.fixture
def workspace(tmp_path, copied_record):
    """A workspace whose record is a copy of Maple Grove's."""
    made = own_workspace(tmp_path / "district", copied_record)
    made.settings_file.write_text(
        f'{made.settings_file.read_text()}\n[[source]]\nname = "sis"\nkind = "oneroster-csv"\npath = "."\n'
        '[[source]]\nname = "warehouse"\nkind = "edfi-xml"\npath = "."\n'
    )
    return made


def explain(workspace, *words, kind="student"):
    return homeroom("explain", kind, *words, "--workspace", workspace.root)


@pytest.fixture
def known(copied_record):
    """A student whom the warehouse calls by another id than the record."""
    with psycopg.connect(copied_record) as record:
        return record.execute(
            "select unique_id, source_id from consolidation.identity"
            " where kind = 'Student' and source = 'warehouse' and source_id <> unique_id order by 1 limit 1"
        ).fetchone()


def test_each_value_is_told_with_the_file_and_line_that_said_it(workspace, known):
    told = explain(workspace, known[0])
    assert told.returncode == 0, told.stderr
    assert "Decided by the first source in the order of authority that says anything; the order of" in told.stdout
    assert "  Last surname: " in told.stdout
    assert "said so: " in told.stdout
    assert ", line " in told.stdout


def test_a_student_is_found_by_the_id_of_a_source(workspace, known):
    by_source = explain(workspace, known[1], "--source", "warehouse", "--json")
    assert json.loads(by_source.stdout) == json.loads(explain(workspace, known[0], "--json").stdout)


def test_each_attendance_event_is_told_with_who_said_it(workspace, copied_record):
    with psycopg.connect(copied_record) as record:
        student, count = record.execute(
            "select student_unique_id, count(*) from edfi.student_school_attendance_event group by 1 order by 2 desc, 1"
            " limit 1"
        ).fetchone()
    parts = json.loads(explain(workspace, student, "--json").stdout)["parts"]
    events = [part for part in parts if part["title"].startswith("Attendance")]
    assert len(events) == count
    assert all(value["said_by"] for event in events for value in event["values"])


def test_that_a_student_was_explained_is_in_the_disclosure_log(workspace, known, copied_record):
    explain(workspace, known[0])
    with psycopg.connect(copied_record) as record:
        logged = record.execute("select action, student_unique_ids from access.disclosure").fetchall()
    assert ("see a student", [known[0]]) in logged


@pytest.mark.parametrize("words", [["nobody"], ["nobody", "--source", "sis"]])
@pytest.mark.parametrize(
    ("kind", "person"), [("student", "student"), ("staff", "member of staff"), ("contact", "contact")]
)
def test_an_id_that_nobody_has_is_told_with_where_ids_are_listed(workspace, kind, person, words):
    told = explain(workspace, *words, kind=kind)
    assert told.returncode == 1
    assert f"The record holds no {person} by that id" in told.stderr
    assert "homeroom identities --csv" in told.stderr


@pytest.mark.parametrize("kind", ["staff", "contact"])
def test_staff_and_contacts_are_told_as_students_are(workspace, copied_record, kind):
    with psycopg.connect(copied_record) as record:
        unique_id, source_id = record.execute(
            "select unique_id, source_id from consolidation.identity where kind = %s and source = 'warehouse' and"
            " unique_id in (select unique_id from consolidation.identity where source = 'sis') order by 1 limit 1",
            [kind.capitalize()],
        ).fetchone()
    told = explain(workspace, unique_id, kind=kind)
    assert told.returncode == 0, told.stderr
    assert "  Last surname: " in told.stdout
    assert "      sis said so: users.csv, line " in told.stdout
    as_json = json.loads(explain(workspace, source_id, "--source", "warehouse", "--json", kind=kind).stdout)
    assert as_json[f"{kind}_unique_id"] == unique_id
    (said_by,) = [
        value["said_by"] for value in as_json["parts"][0]["values"] if value["field"] == f"{kind.capitalize()} id"
    ]
    assert (said_by["source"], said_by["file"]) == ("sis", "users.csv")


def test_on_a_day_before_the_record_began_there_was_no_student(workspace, known):
    told = explain(workspace, known[0], "--as-of", "2001-09-01")
    assert told.returncode == 1
    assert "on 2001-09-01" in told.stderr
