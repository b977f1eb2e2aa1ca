"""A student's attendance in a school year: every event of it, each with the rows that told of it."""

from uuid import uuid4

import pytest
from asking import answer, rows

from homeroom.access.attendance import attendance_of_year


@pytest.fixture(scope="module")
def often_absent(district: str):
    """The student with most events in a school year: the record's id, the unique id, the year and how many."""
    return rows(
        district,
        """
        select s.id, student_unique_id, e.school_year, count(*) from edfi.student_school_attendance_event as e
        join edfi.student as s using (student_unique_id) group by 1, 2, 3 order by 4 desc, 1 limit 1
        """,
    )[0]


def test_every_event_of_the_year_is_told_the_latest_first(district, often_absent):
    record_id, _, year, count = often_absent
    found = answer(district, lambda use: attendance_of_year(use, record_id, year))
    days = [event.day for event in found.events]
    assert len(days) == count
    assert days == sorted(days, reverse=True)


def test_each_event_names_its_kind_its_school_and_the_line_that_told_of_it(district, often_absent):
    record_id, _, year, _ = often_absent
    found = answer(district, lambda use: attendance_of_year(use, record_id, year))
    assert [event for event in found.events if not (event.kind and event.place and event.origins)] == []
    assert {origin.source for event in found.events for origin in event.origins} == {"warehouse"}


def test_of_a_year_without_events_none_is_told(district, often_absent):
    found = answer(district, lambda use: attendance_of_year(use, often_absent[0], 1999))
    assert list(found.events) == []


def test_there_is_no_attendance_of_nobody(district):
    assert answer(district, lambda use: attendance_of_year(use, uuid4(), 2025)) is None


def test_that_it_was_shown_is_in_the_disclosure_log(copied_record, often_absent):
    record_id, unique_id, year, _ = often_absent
    answer(copied_record, lambda use: attendance_of_year(use, record_id, year))
    logged = rows(copied_record, "select student_unique_ids from access.disclosure order by id desc limit 1")
    assert logged == [([unique_id],)]
