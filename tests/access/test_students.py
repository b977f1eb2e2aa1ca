"""One student: all that is held, every value with the row it came from and what the others said; and it is logged."""

import json
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from asking import answer, change, rows

from homeroom.access.lineage import Value
from homeroom.access.students import StudentRecord, student
from homeroom.record.upsert import upsert
from homeroom.settings import Workspace


def shown(url: str, record_id: UUID) -> StudentRecord:
    return answer(url, lambda use: student(use, record_id))


def everything(record: StudentRecord) -> list[Value]:
    return [
        value for entry in (record.person, *(e for s in record.sections for e in s.entries)) for value in entry.values
    ]


@pytest.fixture(scope="module")
def known_to_all(district: str) -> StudentRecord:
    """A student of whom all three systems speak, with a grade, a program and an absence."""
    record_id = rows(
        district,
        """
        select id from edfi.student as s join consolidation.identity as i on i.unique_id = s.student_unique_id
        where kind = 'Student' and student_unique_id in (select student_unique_id from edfi.grade)
            and student_unique_id in (select student_unique_id from edfi.general_student_program_association)
            and student_unique_id in (select student_unique_id from edfi.student_school_attendance_event)
        group by id having count(distinct source) = 3 order by id limit 1
        """,
    )[0][0]
    return shown(district, record_id)


def test_every_value_says_where_it_came_from(known_to_all):
    assert [value.name for value in everything(known_to_all) if value.origin is None] == []


def test_the_place_that_a_value_names_holds_the_value(known_to_all, maple_grove: Workspace):
    folders = {source.name: source.path for source in maple_grove.settings().sources}
    checked = 0
    for value in known_to_all.person.values:
        origin = value.origin
        if value.name in ("First name", "Last surname") and origin and origin.unit == "line":
            line = Path(folders[origin.source], origin.file).read_text("utf-8-sig").splitlines()[origin.position - 1]
            assert value.text.lower() in line.lower()
            checked += 1
    assert checked


def test_what_the_others_said_stands_beside_what_is_believed(copied_record):
    record_id, source_rows = rows(
        copied_record, "select id, source_rows from edfi.student where cardinality(source_rows) > 1 order by id limit 1"
    )[0]
    said = {"first_name": [[source_rows[0], "Maya"], [source_rows[1], "Maia"]]}
    change(
        copied_record,
        f"update edfi.student set first_name = 'Maya', said = '{json.dumps(said)}' where id = '{record_id}'",
    )
    first_name = shown(copied_record, record_id).person.values[0]
    assert (first_name.name, first_name.text) == ("First name", "Maya")
    assert [words for words, _ in first_name.others] == ["Maia"]


def test_what_only_one_row_spoke_of_came_from_that_row(copied_record):
    record_id, source_rows = rows(
        copied_record, "select id, source_rows from edfi.student where cardinality(source_rows) > 1 order by id limit 1"
    )[0]
    said = json.dumps({"middle_name": [[source_rows[1]]]})
    change(copied_record, f"update edfi.student set middle_name = 'Ada', said = '{said}' where id = '{record_id}'")
    by_name = {value.name: value for value in shown(copied_record, record_id).person.values}
    middle, first = by_name["Middle name"], by_name["First name"]
    assert (middle.text, list(middle.also), list(middle.others)) == ("Ada", [], [])
    assert middle.origin
    assert middle.origin != first.origin


def test_an_app_is_told_as_who_said_what_it_wrote_beside_what_a_source_said(copied_record):
    record_id, unique_id, first_name = rows(
        copied_record, "select id, student_unique_id, first_name from edfi.student order by id limit 1"
    )[0]
    with psycopg.connect(copied_record) as record:
        document = {"studentUniqueId": unique_id, "firstName": "Changed", "middleName": "Added",
                    "lastSurname": "Okafor", "birthDate": "2016-03-01"}  # fmt: skip
        upsert(record, "Student", document, "Reading Trail, agreement 3")
    by_name = {value.name: value for value in shown(copied_record, record_id).person.values}
    for name in ("First name", "Middle name"):
        origin = by_name[name].origin
        assert (origin.source, origin.file) == ("Reading Trail, agreement 3", "the Ed-Fi Resources API")
    assert [words for words, _ in by_name["First name"].others] == [first_name]


def test_the_person_comes_first_and_every_side_is_there_even_where_nothing_is_held(known_to_all):
    assert [section.title for section in known_to_all.sections][:7] == [
        "Home, contact details and background",
        "Parents, guardians and other contacts",
        "Enrollment",
        "Classes",
        "Grades",
        "Assessments",
        "Programs and services",
    ]


def test_attendance_is_counted_by_year_with_its_source(known_to_all, district):
    events = sum(row["events"] for row in known_to_all.attendance)
    assert [(events,)] == rows(
        district,
        "select count(*) from edfi.student_school_attendance_event"
        f" where student_unique_id = '{known_to_all.unique_id}'",
    )
    assert all(row["sources"] for row in known_to_all.attendance)


def test_each_sources_id_is_told_with_how_sure_and_who_decided(known_to_all):
    assert {row["source"] for row in known_to_all.identities} == {"sis", "warehouse", "assessments"}
    assert all(row["decided_by"] for row in known_to_all.identities)


def test_what_is_shown_is_logged_with_who_what_and_what_for_and_stands_on_the_page(copied_record):
    record_id, unique_id = rows(copied_record, "select id, student_unique_id from edfi.student order by id limit 1")[0]
    page = shown(copied_record, record_id)
    assert rows(
        copied_record,
        "select principal, action, purpose, student_unique_ids from access.disclosure order by id desc limit 1",
    ) == [
        (
            "whoever works at the district's own machine",
            "see a student",
            "checking the district's own record",
            [unique_id],
        )
    ]
    assert page.disclosures[0]["action"] == "see a student"


def test_a_student_who_is_not_there_is_none_and_nothing_is_logged(copied_record):
    before = rows(copied_record, "select count(*) from access.disclosure") if _has_log(copied_record) else [(0,)]
    assert shown(copied_record, uuid4()) is None
    assert rows(copied_record, "select count(*) from access.disclosure") == before


def test_nothing_is_shown_that_could_not_be_logged(copied_record):
    record_id = rows(copied_record, "select id from edfi.student order by id limit 1")[0][0]
    shown(copied_record, record_id)
    change(copied_record, "alter table access.disclosure add constraint full_disk check (id < 0) not valid")
    with pytest.raises(Exception, match="full_disk"):
        shown(copied_record, record_id)


def test_the_log_outlives_the_student(copied_record):
    record_id = rows(copied_record, "select id from edfi.student order by id limit 1")[0][0]
    shown(copied_record, record_id)
    assert (
        rows(
            copied_record,
            "select conname from pg_constraint where contype = 'f' and conrelid = 'access.disclosure'::regclass",
        )
        == []
    )


def _has_log(url: str) -> bool:
    return rows(url, "select to_regclass('access.disclosure') is not null")[0][0]
