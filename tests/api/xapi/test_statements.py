"""Statements are sent, known by their ids, and read again by whoever sent them."""

import base64
from uuid import uuid4

import pytest
from app_of_agreement import held

WRITES = 'LearningEvent = "all"'
VERSION = {"X-Experience-API-Version": "1.0.3"}
VERBS = "http://adlnet.gov/expapi/verbs/"


@pytest.fixture
def store(app):
    """An app that sends statements, and asks in version 1.0.3."""
    made = app(writes=WRITES)
    made.client.headers.update(VERSION)
    return made


def statement(verb="answered", item="https://reading-trail.example/items/3", **other):
    return {
        "id": str(uuid4()),
        "actor": {"mbox": "mailto:ana@maple.example"},
        "verb": {"id": f"{VERBS}{verb}"},
        "object": {"id": item},
        "timestamp": "2026-09-01T10:00:00Z",
    } | other


def get(store, **parameters):
    answered = store.client.get("xapi/statements", params=parameters)
    assert answered.status_code == 200, answered.text
    return answered.json()


def ids(found):
    return [one["id"] for one in found["statements"]]


def test_a_statement_that_was_posted_is_read_with_what_a_store_adds(store):
    sent = statement(result={"score": {"scaled": 0.8}, "success": True, "duration": "PT1M30.5S"})
    answered = store.client.post("xapi/statements", json=sent)
    assert (answered.status_code, answered.json()) == (200, [sent["id"]])
    assert answered.headers["X-Experience-API-Version"] == "1.0.3"
    found = get(store, statementId=sent["id"])
    assert found.items() >= sent.items()
    assert set(found) - set(sent) == {"stored", "authority", "version"}
    assert found["authority"]["name"] == "Reading Trail of Reading Trail, Inc."


def test_a_statement_without_an_id_and_a_time_is_given_both(store):
    sent = statement()
    del sent["id"], sent["timestamp"]
    (id_,) = store.client.post("xapi/statements", json=sent).json()
    found = get(store, statementId=id_)
    assert found["timestamp"] == found["stored"]


def test_the_same_statement_again_is_no_news_and_another_with_its_id_a_conflict(store):
    sent = statement()
    place = {"params": {"statementId": sent["id"]}}
    answers = [
        store.client.put("xapi/statements", json=sent, **place),
        store.client.put("xapi/statements", json=sent | {"version": "1.0.0"}, **place),
        store.client.put("xapi/statements", json=sent | {"verb": {"id": f"{VERBS}passed"}}, **place),
        store.client.post("xapi/statements", json=[statement(), sent | {"timestamp": "2026-09-02T10:00:00Z"}]),
    ]
    assert [one.status_code for one in answers] == [204, 204, 409, 409]
    assert ids(get(store)) == [sent["id"]], "of a list that is refused nothing is taken"


def test_two_agreements_may_use_the_same_id_and_see_only_their_own(store, app):
    sent = statement()
    other = app(writes=WRITES)
    other.client.headers.update(VERSION)
    assert store.client.post("xapi/statements", json=sent).status_code == 200
    assert other.client.get("xapi/statements", params={"statementId": sent["id"]}).status_code == 404
    assert get(other)["statements"] == []
    assert other.client.post("xapi/statements", json=sent | {"verb": {"id": f"{VERBS}passed"}}).status_code == 200


def test_pages_go_on_until_there_are_no_more(store):
    sent = [statement() for _ in range(5)]
    store.client.post("xapi/statements", json=sent)
    for ascending in ("false", "true"):
        found, more = [], f"/api/xapi/statements?limit=2&ascending={ascending}"
        while more:
            page = store.client.get(f"{store.served.address.rstrip('/')}{more}").json()
            found += ids(page)
            more = page["more"]
        expected = [one["id"] for one in sent]
        assert found == (expected if ascending == "true" else expected[::-1])


def test_statements_are_asked_for_by_what_they_say(store):
    registration = str(uuid4())
    account = {"account": {"homePage": "https://reading-trail.example", "name": "7"}}
    sent = {
        "plain": statement(),
        "verb": statement("passed"),
        "activity": statement(item="https://reading-trail.example/items/4"),
        "registration": statement(context={"registration": registration}),
        "agent": statement(actor=account),
    }
    store.client.post("xapi/statements", json=list(sent.values()))
    asked = {
        "verb": {"verb": f"{VERBS}passed"},
        "activity": {"activity": "https://reading-trail.example/items/4"},
        "registration": {"registration": registration},
        "agent": {"agent": '{"account":{"name":"7","homePage":"https://reading-trail.example"},"objectType":"Agent"}'},
    }
    assert {name: ids(get(store, **filters)) for name, filters in asked.items()} == {
        name: [sent[name]["id"]] for name in asked
    }
    stored = get(store, statementId=sent["plain"]["id"])["stored"]
    assert ids(get(store, since=stored)) == []
    assert len(ids(get(store, until=stored))) == len(sent)


def test_up_to_which_moment_nothing_is_missing_is_told(store):
    sent = statement()
    store.client.post("xapi/statements", json=sent)
    answered = store.client.get("xapi/statements")
    assert answered.headers["X-Experience-API-Consistent-Through"] > answered.json()["statements"][0]["stored"]


def test_a_version_has_to_be_said_and_every_answer_says_one(store):
    found = {}
    for said in (None, "0.95", "1.0", "1.0.9", "2.0.0", "2.1.0"):
        headers = {"X-Experience-API-Version": said} if said else {}
        request = store.client.build_request("GET", "xapi/statements", headers=headers)
        if not said:
            del request.headers["X-Experience-API-Version"]
        answered = store.client.send(request)
        found[said] = (answered.status_code, answered.headers["X-Experience-API-Version"])
    assert found == {
        None: (400, "1.0.3"),
        "0.95": (400, "1.0.3"),
        "1.0": (200, "1.0.3"),
        "1.0.9": (200, "1.0.3"),
        "2.0.0": (200, "2.0.0"),
        "2.1.0": (400, "1.0.3"),
    }


def test_which_versions_there_are_is_told_to_anybody(served):
    answered = served.client.get("api/xapi/about")
    assert answered.status_code == 200
    assert {"1.0.3", "2.0.0"} <= set(answered.json()["version"])


def test_key_and_secret_may_come_with_each_request(store):
    sent = statement()
    pair = base64.b64encode(f"{store.key.key}:{store.key.secret}".encode()).decode()
    wrong = base64.b64encode(f"{store.key.key}:no".encode()).decode()
    answers = [
        store.client.post("xapi/statements", json=sent, headers={"Authorization": f"Basic {one}"})
        for one in (wrong, pair)
    ]
    assert [one.status_code for one in answers] == [401, 200]
    assert ids(get(store)) == [sent["id"]]


def test_what_this_store_does_not_offer_is_said(store):
    voiding = statement("voided", object={"objectType": "StatementRef", "id": str(uuid4())})
    sent = statement()
    store.client.post("xapi/statements", json=sent)
    answers = {
        "voiding": store.client.post("xapi/statements", json=voiding).status_code,
        "voided": store.client.get("xapi/statements", params={"voidedStatementId": sent["id"]}).status_code,
        "format": store.client.get("xapi/statements", params={"format": "ids"}).status_code,
        "attachments": store.client.get("xapi/statements", params={"attachments": "true"}).status_code,
        "with files": store.client.post(
            "xapi/statements", content=b"--x", headers={"Content-Type": "multipart/mixed; boundary=x"}
        ).status_code,
        "state": store.client.get("xapi/activities/state").status_code,
        "unknown": store.client.get("xapi/statements", params={"learner": "ana"}).status_code,
    }
    assert answers == {
        "voiding": 403,
        "voided": 404,
        "format": 400,
        "attachments": 400,
        "with files": 415,
        "state": 404,
        "unknown": 400,
    }


def test_a_list_with_one_wrong_statement_is_refused_whole_with_the_place_of_the_fault(store):
    answered = store.client.post("xapi/statements", json=[statement(), statement(result={"score": {"scaled": 2}})])
    assert answered.status_code == 400
    assert list(answered.json()["validationErrors"]) == ["$[1].result.score.scaled"]
    assert get(store)["statements"] == []


def test_only_an_app_whose_agreement_says_so_sends_and_reads_statements(app):
    other = app()
    assert other.client.post("xapi/statements", json=statement(), headers=VERSION).status_code == 403
    assert other.client.get("xapi/statements", headers=VERSION).status_code == 403


def test_whoever_is_known_to_be_the_learner_is_logged_when_a_statement_is_read(store, served):
    sent = statement()
    store.client.post("xapi/statements", json=sent)
    student = held(served.record, "select student_unique_id from edfi.student limit 1")[0]["student_unique_id"]
    source = held(served.record, "select source from learning.received_event where event_id = %s", sent["id"])
    held(
        served.record,
        "insert into learning.event (source, event_id, source_row, happened_at, learner, student_unique_id, event_type,"
        " action) values (%s, %s, 1, now(), 'ana', %s, 'Statement', 'Answered') returning source",
        source[0]["source"],
        sent["id"],
        student,
    )
    get(store, statementId=sent["id"])
    (entry,) = held(
        served.record,
        "select student_unique_ids from access.disclosure where agreement = %s and action like 'read the learning%%'",
        int(source[0]["source"].split("-")[1]),
    )
    assert entry == {"student_unique_ids": [student]}
