"""What the record said at an earlier moment can be asked, however it was written since."""

from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from batches import batch
from district import DISTRICT

from homeroom.model import RESOURCES
from homeroom.model.columns import table_name
from homeroom.record.deletion import delete
from homeroom.record.earlier_days import SET_MOMENT, prepare_earlier_days
from homeroom.record.key_change import change_key
from homeroom.record.opening import prepare
from homeroom.record.publish import publish
from homeroom.record.upsert import upsert


class Days:
    """A record that is written now and then, each time in a transaction of its own, and asked of earlier moments."""

    def __init__(self, url):
        self.connection = psycopg.connect(url)
        prepare_earlier_days(self.connection)
        self.ids = {name: upsert(self.connection, name, row, "test").id for name, row in DISTRICT.items()}
        self.connection.commit()

    def now(self):
        moment = self.connection.execute("select clock_timestamp()").fetchone()[0]
        self.connection.commit()
        return moment

    def at(self, moment, question):
        self.connection.execute(SET_MOMENT, {"moment": moment})
        found = self.connection.execute(question).fetchall()
        self.connection.commit()
        return found


@pytest.fixture
def days(record):
    days = Days(record)
    yield days
    days.connection.close()


NAMES = "select first_name from edfi_earlier.student where student_unique_id = '900'"


def test_a_changed_value_is_what_it_was_on_each_day(days):
    moments = []
    for name in ("Maia", "Maya", "May"):
        upsert(days.connection, "Student", DISTRICT["Student"] | {"firstName": name}, "test")
        days.connection.commit()
        moments.append(days.now())
    assert [days.at(moment, NAMES) for moment in moments] == [[("Maia",)], [("Maya",)], [("May",)]]


def test_a_row_is_not_there_before_it_was_written(days):
    assert days.at(datetime.now(UTC) - timedelta(days=1), NAMES) == []


def test_a_deleted_row_is_there_until_it_was_deleted(days):
    before = days.now()
    delete(days.connection, "StudentSchoolAssociation", days.ids["StudentSchoolAssociation"], "registration")
    days.connection.commit()
    question = "select school_id, entry_date::text from edfi_earlier.student_school_association"
    assert days.at(before, question) == [(1001, "2025-08-20")]
    assert days.at(days.now(), question) == []


def test_a_batch_keeps_what_it_changes_and_nothing_of_rows_that_say_the_same(days):
    row = {"student_unique_id": "7", "first_name": "Bo", "last_surname": "Li", "birth_date": "2016-03-01"}
    publish(days.connection, {"Student": batch("Student", row)})
    days.connection.commit()
    before = days.now()
    publish(days.connection, {"Student": batch("Student", row, source_row=6)})
    days.connection.commit()
    assert days.connection.execute("select count(*) from edfi.replaced_row").fetchone() == (0,)
    publish(days.connection, {"Student": batch("Student", row | {"first_name": "Bob"}, source_row=6)})
    days.connection.commit()
    question = "select first_name from edfi_earlier.student where student_unique_id = '7'"
    assert days.at(before, question) == [("Bo",)]
    assert days.at(days.now(), question) == [("Bob",)]


def test_a_changed_key_is_the_old_one_on_the_days_before(days):
    before = days.now()
    enrollment = DISTRICT["StudentSchoolAssociation"]
    change_key(
        days.connection,
        "StudentSchoolAssociation",
        days.ids["StudentSchoolAssociation"],
        enrollment | {"entryDate": "2025-09-01"},
        "test",
    )
    days.connection.commit()
    question = "select entry_date::text from edfi_earlier.student_school_association"
    assert days.at(before, question) == [("2025-08-20",)]
    assert days.at(days.now(), question) == [("2025-09-01",)]


def test_what_is_written_and_changed_in_one_transaction_was_never_said(days):
    for name in ("A", "B"):
        upsert(days.connection, "Student", DISTRICT["Student"] | {"studentUniqueId": "8", "firstName": name}, "test")
    days.connection.commit()
    assert days.connection.execute("select count(*) from edfi.replaced_row").fetchone() == (0,)


def test_every_resource_has_its_history(days):
    found = days.connection.execute(
        "select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " where t.tgname in ('keep_updated', 'keep_deleted') group by 1 having count(*) = 2"
    ).fetchall()
    assert {name for (name,) in found} == {table_name(resource) for resource in RESOURCES}


def test_the_views_are_made_anew_after_the_tables_were_brought_up_to_date(empty_database):
    prepare(empty_database, "0003")
    with psycopg.connect(empty_database) as connection:
        prepare_earlier_days(connection)
        connection.execute("drop view edfi_earlier.student")
    prepare(empty_database)
    with psycopg.connect(empty_database) as connection:
        prepare_earlier_days(connection)
        connection.execute(SET_MOMENT, {"moment": datetime.now(UTC)})
        assert connection.execute("select count(*) from edfi_earlier.student").fetchone() == (0,)
