"""A reader who holds a snapshot sees one state of the record: rows, deletions and changes of keys as of one moment."""

import json
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from app_of_agreement import App, held
from edfi_api_client import EdFiClient
from own_database import own_database
from served_pages import serving

from homeroom.access import snapshots
from homeroom.access.agreements.terms import fields_of

ELEMENTS = f"Student = {json.dumps(sorted(fields_of('Student')))}\n" + (
    'StudentSchoolAssociation = ["studentReference.studentUniqueId", "schoolReference.schoolId", "entryDate"]'
)
WRITES = 'Student = "all"'
HELD = {"Use-Snapshot": "true"}
PLACE = "changeQueries/v1/snapshots"
NEW = {"studentUniqueId": "new-student", "firstName": "Noor", "lastSurname": "Haddad", "birthDate": "2013-05-01"}


@pytest.fixture(scope="module")
def own_served(postgres_url, maple_grove, tmp_path_factory):
    """A copy of Maple Grove for the tests of this module, which write to it."""
    with own_database(postgres_url, "maple_grove_template") as url:
        yield from serving(url, tmp_path_factory.mktemp("snapshots"))


@pytest.fixture
def reader(own_served, tmp_path):
    """An app that reads and writes; what it holds is ended with the test."""
    made = App.under_agreement(own_served, tmp_path, elements=ELEMENTS, writes=WRITES)
    yield made
    for one in made.client.get(PLACE).json():
        assert made.client.delete(f"{PLACE}/{one['id']}").status_code == 204


def begun(reader):
    answered = reader.client.post(PLACE)
    assert answered.status_code == 201, answered.text
    return answered.json()


def students(reader, **headers):
    answered = reader.client.get("data/v3/ed-fi/students", params={"limit": 500}, headers=headers)
    assert answered.status_code == 200, answered.text
    return {one["studentUniqueId"]: one for one in answered.json()}


def test_what_is_written_or_deleted_since_is_not_in_it(reader):
    before = students(reader)
    snapshot = begun(reader)
    assert reader.client.post("data/v3/ed-fi/students", json=NEW).status_code == 201
    added = students(reader)[NEW["studentUniqueId"]]
    assert students(reader, **HELD) == before
    assert reader.client.delete(f"data/v3/ed-fi/students/{added['id']}").status_code == 204
    since = {"minChangeVersion": snapshot["newestChangeVersion"] + 1}
    deletes = [
        reader.client.get("data/v3/ed-fi/students/deletes", params=since, headers=headers).json()
        for headers in ({}, HELD)
    ]
    assert [[one["id"] for one in found] for found in deletes] == [[added["id"]], []]
    assert students(reader, **HELD) == before


def test_up_to_which_change_version_it_goes_is_told(reader):
    snapshot = begun(reader)
    assert reader.client.post("data/v3/ed-fi/students", json=NEW | {"studentUniqueId": "another"}).status_code == 201
    newest = [
        reader.client.get("changeQueries/v1/availableChangeVersions", headers=headers).json()["newestChangeVersion"]
        for headers in ({}, HELD)
    ]
    assert newest[1] == snapshot["newestChangeVersion"] < newest[0]


def test_one_row_is_read_as_it_was(reader):
    document = NEW | {"studentUniqueId": "changed"}
    reader.client.post("data/v3/ed-fi/students", json=document)
    begun(reader)
    reader.client.post("data/v3/ed-fi/students", json=document | {"firstName": "Nour"})
    place = f"data/v3/ed-fi/students/{students(reader)['changed']['id']}"
    names = [reader.client.get(place, headers=headers).json()["firstName"] for headers in ({}, HELD)]
    assert names == ["Nour", "Noor"]


def test_whoever_is_shown_in_it_is_logged_and_counted(reader, own_served):
    begun(reader)
    shown = students(reader, **HELD)
    (entry,) = held(
        own_served.record,
        "select cardinality(student_unique_ids) as logged, (select count(*) from access.client_student"
        " where client = %s) as counted from access.disclosure order by id desc limit 1",
        reader.key.key,
    )
    assert entry == {"logged": len(shown), "counted": len(shown)}


def test_a_reader_of_some_schools_sees_no_others_in_it(own_served, tmp_path):
    school = held(own_served.record, "select school_id from edfi.school limit 1")[0]["school_id"]
    reader = App.under_agreement(own_served, tmp_path, elements=ELEMENTS, schools=[school])
    snapshot = begun(reader)
    assert students(reader, **HELD) == students(reader)
    assert len(students(reader)) < held(own_served.record, "select count(*) as n from edfi.student")[0]["n"]
    reader.client.delete(f"{PLACE}/{snapshot['id']}")


def test_a_key_holds_one_of_its_own_and_is_told_when_it_has_ended(reader, own_served, tmp_path):
    assert reader.client.get("data/v3/ed-fi/students", headers=HELD).status_code == 404
    snapshot = begun(reader)
    assert reader.client.get(PLACE).json() == [snapshot]
    assert reader.client.get(f"{PLACE}/{snapshot['id']}").json() == snapshot
    assert reader.client.post(PLACE).status_code == 409
    other = App.under_agreement(own_served, tmp_path, elements=ELEMENTS)
    assert other.client.get("data/v3/ed-fi/students", headers=HELD).status_code == 404
    assert other.client.delete(f"{PLACE}/{snapshot['id']}").status_code == 404
    assert reader.client.delete(f"{PLACE}/{snapshot['id']}").status_code == 204
    gone = reader.client.get("data/v3/ed-fi/students", headers=HELD)
    assert (gone.status_code, gone.json()["type"]) == (404, "urn:ed-fi:api:not-found")


def test_whoever_names_an_earlier_one_is_not_given_a_later_one(reader):
    earlier = begun(reader)
    reader.client.delete(f"{PLACE}/{earlier['id']}")
    later = begun(reader)
    found = [
        reader.client.get("data/v3/ed-fi/students", headers={"Snapshot-Identifier": one["id"]}).status_code
        for one in (earlier, later)
    ]
    assert found == [404, 200]


def test_it_is_not_written(reader):
    begun(reader)
    answered = reader.client.post("data/v3/ed-fi/students", json=NEW, headers=HELD)
    assert (answered.status_code, answered.headers["Allow"]) == (405, "GET")


def test_it_ends_when_the_server_is_started_anew(reader, own_served):
    begun(reader)
    with psycopg.connect(own_served.record, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
            " and state = 'idle in transaction' and query like '%pg_export_snapshot%'"
        )
    assert reader.client.get("data/v3/ed-fi/students", headers=HELD).status_code == 404
    assert reader.client.get(PLACE).json() == []


def test_the_communitys_client_reads_one_state(reader, own_served):
    before = students(reader)
    begun(reader)
    reader.client.post("data/v3/ed-fi/students", json=NEW | {"studentUniqueId": "unseen"})
    client = EdFiClient(f"{own_served.address}api", reader.key.key, reader.key.secret, use_snapshot=True)
    rows = list(client.resource("students").get_rows(page_size=40))
    assert {row["studentUniqueId"] for row in rows} == set(before)


def test_not_more_are_held_than_there_may_be(own_served, tmp_path):
    readers = [App.under_agreement(own_served, tmp_path, elements=ELEMENTS) for _ in range(snapshots.MOST + 1)]
    answers = [one.client.post(PLACE) for one in readers]
    assert [one.status_code for one in answers] == [201] * snapshots.MOST + [503]
    assert answers[-1].headers["Retry-After"] == "60"
    for reader, answered in zip(readers, answers[:-1], strict=False):
        reader.client.delete(f"{PLACE}/{answered.json()['id']}")


def test_it_says_when_it_ends(reader):
    ends = datetime.strptime(begun(reader)["endsDateTime"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(0) < ends - datetime.now(UTC) <= snapshots.LONGEST
