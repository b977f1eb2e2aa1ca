"""Events of Caliper and xAPI say who did what, when, with which tool, and how well."""

import json
from datetime import UTC, datetime

import pyarrow.parquet as pq
import pytest

from homeroom.consolidate import map_caliper, map_xapi
from homeroom.consolidate.learning.events import FILE
from homeroom.sources import learning_events
from homeroom.sources.delivery import land
from homeroom.sources.report import Report

COMPLETED = {
    "id": "urn:uuid:1",
    "type": "AssessmentItemEvent",
    "actor": {"id": "https://tool.example/users/ana", "type": "Person"},
    "action": "Completed",
    "object": {
        "id": "item-3",
        "type": "AssessmentItem",
        "name": "Item 3",
        "isPartOf": {"id": "quiz-1", "type": "Assessment"},
        "learningObjectives": [{"id": "fractions", "type": "LearningObjective"}],
    },
    "generated": {
        "type": "Response",
        "attempt": {"count": 2},
        "startedAtTime": "2025-09-01T10:00:00.000Z",
        "endedAtTime": "2025-09-01T10:00:12.500Z",
    },
    "eventTime": "2025-09-01T06:00:13.000-04:00",
    "edApp": "https://tool.example",
    "group": {"id": "section-1", "type": "CourseSection"},
}
STATEMENT = {
    "id": "9dc99b37",
    "actor": {"account": {"name": "ana", "homePage": "https://tool.example"}},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/answered"},
    "object": {"id": "item-3", "definition": {"type": "http://adlnet.gov/expapi/activities/cmi.interaction"}},
    "result": {"success": True, "score": {"scaled": 0.8}, "duration": "PT1M30.5S"},
    "timestamp": "2025-09-01T10:00:00Z",
}


@pytest.fixture
def mapped(tmp_path):
    """The events of documents, and the rules that lines broke with those lines."""

    def map_documents(mapper, *lines):
        sent = tmp_path / "events.jsonl"
        sent.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
        return map_delivery(tmp_path, mapper, sent)

    return map_documents


def map_delivery(folder, mapper, path):
    report = Report()
    delivery = land("tool", "caliper", path, folder / "landing", 1)
    tables = learning_events.read(delivery, folder / "tables", report)
    mapper.map_tables(tables, "tool", folder / "mapped" / "tables", report)
    events = pq.read_table(folder / "mapped" / FILE).to_pylist()
    return events, [(one["rule"], one["source_row"] & 0xFFFFFFFF) for one in report.table().to_pylist()]


def test_an_event_of_caliper_says_who_did_what_for_how_long(mapped):
    ((event,), problems) = mapped(map_caliper, COMPLETED)
    assert problems == []
    assert event["happened_at"] == datetime(2025, 9, 1, 10, 0, 13, tzinfo=UTC)
    assert (
        event.items()
        >= {
            "learner": "https://tool.example/users/ana",
            "event_type": "AssessmentItemEvent",
            "action": "Completed",
            "tool": "https://tool.example",
            "object_id": "item-3",
            "part_of": "quiz-1",
            "section": "section-1",
            "attempt": 2,
            "seconds": 12.5,
            "learning_objectives": '["fractions"]',
        }.items()
    )


def test_of_an_event_that_grades_the_learner_is_whose_attempt_it_is(mapped):
    graded = COMPLETED | {
        "type": "GradeEvent",
        "actor": {"id": "https://tool.example/autograder", "type": "SoftwareApplication"},
        "action": "Graded",
        "object": {"type": "Attempt", "assignee": "ana", "assignable": {"id": "quiz-1", "type": "Assessment"}},
        "generated": {"type": "Score", "scoreGiven": 7.5, "maxScore": 10.0},
    }
    ((event,), _) = mapped(map_caliper, graded)
    assert (event["learner"], event["object_id"], event["score"], event["max_score"]) == ("ana", "quiz-1", 7.5, 10)


def test_the_events_of_an_envelope_are_each_their_own(mapped):
    events, _ = mapped(map_caliper, {"sensor": "s", "data": [COMPLETED, COMPLETED | {"id": "urn:uuid:2"}]})
    assert {event["event_id"] for event in events} == {"urn:uuid:1", "urn:uuid:2"}


def test_an_event_that_was_sent_twice_counts_once(mapped):
    ((event,), problems) = mapped(map_caliper, COMPLETED, COMPLETED)
    assert problems == []
    assert [row & 0xFFFFFFFF for row in sorted(event["source_rows"])] == [1, 2]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("nonsense", "event-unreadable"),
        ({"id": "x", "type": "Person"}, "not-an-event"),
        (COMPLETED | {"id": None}, "event-without-id"),
        (COMPLETED | {"eventTime": "yesterday"}, "event-without-time"),
        (COMPLETED | {"action": None}, "event-without-action"),
        (COMPLETED | {"actor": {"id": "app", "type": "SoftwareApplication"}}, "event-of-no-person"),
    ],
)
def test_a_line_that_is_no_whole_event_is_told_with_the_reason(mapped, line, rule):
    assert mapped(map_caliper, line, COMPLETED | {"id": "urn:uuid:9"})[1] == [(rule, 1)]


def test_every_event_of_the_specification_is_read(tmp_path, shared_data):
    fixtures = shared_data / "caliper-fixtures" / "fixtures"
    events, problems = map_delivery(tmp_path, map_caliper, fixtures)
    assert len(events) == len(list(fixtures.glob("caliperEvent*.json")))
    assert {rule for rule, _ in problems} == {"not-an-event"}


def test_a_statement_of_xapi_says_who_did_what_and_how_well(mapped):
    ((event,), problems) = mapped(map_xapi, STATEMENT)
    assert problems == []
    assert (
        event.items()
        >= {
            "learner": "ana",
            "action": "Answered",
            "tool": "https://tool.example",
            "object_id": "item-3",
            "object_type": "cmi.interaction",
            "score": 0.8,
            "max_score": 1,
            "success": True,
            "seconds": 90.5,
        }.items()
    )


def test_statements_as_a_store_answers_with_them_are_each_their_own(mapped):
    events, _ = mapped(map_xapi, {"statements": [STATEMENT, STATEMENT | {"id": "2"}], "more": ""})
    assert {event["event_id"] for event in events} == {"9dc99b37", "2"}


def test_statements_of_a_real_store_are_all_read(tmp_path, shared_data):
    events, problems = map_delivery(tmp_path, map_xapi, shared_data / "xapi-statements" / "statements.json.gz")
    assert (len(events), problems) == (22_000, [])
