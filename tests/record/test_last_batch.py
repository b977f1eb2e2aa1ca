"""A batch brings what differs from the last one, and what became of that one meanwhile."""

import pytest
from batches import batch
from district import DISTRICT

from homeroom.record.changes import newest
from homeroom.record.dangling import RefusedRow
from homeroom.record.deletion import delete
from homeroom.record.last_batch import LastBatch, read_last_batch, write_last_batch, written_by_others
from homeroom.record.publish import publish
from homeroom.record.upsert import upsert
from homeroom.record.withdrawal import keep_unsaid, prepare_withdrawal, unsaid_resources

MAYA = {"student_unique_id": "901", "first_name": "Maya", "last_surname": "Okafor", "birth_date": "2012-03-04"}
NOAH = MAYA | {"student_unique_id": "902", "first_name": "Noah"}


@pytest.fixture
def students(connection):
    for name, document in DISTRICT.items():
        upsert(connection, name, document, "test")
    publish(connection, {"Student": batch("Student", MAYA, NOAH)})
    return connection


def names(connection):
    return dict(
        connection.execute(
            "select student_unique_id, first_name from edfi.student where student_unique_id in ('901', '902')"
        ).fetchall()
    )


def test_a_batch_is_remembered_with_what_was_refused(connection):
    refused = [RefusedRow("Grade", (7, 8), "studentReference"), RefusedRow("Grade", (9,), "studentReference")]
    write_last_batch(connection, {"schools": "merged-a", "students": "merged-b"}, 12, refused)
    found = read_last_batch(connection)
    assert found.merged == {"schools": "merged-a", "students": "merged-b"}
    assert found.change_version == 12
    assert {name: sorted(rows) for name, rows in found.refused.items()} == {"Grade": [7, 9]}


def test_before_the_first_batch_there_is_none(connection):
    assert read_last_batch(connection) == LastBatch()


def test_rows_that_are_not_sent_stay_as_they_are(students):
    publish(students, {"Student": batch("Student", NOAH | {"first_name": "Noe"})}, {"Student": []})
    assert names(students) == {"901": "Maya", "902": "Noe"}


def test_what_is_gone_is_unsaid_until_it_is_said_again(students):
    prepare_withdrawal(students)
    publish(students, {"Student": batch("Student")}, {"Student": [b"902\n"]})
    assert unsaid_resources(students) == ["Student"]
    keep_unsaid(students)
    students.execute("drop table unsaid, identity_before, speaking, doubtful")
    prepare_withdrawal(students)
    publish(students, {"Student": batch("Student")}, {"Student": []})
    assert unsaid_resources(students) == ["Student"], "nobody said anything new of Noah"
    keep_unsaid(students)
    students.execute("drop table unsaid, identity_before, speaking, doubtful")
    prepare_withdrawal(students)
    publish(students, {"Student": batch("Student", NOAH)}, {"Student": []})
    assert unsaid_resources(students) == []


def test_who_else_wrote_a_row_since_is_known_by_its_key(students):
    version = newest(students)
    assert written_by_others(students, "Student", version) == []
    document = {"studentUniqueId": "901", "firstName": "Maia", "lastSurname": "Okafor", "birthDate": "2012-03-04"}
    upsert(students, "Student", document, "an app")
    assert written_by_others(students, "Student", version) == [("901",)]


def test_after_somebody_else_deleted_a_row_only_comparing_all_tells(students):
    version = newest(students)
    (id_,) = students.execute("select id from edfi.student where student_unique_id = '902'").fetchone()
    delete(students, "Student", id_, "an app")
    assert written_by_others(students, "Student", version) is None
