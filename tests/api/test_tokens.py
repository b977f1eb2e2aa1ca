"""How an app is let in: RFC 6749 as the Ed-Fi ODS/API has it, over real HTTP."""

import base64

import httpx
import psycopg
import pytest
from app_of_agreement import students

GRANT = {"grant_type": "client_credentials"}


def fresh(served):
    """A client that has no token."""
    return httpx.Client(base_url=f"{served.address}api/", timeout=60)


def test_key_and_secret_are_taken_as_basic_as_a_form_and_as_json(app, served):
    key = app().key
    both = {"client_id": key.key, "client_secret": key.secret}
    with fresh(served) as client:
        for answered in (
            client.post("oauth/token", data=GRANT, auth=(key.key, key.secret)),
            client.post("oauth/token", data=GRANT | both),
            client.post("oauth/token", json=GRANT | both),
        ):
            assert answered.status_code == 200, answered.text
            token = answered.json()
            assert token["token_type"].lower() == "bearer"
            assert token["expires_in"] == 1800
            assert len(token["access_token"]) >= 43
            assert answered.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("fields", "status", "error"),
    [
        ({}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        (GRANT | {"scope": "everything"}, 400, "invalid_scope"),
    ],
)
def test_what_is_wrong_is_said_as_the_standard_says_it(app, served, fields, status, error):
    key = app().key
    with fresh(served) as client:
        answered = client.post("oauth/token", data=fields, auth=(key.key, key.secret))
    assert (answered.status_code, answered.json()["error"]) == (status, error)


NOT_TEXT = base64.b64encode(b"\xff:\xff").decode()


@pytest.mark.parametrize("header", ["Basic", "Basic !", f"Basic {NOT_TEXT}", "Basic Og==", "Digest x"])
def test_whoever_can_not_say_who_they_are_is_not_let_in(app, served, header):
    with fresh(served) as client:
        answered = client.post("oauth/token", data=GRANT, headers={"Authorization": header})
    assert answered.status_code in (401, 429)
    assert answered.json()["error"] == "invalid_client"


@pytest.mark.parametrize("sent", [b"{", b"[]", b"\xff"])
def test_what_can_not_be_read_is_said_as_the_standard_says_it(served, sent):
    with fresh(served) as client:
        answered = client.post("oauth/token", content=sent, headers={"Content-Type": "application/json"})
    assert (answered.status_code, answered.json()["error"]) == (400, "invalid_request")


def test_a_secret_that_is_no_text_is_a_wrong_one(app, served):
    sent = b'{"grant_type": "client_credentials", "client_id": "%s", "client_secret": "\\ud800"}'
    with fresh(served) as client:
        answered = client.post(
            "oauth/token", content=sent % app().key.key.encode(), headers={"Content-Type": "application/json"}
        )
    assert (answered.status_code, answered.json()["error"]) == (401, "invalid_client")


def test_after_ten_failures_they_are_told_to_wait_and_the_right_secret_still_lets_in(app, served):
    key = app().key
    with fresh(served) as client:
        answers = [client.post("oauth/token", data=GRANT, auth=(key.key, "wrong")) for _ in range(12)]
        assert [answered.status_code for answered in answers] == [401] * 10 + [429] * 2
        assert answers[0].headers["www-authenticate"].startswith("Basic")
        assert 0 < int(answers[-1].headers["retry-after"]) <= 60
        assert client.post("oauth/token", data=GRANT, auth=(key.key, key.secret)).status_code == 200


def test_without_a_token_nothing_is_told(app, served):
    student = students(served.record)[0]
    with fresh(served) as client:
        for headers in ({}, {"Authorization": "Bearer nothing"}, {"Authorization": "Bearer"}, {"Authorization": "x"}):
            for answered in (
                client.get(f"identity/v2/identities/{student['student_unique_id']}", headers=headers),
                client.post("identity/v2/identities/find", json=[], headers=headers),
                client.post("identity/v2/identities", json={}, headers=headers),
                client.post("oauth/token_info", json={"token": "nothing"}, headers=headers),
            ):
                assert answered.status_code == 401
                assert answered.json()["type"] == "urn:ed-fi:api:security:authentication"
                assert answered.headers["www-authenticate"].startswith("Bearer")


def test_a_token_that_is_over_opens_nothing(app, served):
    caller = app()
    assert caller.find().status_code == 200
    with psycopg.connect(served.record) as record:
        record.execute("update access.token set expires_at = now() where client = %s", [caller.key.key])
    assert caller.find().status_code == 401


def test_an_agreement_that_is_over_lets_nobody_in(app):
    caller = app(begin="2020-01-01", end="2020-12-31")
    assert "Authorization" not in caller.client.headers
    answered = caller.client.post("oauth/token", data=GRANT, auth=(caller.key.key, caller.key.secret))
    assert (answered.status_code, answered.json()) == (401, {"error": "invalid_client"})


def test_a_token_says_what_it_opens_to_whom_it_belongs(app, served):
    school = students(served.record)[0]["school_id"]
    caller, other = app(schools=[school]), app()
    token = caller.client.headers["Authorization"].partition(" ")[2]
    told = caller.client.post("oauth/token_info", json={"token": token}).json()
    assert (told["active"], told["client_id"]) == (True, caller.key.key)
    assert [one["education_organization_id"] for one in told["education_organizations"]] == [school]
    assert told["services"] == [{"service": "identity", "operations": ["Create", "Read"]}]
    assert caller.client.post("oauth/token_info", data={"token": token}).json() == told
    assert other.client.post("oauth/token_info", json={"token": token}).json() == {"active": False}
