"""What is not said any more is kept, ended or taken out, by who is silent and of what time they speak."""

from datetime import date

import pytest
from batches import batch
from district import DISTRICT

from homeroom.record.publish import publish
from homeroom.record.upsert import upsert
from homeroom.record.verdicts import times_of
from homeroom.record.withdrawal import Withdrawn, prepare_withdrawal, withdraw

DAY = date(2025, 11, 3)
FIRST_FILE, SECOND_FILE = 1 << 32, 2 << 32
EVENT = {
    "school_id": 1001,
    "school_year": 2026,
    "session_name": "Fall",
    "student_unique_id": "900",
    "attendance_event_category_descriptor": "uri://ed-fi.org/AttendanceEventCategoryDescriptor#Unexcused Absence",
}
ABSENCES = [EVENT | {"event_date": f"2025-10-0{day}"} for day in (1, 2, 3)]
RESOURCE = "StudentSchoolAttendanceEvent"


@pytest.fixture
def attendance(connection):
    """Three absences that the system `sis` told of, whose delivery of today is another one."""
    for name, document in DISTRICT.items():
        upsert(connection, name, document, "test")
    for number, delivery in ((1, "first"), (2, "second")):
        connection.execute("insert into consolidation.delivery values (%s, 'sis', 'edfi-xml')", [delivery])
        connection.execute(
            "insert into consolidation.delivered_file values (%s, %s, 'attendance.xml', '', 1, 'line')",
            [number, delivery],
        )
    connection.execute("insert into consolidation.identity values ('sis', 'Student', '7', '900', 1, 'single')")
    publish(connection, {RESOURCE: batch(RESOURCE, *ABSENCES, source_row=FIRST_FILE)})
    return connection


def withdrawn(connection, *said, speaking=("2025-09-01", "2025-11-03"), doubtful=(), identities=()):
    """What is withdrawn when the source says `said` now, of the days `speaking`; None: it delivered no such rows."""
    prepare_withdrawal(connection)
    publish(connection, {RESOURCE: batch(RESOURCE, *said, source_row=SECOND_FILE)})
    if identities:
        remember_identities(connection)
        connection.execute("delete from consolidation.identity")
        for row in identities:
            connection.execute("insert into consolidation.identity values (%s, 'Student', %s, %s, 1, 'single')", row)
    if speaking:
        connection.execute("insert into speaking values ('sis', %s, 'event_date', %s, %s)", [RESOURCE, *speaking])
    for resource in doubtful:
        connection.execute("insert into doubtful values (%s, 'Student', '900')", [resource])
    return withdraw(connection, DAY)


def remember_identities(connection):
    """As whoever writes them anew does."""
    connection.execute(
        "insert into identity_before select source, kind, source_id, unique_id from consolidation.identity"
    )


def days(connection):
    found = connection.execute("select event_date from edfi.student_school_attendance_event order by 1").fetchall()
    return [day.day for (day,) in found]


def test_an_event_that_the_source_took_back_is_taken_out(attendance):
    assert withdrawn(attendance, *ABSENCES[:2]) == Withdrawn({}, {RESOURCE: 1})
    assert days(attendance) == [1, 2]


def test_what_lies_before_or_after_the_days_of_which_the_source_speaks_stays(attendance):
    assert withdrawn(attendance, ABSENCES[1], speaking=("2025-10-02", "2025-10-02")) == Withdrawn({}, {})
    assert days(attendance) == [1, 2, 3]


def test_what_the_source_did_not_deliver_now_stays(attendance):
    withdrawn(attendance, ABSENCES[0], speaking=None)
    assert days(attendance) == [1, 2, 3]


@pytest.mark.parametrize("resource", [RESOURCE, "*"])
def test_where_a_row_of_the_student_was_set_aside_all_stays(attendance, resource):
    withdrawn(attendance, ABSENCES[0], doubtful=[resource])
    assert days(attendance) == [1, 2, 3]


def test_the_events_of_a_student_who_left_the_source_stay(attendance):
    other = EVENT | {"event_date": "2025-10-20"}
    withdrawn(attendance, other, identities=[("sis", "8", "901")])
    assert days(attendance) == [1, 2, 3, 20]


def test_what_was_held_under_the_id_of_somebody_who_is_another_goes(attendance):
    withdrawn(attendance, identities=[("sis", "7", "901")], speaking=("2025-10-02", "2025-10-02"))
    assert days(attendance) == []


def test_what_an_app_wrote_is_not_the_sources_to_withdraw(attendance):
    attendance.execute("update edfi.student_school_attendance_event set written_by = 'an app', source_rows = '{}'")
    withdrawn(attendance)
    assert days(attendance) == [1, 2, 3]


def test_what_another_row_names_stays(attendance):
    """The student is another's now, but the enrollment that an app wrote still names the old id."""
    attendance.execute("update edfi.student set written_by = null, source_rows = '{4294967296}'")
    prepare_withdrawal(attendance)
    attendance.execute("insert into unsaid select 'Student', id from edfi.student")
    remember_identities(attendance)
    attendance.execute("update consolidation.identity set unique_id = '901'")
    assert withdraw(attendance, DAY) == Withdrawn({}, {})


def test_an_enrollment_lasts_and_is_no_matter_of_the_days_of_which_a_source_speaks():
    assert times_of("StudentSchoolAssociation") == ()
    assert times_of(RESOURCE) == ("school_year", "event_date")
