"""A student can be seen as the record told of them at the end of an earlier day."""

from datetime import date, timedelta

import pytest
from asking import answer, change, rows

from homeroom.access.door import prepare
from homeroom.access.students import student

TODAY = date.today()


@pytest.fixture
def renamed(copied_record):
    """The id of a student who came four days ago, and whose first name was another until now."""
    prepare(copied_record)
    record_id = rows(copied_record, "select id from edfi.student order by id limit 1")[0][0]
    change(copied_record, f"update edfi.student set last_modified = now() - interval '4 days' where id = '{record_id}'")
    change(
        copied_record,
        "update edfi.student set first_name = 'Renamed', change_version = nextval('edfi.change_version'),"
        f" last_modified = now() where id = '{record_id}'",
    )
    return record_id


def first_name(url, record_id, as_of=None):
    found = answer(url, lambda use: student(use, record_id), as_of=as_of)
    return next(value.text for value in found.person.values if value.name == "First name") if found else None


def test_a_name_is_the_one_of_the_day(copied_record, renamed):
    assert first_name(copied_record, renamed) == "Renamed"
    assert first_name(copied_record, renamed, TODAY) == "Renamed"
    assert first_name(copied_record, renamed, TODAY - timedelta(days=1)) not in ("Renamed", None)


def test_before_anything_was_held_there_is_nothing(copied_record, renamed):
    assert first_name(copied_record, renamed, TODAY - timedelta(days=5)) is None


def test_what_came_later_is_not_shown(copied_record, renamed):
    def held(as_of):
        found = answer(copied_record, lambda use: student(use, renamed), as_of=as_of)
        return sum(len(section.entries) for section in found.sections)

    assert held(TODAY) > 0
    assert held(TODAY - timedelta(days=1)) == 0


def test_a_look_at_an_earlier_day_is_logged_as_any_other(copied_record, renamed):
    log = "select count(*) from access.disclosure"
    before = rows(copied_record, log)[0][0]
    first_name(copied_record, renamed, TODAY - timedelta(days=1))
    assert rows(copied_record, log)[0][0] == before + 1
