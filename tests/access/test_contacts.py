"""One contact: all that is held, and the students to whom they belong, each of whom is logged as shown."""

from datetime import date, timedelta

import pytest
from asking import answer, change, rows

from homeroom.access.contacts import contact_known_as
from homeroom.access.permissions import Action
from homeroom.access.persons import PersonRecord


def shown(url: str, contact_id: str, source: str = "", as_of: date | None = None) -> PersonRecord | None:
    return answer(url, lambda use: contact_known_as(use, contact_id, source), Action.SEE_CONTACT, as_of)


@pytest.fixture
def parent(copied_record: str) -> str:
    """The id of a contact of two students."""
    return rows(
        copied_record,
        "select contact_unique_id from edfi.student_contact_association group by 1 having count(*) = 2"
        " order by 1 limit 1",
    )[0][0]


def students_of(url, contact):
    statement = f"select student_unique_id from edfi.student_contact_association where contact_unique_id = '{contact}'"
    return sorted(student for (student,) in rows(url, statement))


def test_every_value_says_where_it_came_from(copied_record, parent):
    found = shown(copied_record, parent)
    entries = [found.person, *(entry for section in found.sections for entry in section.entries)]
    assert [value.name for entry in entries for value in entry.values if value.origin is None] == []


def test_the_students_are_named_with_what_the_contact_is_to_them(copied_record, parent):
    (students,) = [section for section in shown(copied_record, parent).sections if section.title == "Students"]
    values = [{value.name: value.text for value in entry.values} for entry in students.entries]
    assert sorted(value["Student id"] for value in values) == students_of(copied_record, parent)
    assert all(entry.title and entry.gist for entry in students.entries)


def test_each_of_the_students_is_logged_as_shown(copied_record, parent):
    shown(copied_record, parent)
    logged = rows(copied_record, "select action, purpose, student_unique_ids from access.disclosure")
    assert logged == [("see a contact", "checking the district's own record", students_of(copied_record, parent))]


def test_of_a_contact_of_nobody_no_student_is_logged(copied_record, parent):
    change(copied_record, f"delete from edfi.student_contact_association where contact_unique_id = '{parent}'")
    assert shown(copied_record, parent).name
    assert rows(copied_record, "select count(*) from access.disclosure") == [(0,)]


def test_nothing_is_shown_that_could_not_be_logged(copied_record, parent):
    shown(copied_record, parent)
    change(copied_record, "alter table access.disclosure add constraint full_disk check (id < 0) not valid")
    with pytest.raises(Exception, match="full_disk"):
        shown(copied_record, parent)


def test_on_an_earlier_day_the_students_of_that_day_are_named(copied_record, parent):
    shown(copied_record, parent)
    for table in ("contact", "student", "student_contact_association"):
        change(copied_record, f"update edfi.{table} set last_modified = now() - interval '4 days'")
    gone, stays = students_of(copied_record, parent)
    change(
        copied_record,
        f"delete from edfi.student_contact_association where contact_unique_id = '{parent}'"
        f" and student_unique_id = '{gone}'",
    )

    def students(as_of=None):
        return [
            value.text
            for section in shown(copied_record, parent, as_of=as_of).sections
            for entry in section.entries
            for value in entry.values
            if value.column == "student_unique_id"
        ]

    assert students() == [stays]
    assert sorted(students(date.today() - timedelta(days=1))) == [gone, stays]


def test_they_are_found_by_the_id_of_a_source(copied_record):
    unique_id, source_id = rows(
        copied_record,
        "select unique_id, source_id from consolidation.identity where kind = 'Contact' and source = 'warehouse'"
        " and source_id <> unique_id order by 1 limit 1",
    )[0]
    assert shown(copied_record, source_id, "warehouse").unique_id == unique_id
