"""The endpoint for sensors takes an envelope whole or refuses it whole, by the answers that the specification has."""

import copy
import json
from uuid import uuid4

import pytest
from app_of_agreement import held

WRITES = 'LearningEvent = "all"'
ADDRESS = "caliper/v1p2"


def event(learner="mailto:ana@maple.example"):
    return {
        "id": f"urn:uuid:{uuid4()}",
        "type": "ToolUseEvent",
        "actor": {"id": learner, "type": "Person"},
        "action": "Used",
        "object": {"id": "https://reading-trail.example", "type": "SoftwareApplication"},
        "eventTime": "2026-09-01T10:00:00.000Z",
    }


def envelope(*data, **other):
    return {
        "sensor": "https://reading-trail.example/sensor",
        "sendTime": "2026-09-01T10:00:01.000Z",
        "dataVersion": "http://purl.imsglobal.org/ctx/caliper/v1p2",
        "data": list(data),
    } | other


def kept(url, *events):
    ids = [one["id"] for one in events]
    return held(
        url,
        "select document from learning.received where exists (select from learning.received_event as event"
        " where event.received = received.id and event_id = any(%s))",
        ids,
    )


def test_an_envelope_is_kept_as_it_was_sent_for_the_source_of_its_agreement(app, served):
    sensor = app(writes=WRITES)
    one, two = event(), event()
    person = {"id": "https://reading-trail.example/users/1", "type": "Person", "name": "Zoë"}
    text = json.dumps(envelope(one, person, two), indent=1, ensure_ascii=False)
    answered = sensor.client.post(ADDRESS, content=text.encode(), headers={"Content-Type": "application/json"})
    assert (answered.status_code, answered.json()) == (200, {"events": 2, "new": 2})
    assert kept(served.record, one, two) == [{"document": text}]


def test_an_event_that_is_sent_again_is_known(app, served):
    sensor = app(writes=WRITES)
    one, two = event(), event()
    assert sensor.client.post(ADDRESS, json=envelope(one)).json()["new"] == 1
    again = sensor.client.post(ADDRESS, json=envelope(one, sendTime="2026-09-02T10:00:00Z"))
    assert (again.status_code, again.json()["new"]) == (200, 0)
    assert sensor.client.post(ADDRESS, json=envelope(one, two)).json()["new"] == 1
    assert len(kept(served.record, one, two)) == 2


def _without(name):
    def change(sent):
        del sent[name]

    return change


def _with(name, value):
    def change(sent):
        sent[name] = value

    return change


def test_what_is_no_envelope_is_refused_whole(app, served):
    sensor = app(writes=WRITES)
    wrong = {
        "sensor": (_without("sensor"), 400),
        "sendTime": (_with("sendTime", 7), 400),
        "no data": (_with("data", []), 400),
        "data": (_with("data", {}), 400),
        "number in data": (_with("data", [event(), 7]), 400),
        "event without id": (_with("data", [event(), event() | {"id": ""}]), 400),
        "item without type": (_with("data", [event(), {"id": "x"}]), 400),
        "version": (_with("dataVersion", "http://purl.imsglobal.org/ctx/caliper/v9p9"), 422),
    }
    good = event()
    found = {}
    for name, (change, _) in wrong.items():
        sent = copy.deepcopy(envelope(good))
        change(sent)
        found[name] = sensor.client.post(ADDRESS, json=sent).status_code
    assert found == {name: status for name, (_, status) in wrong.items()}
    assert kept(served.record, good) == []


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (json.dumps(envelope(event())).encode(), "text/plain", 415),
        (json.dumps(envelope(event("\0"))).encode(), "application/json", 400),
        (json.dumps(envelope(event() | {"extensions": float("nan")})).encode(), "application/json", 400),
        (json.dumps(envelope(event() | {"extensions": {"x": "7" * 1_000_000}})).encode(), "application/json", 413),
    ],
    ids=["no JSON", "no object", "another type", "a sign of the number 0", "no number", "too much"],
)
def test_what_can_not_be_kept_is_refused(app, content, media_type, status):
    answered = app(writes=WRITES).client.post(ADDRESS, content=content, headers={"Content-Type": media_type})
    assert answered.status_code == status, answered.text


def test_a_social_security_number_is_never_kept(app, served):
    one = event() | {"extensions": {"ssn": "219-09-9999"}}
    answered = app(writes=WRITES).client.post(ADDRESS, json=envelope(one))
    assert answered.status_code == 400
    assert "219" not in answered.text
    assert kept(served.record, one) == []


def test_only_an_app_whose_agreement_says_so_sends_events(app, served):
    one = event()
    assert app().client.post(ADDRESS, json=envelope(one)).status_code == 403
    assert app(writes='Student = "all"').client.post(ADDRESS, json=envelope(one)).status_code == 403
    nobody = app(writes=WRITES)
    del nobody.client.headers["Authorization"]
    assert nobody.client.post(ADDRESS, json=envelope(one)).status_code == 401
    assert kept(served.record, one) == []


def test_whoever_sends_events_alone_writes_nothing_else(app):
    answered = app(writes=WRITES).client.post("data/v3/ed-fi/students", json={"studentUniqueId": "1"})
    assert answered.status_code == 403
