"""An approved app reads the record over HTTP as it would an Ed-Fi ODS/API, and only what its agreement lets it."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from app_of_agreement import App, held, students

from homeroom.access.agreements.terms import fields_of
from homeroom.model import DESCRIPTORS, RESOURCES

ALL = "\n".join(f"{resource} = {json.dumps(sorted(fields_of(resource)))}" for resource in RESOURCES)
NAMES = 'Student = ["studentUniqueId", "firstName"]'


@pytest.fixture(scope="module")
def whole(served, tmp_path_factory) -> httpx.Client:
    """The client of an app that may read every field of the whole district."""
    return App.under_agreement(served, tmp_path_factory.mktemp("whole"), elements=ALL).client


@pytest.fixture
def client(app: Callable[..., App]) -> httpx.Client:
    """The client of an app that may read students' names."""
    return app(elements=NAMES).client


def get(client: httpx.Client, path: str, status: int = 200, **asked: Any) -> httpx.Response:
    answered = client.get(f"data/v3/ed-fi/{path}", params=asked)
    assert answered.status_code == status, answered.text
    return answered


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_resource_is_read_in_pages_and_row_by_row(whole, resource):
    endpoint = RESOURCES[resource].endpoint
    page = get(whole, endpoint, limit=3, totalCount="true")
    rows = page.json()
    assert len(rows) == min(3, int(page.headers["Total-Count"]))
    for row in rows[:1]:
        assert get(whole, f"{endpoint}/{row['id']}").json() == row


@pytest.mark.parametrize("descriptor", ["GradeLevelDescriptor", "SexDescriptor", "IDEAPartDescriptor"])
def test_descriptors_are_read_whatever_the_agreement_names(client, descriptor):
    endpoint = DESCRIPTORS[descriptor].endpoint
    page = get(client, endpoint, limit=500, totalCount="true")
    values = page.json()
    assert {one["codeValue"] for one in values} >= set(DESCRIPTORS[descriptor].values())
    assert len(values) == int(page.headers["Total-Count"])
    assert get(client, f"{endpoint}/{values[0]['id']}").json() == values[0]
    assert get(client, endpoint, codeValue=values[0]["codeValue"]).json() == values[:1]


def test_pages_by_token_of_all_partitions_hold_every_row_once(whole):
    tokens = get(whole, "studentSchoolAssociations/partitions", number=4).json()["pageTokens"]
    found = []
    for token in tokens:
        while token:
            page = get(whole, "studentSchoolAssociations", pageToken=token, pageSize=40)
            found += [row["id"] for row in page.json()]
            token = page.headers.get("Next-Page-Token")
    total = int(get(whole, "studentSchoolAssociations", limit=0, totalCount="true").headers["Total-Count"])
    assert len(tokens) == 4
    assert len(found) == len(set(found)) == total > 160


def test_pages_by_offset_are_the_same_rows_as_by_token(whole):
    by_offset = [row for start in (0, 10) for row in get(whole, "sections", limit=10, offset=start).json()]
    assert by_offset == get(whole, "sections", pageSize=20).json()


def test_rows_that_changed_since_are_read_by_their_change_versions(whole):
    etags = [int(row["_etag"]) for row in get(whole, "schools", limit=500).json()]
    middle = sorted(etags)[len(etags) // 2]
    since = get(whole, "schools", limit=500, minChangeVersion=middle).json()
    until = get(whole, "schools", limit=500, maxChangeVersion=middle - 1).json()
    assert (len(since), len(until)) == (len([e for e in etags if e >= middle]), len([e for e in etags if e < middle]))


def test_a_row_that_the_client_has_already_is_not_sent_again(client, served):
    row = get(client, "students", limit=1).json()[0]
    first = get(client, f"students/{row['id']}")
    again = client.get(f"data/v3/ed-fi/students/{row['id']}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"data/v3/ed-fi/students/{row['id']}", headers={"If-None-Match": '"0"'})
    assert other.json() == row


def test_only_what_is_named_is_told_and_only_of_those_within_reach(app, served):
    known = students(served.record, 200)
    school = known[0]["school_id"]
    client = app(elements=NAMES, schools=[school]).client
    told = get(client, "students", limit=500).json()
    assert {name for one in told for name in one} == {
        "id",
        "studentUniqueId",
        "firstName",
        "_etag",
        "_lastModifiedDate",
    }
    at_school = held(
        served.record,
        "select distinct student_unique_id from edfi.student_school_association where school_id = %s"
        " and coalesce(exit_withdraw_date >= '2020-01-01', true)",
        school,
    )
    assert {one["studentUniqueId"] for one in told} == {row["student_unique_id"] for row in at_school}
    out = next(one for one in known if one["student_unique_id"] not in {t["studentUniqueId"] for t in told})
    assert get(client, f"students/{out['id']}", 404).json()["type"] == "urn:ed-fi:api:not-found"


@pytest.mark.parametrize(
    ("path", "asked", "status", "type_"),
    [
        ("schools", {}, 403, "security:authorization"),
        ("students", {"lastSurname": "Okafor"}, 403, "security:authorization"),
        ("students", {"firstName": ""}, 400, "bad-request"),
        ("students", {"firstName": "\0"}, 400, "bad-request:parameter"),
        ("gradeLevelDescriptors", {"codeValue": "\0"}, 400, "bad-request:parameter"),
        ("shoes", {}, 404, "not-found"),
        ("students/00000000000000000000000000000000", {}, 404, "not-found"),
        ("students/maya", {}, 404, "not-found"),
    ],
)
def test_what_can_t_be_had_is_told_as_the_ods_tells_it(client, path, asked, status, type_):
    answered = get(client, path, status, **asked)
    assert answered.headers["content-type"] == "application/problem+json"
    assert answered.json()["type"] == f"urn:ed-fi:api:{type_}"
    assert "Okafor" not in answered.text


def test_all_that_is_wrong_with_the_parameters_is_told_at_once_and_none_of_their_values(client):
    wrong = {"limit": "501", "totalCount": "maybe", "minChangeVersion": "-1", "shoeSize": "36", "pageToken": "Okafor"}
    answered = get(client, "students", 400, **wrong)
    told = answered.json()
    assert told["type"] == "urn:ed-fi:api:bad-request:parameter"
    assert sorted(error.partition(":")[0] for error in told["errors"]) == [
        "limit", "limit", "minChangeVersion", "pageToken", "shoeSize", "totalCount"
    ]  # fmt: skip
    assert not {"501", "maybe", "36", "Okafor"} & set(answered.text.replace(",", " ").split())


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_an_app_that_may_read_does_not_write(client, method):
    path = "students" if method == "POST" else "students/00000000000000000000000000000000"
    answered = client.request(method, f"data/v3/ed-fi/{path}", json={})
    assert answered.status_code == 403
    assert "not write" in answered.json()["detail"]


def test_nobody_reads_without_a_token(served):
    assert httpx.get(f"{served.address}api/data/v3/ed-fi/students").status_code == 401


def test_who_was_on_a_page_is_on_the_log_with_the_fields(app, served):
    asking = app(elements=NAMES)
    told = get(asking.client, "students", limit=4).json()
    (entry,) = held(
        served.record,
        "select * from access.disclosure where agreement = (select agreement from access.client where key = %s)",
        asking.key.key,
    )
    assert set(entry["student_unique_ids"]) == {one["studentUniqueId"] for one in told}
    assert (entry["shown"], entry["action"]) == (
        {"Student": ["firstName", "studentUniqueId"]},
        "read resources of the record",
    )
