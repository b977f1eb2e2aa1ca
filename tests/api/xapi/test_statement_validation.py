"""What a statement has to be like, part by part."""

import copy
import gzip
import json

import pytest

from homeroom.api.xapi.validation import faults_of

AGENT = {"mbox": "mailto:ana@maple.example"}
WHOLE = {
    "id": "9dc99b37-e920-4a68-a066-917faca28949",
    "actor": {"objectType": "Group", "member": [AGENT]},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en-US": "answered"}},
    "object": {"id": "https://tool.example/3", "definition": {"name": {"en": "Item 3"}, "type": "https://tool.example/t"}},
    "result": {"score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10}, "duration": "P1DT2H", "success": True},
    "context": {
        "registration": "9dc99b37-e920-4a68-a066-917faca28949",
        "instructor": {"account": {"homePage": "https://tool.example", "name": "7"}},
        "contextActivities": {"parent": {"id": "https://tool.example/quiz"}},
        "language": "en-US",
        "platform": "web",
        "extensions": {"https://tool.example/x": None},
    },
    "timestamp": "2026-09-01T10:00:00.5+02:00",
    "version": "1.0.3",
    "attachments": [
        {"usageType": "https://tool.example/u", "display": {"en": "Essay"}, "contentType": "text/plain", "length": 7,
         "sha2": "ab" * 32, "fileUrl": "https://tool.example/essay"}
    ],
}  # fmt: skip


def changed(path, value):
    """The whole statement with another value at a path; without it where the value is None."""
    statement = copy.deepcopy(WHOLE)
    *above, last = path.split(".")
    place = statement
    for name in above:
        place = place[int(name) if name.isdecimal() else name]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return statement


def test_a_whole_statement_has_no_fault():
    assert faults_of(WHOLE) == {}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("actor", None),
        ("verb", None),
        ("object", None),
        ("id", "9dc99b37"),
        ("actor", "ana"),
        ("actor", {"name": "Ana"}),
        ("actor", AGENT | {"openid": "https://ana.example"}),
        ("actor", {"mbox": "ana@maple.example"}),
        ("actor", {"objectType": "Person", "mbox": "mailto:ana@maple.example"}),
        ("actor", {"objectType": "Group"}),
        ("actor", {"objectType": "Group", "member": [{"objectType": "Group", "member": [AGENT]}]}),
        ("actor", {"account": {"name": "7"}}),
        ("verb.id", "answered"),
        ("verb.display", {"en-US": 7}),
        ("object", {"definition": {}}),
        ("object", {"objectType": "Planet", "id": "https://tool.example/3"}),
        ("object", {"objectType": "StatementRef", "id": "3"}),
        ("object", {"objectType": "SubStatement", "actor": AGENT}),
        ("object.definition.name", "Item 3"),
        ("object.surprise", "x"),
        ("result.success", "yes"),
        ("result.duration", "90 seconds"),
        ("result.score.scaled", 1.5),
        ("result.score.raw", 11),
        ("result.score.max", -1),
        ("result.score.min", "0"),
        ("context.registration", "7"),
        ("context.team", AGENT),
        ("context.language", "english language"),
        ("context.contextActivities", {"child": []}),
        ("context.extensions", {"x": 1}),
        ("timestamp", "yesterday"),
        ("timestamp", "2026-09-01T10:00:00-00:00"),
        ("version", "3.0.0"),
        ("attachments.0.fileUrl", None),
        ("attachments.0.length", "7"),
        ("surprise", "x"),
    ],
)  # fmt: skip
def test_each_part_has_to_be_as_the_standard_has_it(path, value):
    assert faults_of(changed(path, value))


def test_what_has_no_value_is_left_out_except_in_extensions():
    assert faults_of(WHOLE | {"version": None}) == {"$.version": ["Leave out what has no value."]}


def test_where_it_is_played_is_said_of_activities_alone():
    assert faults_of(changed("object", {"objectType": "Agent", **AGENT})) == {
        "$.context.platform": ["It is said of activities alone."]
    }


def test_a_statement_inside_of_another_holds_no_third():
    inner = {"objectType": "SubStatement", "actor": AGENT, "verb": {"id": "https://v.example"}, "object": {"id": "a:b"}}
    assert faults_of({"actor": AGENT, "verb": {"id": "https://v.example"}, "object": inner}) == {}
    outer = {"actor": AGENT, "verb": {"id": "https://v.example"}, "object": inner | {"object": inner}}
    assert list(faults_of(outer)) == ["$.object.object.objectType"]


def test_statements_of_a_real_platform_have_no_fault(shared_data):
    with gzip.open(shared_data / "xapi-statements" / "statements.json.gz") as lines:
        faults = [found for line, _ in zip(lines, range(2_000), strict=False) if (found := faults_of(json.loads(line)))]
    assert faults == []
