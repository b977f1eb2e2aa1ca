"""One member of staff: all that is held, every value with the row it came from."""

import json

import pytest
from asking import answer, change, rows

from homeroom.access.permissions import Action
from homeroom.access.persons import PersonRecord
from homeroom.access.staff import staff_known_as


def shown(url: str, staff_id: str, source: str = "") -> PersonRecord | None:
    return answer(url, lambda use: staff_known_as(use, staff_id, source), Action.SEE_STAFF)


@pytest.fixture
def teacher(copied_record: str) -> str:
    """The id of somebody who teaches and of whom both systems speak."""
    return rows(
        copied_record,
        "select staff_unique_id from edfi.staff join edfi.staff_section_association using (staff_unique_id)"
        " where cardinality(staff.source_rows) > 1 order by 1 limit 1",
    )[0][0]


def test_every_value_says_where_it_came_from(copied_record, teacher):
    found = shown(copied_record, teacher)
    entries = [found.person, *(entry for section in found.sections for entry in section.entries)]
    assert [value.name for entry in entries for value in entry.values if value.origin is None] == []


def test_where_they_work_and_every_class_that_they_teach_is_told(copied_record, teacher):
    found = shown(copied_record, teacher)
    classes = {section.title: section.entries for section in found.sections}["Classes"]
    assert [(len(classes),)] == rows(
        copied_record, f"select count(*) from edfi.staff_section_association where staff_unique_id = '{teacher}'"
    )
    assert all(entry.title for entry in classes)
    assert "Assignments" in [section.title for section in found.sections if section.entries]


def test_what_the_others_said_stands_beside_what_is_believed(copied_record, teacher):
    believed, other = rows(
        copied_record, f"select source_rows[1], source_rows[2] from edfi.staff where staff_unique_id = '{teacher}'"
    )[0]
    said = json.dumps({"last_surname": [[believed, "Okafor"], [other, "Okafor-Lind"]]})
    change(
        copied_record,
        f"update edfi.staff set last_surname = 'Okafor', said = '{said}' where staff_unique_id = '{teacher}'",
    )
    by_name = {value.name: value for value in shown(copied_record, teacher).person.values}
    assert [words for words, _ in by_name["Last surname"].others] == ["Okafor-Lind"]


def test_a_row_of_any_other_kind_is_told_too(copied_record, teacher):
    change(
        copied_record,
        "insert into edfi.staff_leave (staff_unique_id, staff_leave_event_category_descriptor, begin_date, source_rows)"
        f" values ('{teacher}', 'uri://ed-fi.org/StaffLeaveEventCategoryDescriptor#Vacation', '2025-10-01', '{{}}')",
    )
    further = {section.title: section.entries for section in shown(copied_record, teacher).sections}["Further records"]
    assert [entry.title for entry in further] == ["Leave"]


def test_they_are_found_by_the_id_of_a_source(copied_record, teacher):
    source, source_id = rows(
        copied_record,
        "select source, source_id from consolidation.identity where kind = 'Staff'"
        f" and unique_id = '{teacher}' and source = 'warehouse'",
    )[0]
    found = shown(copied_record, source_id, source)
    assert found.unique_id == teacher
    assert {row["source"] for row in found.identities} == {"sis", "warehouse"}


def test_no_student_is_logged_where_none_is_shown(copied_record, teacher):
    shown(copied_record, teacher)
    assert rows(copied_record, "select count(*) from access.disclosure") == [(0,)]


def test_a_student_is_no_member_of_staff(copied_record):
    student = rows(copied_record, "select student_unique_id from edfi.student order by 1 limit 1")[0][0]
    assert shown(copied_record, student) is None
