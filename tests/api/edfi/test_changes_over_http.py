"""An app that reads what changed learns what is gone, of whom it may know, and of whom it was shown before."""

from collections.abc import Callable
from typing import Any

import httpx
import psycopg
import pytest
from app_of_agreement import held

from homeroom.record.changes import writing
from homeroom.record.deletion import delete
from homeroom.record.key_change import change_key
from homeroom.record.upsert import upsert

RESULTS = 'StudentAssessment = ["studentAssessmentIdentifier", "studentReference.studentUniqueId"]'
MAYA = {"studentUniqueId": "maya", "firstName": "Maya", "lastSurname": "Okafor", "birthDate": "2016-03-01"}
ENROLLED = {
    "studentReference": {"studentUniqueId": "maya"},
    "entryDate": "2025-08-20",
    "entryGradeLevelDescriptor": "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade",
}
ENROLLMENTS = 'StudentSchoolAssociation = ["studentReference.studentUniqueId", "entryDate"]'


def get(client: httpx.Client, path: str, status: int = 200, **asked: Any) -> httpx.Response:
    answered = client.get(path, params=asked)
    assert answered.status_code == status, answered.text
    return answered


def newest(client: httpx.Client) -> int:
    return get(client, "changeQueries/v1/availableChangeVersions").json()["newestChangeVersion"]


@pytest.fixture
def gone(own_served) -> Callable[[str, str], dict[str, Any]]:
    """Deletes a row of a table that fulfills a condition, and gives what it held."""

    def delete_one(table: str, resource: str, where: str = "true") -> dict[str, Any]:
        (row,) = held(own_served.record, f"select * from edfi.{table} where {where} order by id limit 1")
        with psycopg.connect(own_served.record) as record:
            delete(record, resource, row["id"], "a test")
        return row

    return delete_one


def test_a_deleted_row_is_told_by_what_is_named_of_its_key(own_app, gone):
    client = own_app(elements=RESULTS).client
    before = newest(client)
    row = gone("student_assessment", "StudentAssessment")
    assert newest(client) > before
    answered = get(client, "data/v3/ed-fi/studentAssessments/deletes", minChangeVersion=before + 1, totalCount="true")
    (told,) = answered.json()
    assert answered.headers["Total-Count"] == "1"
    assert told["id"] == row["id"].hex
    assert told["keyValues"] == {
        "studentAssessmentIdentifier": row["student_assessment_identifier"],
        "studentUniqueId": row["student_unique_id"],
    }


def test_of_students_out_of_reach_no_deletion_is_told(own_app, own_served, gone):
    at_one = (
        "student_unique_id in (select student_unique_id from edfi.student_school_association"
        " group by 1 having count(distinct school_id) = 1)"
    )
    row = gone("student_assessment", "StudentAssessment", at_one)
    others = (
        "select school_id from edfi.student_school_association group by 1 having not bool_or(student_unique_id = %s)"
    )
    schools = [one["school_id"] for one in held(own_served.record, others, row["student_unique_id"])]
    client = own_app(elements=RESULTS, schools=schools[:1]).client
    assert get(client, "data/v3/ed-fi/studentAssessments/deletes").json() == []


def test_who_was_shown_an_enrollment_learns_that_it_is_gone_though_the_student_left_with_it(own_app, own_served, gone):
    (school,) = held(own_served.record, "select school_id from edfi.school order by 1 limit 1")
    with psycopg.connect(own_served.record) as record:
        upsert(record, "Student", MAYA, "a test")
        upsert(
            record,
            "StudentSchoolAssociation",
            ENROLLED | {"schoolReference": {"schoolId": school["school_id"]}},
            "a test",
        )
    shown, not_shown = (own_app(elements=ENROLLMENTS, schools=[school["school_id"]]).client for _ in range(2))
    get(shown, "data/v3/ed-fi/studentSchoolAssociations", limit=500)
    gone("student_school_association", "StudentSchoolAssociation", "student_unique_id = 'maya'")
    (told,) = get(shown, "data/v3/ed-fi/studentSchoolAssociations/deletes").json()
    assert told["keyValues"]["studentUniqueId"] == "maya"
    assert get(not_shown, "data/v3/ed-fi/studentSchoolAssociations/deletes").json() == []


def test_whoever_is_named_by_a_deletion_is_logged(own_app, own_served, gone):
    asking = own_app(elements=RESULTS)
    row = gone("student_assessment", "StudentAssessment")
    get(asking.client, "data/v3/ed-fi/studentAssessments/deletes")
    (entry,) = held(own_served.record, "select * from access.disclosure where action = 'read resources of the record'")
    assert entry["student_unique_ids"] == [row["student_unique_id"]]


def test_a_changed_key_is_told_as_it_was_and_as_it_is(own_app, own_served):
    client = own_app(elements='ClassPeriod = ["classPeriodName"]').client
    (school,) = held(own_served.record, "select school_id from edfi.school order by 1 limit 1")
    period = {"classPeriodName": "First", "schoolReference": {"schoolId": school["school_id"]}}
    with psycopg.connect(own_served.record) as record:
        written = upsert(record, "ClassPeriod", period, "a test")
        change_key(record, "ClassPeriod", written.id, period | {"classPeriodName": "Second"}, "a test")
    (told,) = get(client, "data/v3/ed-fi/classPeriods/keyChanges").json()
    assert told["oldKeyValues"] == {"classPeriodName": "First"}
    assert told["newKeyValues"] == {"classPeriodName": "Second"}


def test_descriptors_are_never_deleted_nor_called_otherwise(own_app):
    client = own_app().client
    for log in ("deletes", "keyChanges"):
        assert get(client, f"data/v3/ed-fi/sexDescriptors/{log}").json() == []


def test_while_the_record_is_written_readers_of_changes_are_told_to_come_again(own_app, own_served):
    client = own_app().client
    with psycopg.connect(own_served.record) as record, writing(record):
        answered = get(client, "changeQueries/v1/availableChangeVersions", 503)
    assert int(answered.headers["Retry-After"]) > 0
