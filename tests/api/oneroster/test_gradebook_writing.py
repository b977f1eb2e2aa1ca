"""An app hands line items and results back over OneRoster: they are rows of the record, under its agreement's terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest
from app_of_agreement import App, held
from own_database import own_database
from roster_app import GRADEBOOK, V1P1, V1P2, elements, every, get
from served_pages import Pages, serving

WRITTEN = """
GradebookEntry = "all"
StudentGradebookEntry = "all"
Grade = "all"
GradebookEntryTypeDescriptor = "all"
Assessment = "all"
StudentAssessment = "all"
"""
OURS = '["uri://reading-trail.example"]'


@pytest.fixture(scope="module")
def changed(postgres_url: str, maple_grove, tmp_path_factory) -> Iterator[Pages]:
    """A copy of Maple Grove, served, that the tests of this module change, each something else."""
    with own_database(postgres_url, "maple_grove_template") as url:
        yield from serving(url, tmp_path_factory.mktemp("served-gradebook"))


@pytest.fixture(scope="module")
def app(changed, tmp_path_factory) -> App:
    """An app that reads all rosters and writes the gradebook of the whole district."""
    folder = tmp_path_factory.mktemp("gradebook")
    return App.under_agreement(changed, folder, elements(), writes=WRITTEN, namespaces=OURS)


@pytest.fixture(scope="module")
def client(app) -> httpx.Client:
    return app.client


@pytest.fixture(scope="module")
def known(client, changed) -> dict[str, str]:
    """A class with its school, a student in it, and a kind of work that the standard names."""
    kind = "uri://ed-fi.org/GradebookEntryTypeDescriptor#Homework"
    held(
        changed.record,
        "update edfi.gradebook_entry set gradebook_entry_type_descriptor = %s where id in (select id"
        " from edfi.gradebook_entry limit 1) returning id",
        kind,
    )
    entry = next(one for one in get(client, f"{GRADEBOOK}/results", limit=500).json()["results"] if "class" in one)
    found = get(client, f"{V1P2}/classes/{entry['class']['sourcedId']}").json()["class"]
    (category,) = every(client, f"{GRADEBOOK}/categories", filter="title='Homework'")
    return {
        "class": found["sourcedId"],
        "school": found["school"]["sourcedId"],
        "student": entry["student"]["sourcedId"],
        "category": category["sourcedId"],
    }


def of(**ids: str) -> dict[str, Any]:
    return {name: {"sourcedId": id_} for name, id_ in ids.items()}


def line_item(known: dict[str, str], **changed: Any) -> dict[str, Any]:
    told = {"title": "Lab report", "assignDate": "2025-10-01", "dueDate": "2025-10-08", "resultValueMax": 20}
    return {
        "status": "active",
        **told,
        **of(**{name: known[name] for name in ("class", "school", "category")}),
    } | changed


def result(known: dict[str, str], item: str, **changed: Any) -> dict[str, Any]:
    told = {"scoreStatus": "fully graded", "score": 17.5, "scoreDate": "2025-10-09", "comment": "Well argued."}
    return told | of(lineItem=item, student=known["student"]) | changed


def put(client: httpx.Client, path: str, single: str, told: dict[str, Any], status: int = 201) -> str:
    answered = client.put(path, json={single: told})
    assert answered.status_code == status, answered.text
    return path if status == 201 else refused(answered)


def refused(answered: httpx.Response, minor: str = "invaliddata") -> str:
    info = answered.json()
    assert info["imsx_codeMajor"] == "failure"
    (field,) = info["imsx_CodeMinor"]["imsx_codeMinorField"]
    assert field["imsx_codeMinorFieldValue"] == minor
    return str(info["imsx_description"])


def new() -> str:
    return uuid4().hex


def made_item(client: httpx.Client, known: dict[str, str], **changed: Any) -> str:
    id_ = new()
    put(client, f"{GRADEBOOK}/lineItems/{id_}", "lineItem", line_item(known, sourcedId=id_, **changed))
    return id_


def test_a_line_item_that_is_put_is_told_under_its_own_id(client, known, changed):
    id_ = made_item(client, known, description="Osmosis", dueDate="2025-10-08T23:59:00Z")
    told = get(client, f"{GRADEBOOK}/lineItems/{id_}").json()["lineItem"]
    assert (told["title"], told["description"], told["resultValueMax"]) == ("Lab report", "Osmosis", 20)
    assert (told["assignDate"], told["dueDate"]) == ("2025-10-01", "2025-10-08")
    assert {name: told[name]["sourcedId"] for name in ("class", "school", "category")} == {
        name: known[name] for name in ("class", "school", "category")
    }
    (row,) = held(changed.record, "select * from edfi.gradebook_entry where id = %s", id_)
    assert (row["gradebook_entry_identifier"], row["namespace"]) == (id_, "uri://reading-trail.example")
    assert row["written_by"].startswith("Reading Trail of Reading Trail, Inc., agreement ")
    (write,) = held(changed.record, "select what from access.record_write where row_id = %s", id_)
    assert write["what"] == "created"


def test_a_line_item_that_is_put_again_is_changed_and_what_onerosters_words_do_not_reach_stays(client, known, changed):
    id_ = made_item(client, known)
    held(changed.record, "update edfi.gradebook_entry set due_time = '15:00' where id = %s returning id", id_)
    put(
        client,
        f"{GRADEBOOK}/lineItems/{id_}",
        "lineItem",
        line_item(known, title="Report on a lab", dueDate="2025-11-01"),
    )
    (row,) = held(
        changed.record, "select title, due_date::text, due_time::text from edfi.gradebook_entry where id = %s", id_
    )
    assert tuple(row.values()) == ("Report on a lab", "2025-11-01", "15:00:00")


def test_how_many_there_are_is_known_at_once(client, known):
    def total() -> int:
        return int(get(client, f"{GRADEBOOK}/lineItems", limit=1).headers["X-Total-Count"])

    before = total()
    item = made_item(client, known)
    assert total() == before + 1
    assert client.delete(f"{GRADEBOOK}/lineItems/{item}").status_code == 204
    assert total() == before


def test_a_result_is_kept_told_changed_and_deleted(client, known, changed):
    item, id_ = made_item(client, known), new()
    place = f"{GRADEBOOK}/results/{id_}"
    put(client, place, "result", result(known, item, late="true", textScore="B"))
    told = get(client, place).json()["result"]
    assert (told["score"], told["textScore"], told["scoreStatus"], told["late"]) == (17.5, "B", "fully graded", "true")
    assert told["comment"] == "Well argued."
    put(client, place, "result", result(known, item, scoreStatus="not submitted", score=None, comment=None))
    told = get(client, place).json()["result"]
    assert told["missing"] == "true"
    assert "score" not in told
    in_the_way = refused(client.delete(f"{GRADEBOOK}/lineItems/{item}"))
    assert "refers to it" in in_the_way
    assert client.delete(place).status_code == 204
    assert client.get(place).status_code == 404
    assert client.delete(f"{GRADEBOOK}/lineItems/{item}").status_code == 204
    gone = every(client, f"{GRADEBOOK}/lineItems", filter="status='tobedeleted'")
    assert item in {one["sourcedId"] for one in gone}


def test_version_1p1_takes_the_same(client, known):
    id_, item = new(), new()
    told = {name: value for name, value in line_item(known).items() if name != "school"}
    put(client, f"{V1P1}/lineItems/{item}", "lineItem", told | {"resultValueMin": 0})
    put(client, f"{V1P1}/results/{id_}", "result", result(known, item))
    assert get(client, f"{V1P1}/results/{id_}").json()["result"]["score"] == 17.5
    assert client.delete(f"{V1P1}/results/{id_}").status_code == 204
    assert client.post(f"{V1P1}/classes/{known['class']}/lineItems", json={}).status_code == 405


def test_a_category_of_an_apps_own_has_the_id_that_it_gave_and_a_title_that_changes(client, known):
    id_ = new()
    place = f"{GRADEBOOK}/categories/{id_}"
    put(client, place, "category", {"sourcedId": id_, "title": "Field work"})
    assert get(client, place).json()["category"]["title"] == "Field work"
    put(client, place, "category", {"title": "Field trips"})
    item = made_item(client, known, **of(category=id_))
    assert get(client, f"{GRADEBOOK}/lineItems/{item}").json()["lineItem"]["category"]["sourcedId"] == id_
    assert get(client, place).json()["category"]["title"] == "Field trips"
    assert "holds it" in refused(client.delete(place))
    assert client.delete(f"{GRADEBOOK}/lineItems/{item}").status_code == 204
    assert client.delete(place).status_code == 204
    assert client.get(place).status_code == 404


def test_a_category_of_the_standard_stays_as_it_is(client, known):
    words = put(client, f"{GRADEBOOK}/categories/{known['category']}", "category", {"title": "Mine"}, 422)
    assert "stays" in words
    assert client.delete(f"{GRADEBOOK}/categories/{known['category']}").status_code == 403


def test_a_set_of_line_items_and_of_their_results_is_given_ids(client, known):
    place = f"{GRADEBOOK}/classes/{known['class']}/lineItems"
    sent = [line_item(known, sourcedId=f"our-{number}", title=f"Quiz {number}") for number in (1, 2)]
    del sent[0]["class"]
    answered = client.post(place, json={"lineItems": sent})
    assert answered.status_code == 201, answered.text
    pairs = answered.json()["sourcedIdPairs"]
    assert [one["suppliedSourcedId"] for one in pairs] == ["our-1", "our-2"]
    item = pairs[1]["allocatedSourcedId"]
    assert get(client, f"{GRADEBOOK}/lineItems/{item}").json()["lineItem"]["title"] == "Quiz 2"
    one = result(known, item)
    del one["lineItem"]
    answered = client.post(f"{GRADEBOOK}/lineItems/{item}/results", json={"results": [one]})
    (pair,) = answered.json()["sourcedIdPairs"]
    assert get(client, f"{GRADEBOOK}/results/{pair['allocatedSourcedId']}").json()["result"]["score"] == 17.5
    again = client.post(f"{GRADEBOOK}/lineItems/{item}/results", json={"results": [one]})
    assert "already" in refused(again)
    answered = client.post(f"{GRADEBOOK}/schools/{known['school']}/lineItems", json={"lineItems": [line_item(known)]})
    assert answered.status_code == 201, answered.text


def test_of_a_set_all_objects_are_written_or_none(client, known, changed):
    place = f"{GRADEBOOK}/classes/{known['class']}/lineItems"
    sent = [line_item(known, title="Alone"), line_item(known, title="x" * 101)]
    words = refused(client.post(place, json={"lineItems": sent}))
    assert "lineItems[1].title" in words
    assert held(changed.record, "select id from edfi.gradebook_entry where title = 'Alone'") == []


def test_grades_are_results_of_a_line_item_that_stands_for_them(client, changed):
    graded = held(changed.record, "select id from edfi.grade order by id limit 1")[0]["id"].hex
    place = f"{GRADEBOOK}/results/{graded}"
    before = get(client, place).json()["result"]
    told = {name: before[name] for name in ("lineItem", "student", "scoreStatus", "scoreDate")}
    put(client, place, "result", told | {"score": 61})
    assert get(client, place).json()["result"]["score"] == 61
    item = before["lineItem"]["sourcedId"]
    assert client.delete(f"{GRADEBOOK}/lineItems/{item}").status_code == 403
    period = get(client, f"{GRADEBOOK}/lineItems/{item}").json()["lineItem"]
    assert client.delete(place).status_code == 204
    address = f"{GRADEBOOK}/classes/{period['class']['sourcedId']}/academicSessions/"
    answered = client.post(
        f"{address}{period['gradingPeriod']['sourcedId']}/results", json={"results": [told | {"score": 62}]}
    )
    assert answered.status_code == 201, answered.text
    (pair,) = answered.json()["sourcedIdPairs"]
    assert get(client, f"{GRADEBOOK}/results/{pair['allocatedSourcedId']}").json()["result"]["score"] == 62


def test_assessments_and_what_students_scored_in_them(client, known):
    item, id_ = new(), new()
    told = {"title": "Autumn benchmark", "resultValueMax": 300, **of(**{"class": known["class"]})}
    put(client, f"{GRADEBOOK}/assessmentLineItems/{item}", "assessmentLineItem", told)
    read = get(client, f"{GRADEBOOK}/assessmentLineItems/{item}").json()["assessmentLineItem"]
    assert (read["title"], read["resultValueMax"], read["class"]["sourcedId"]) == (
        "Autumn benchmark", 300, known["class"]
    )  # fmt: skip
    scored = {"scoreStatus": "fully graded", "scoreDate": "2025-10-10", "score": 212, "textScore": "Proficient",
              "scorePercentile": 71, **of(assessmentLineItem=item, student=known["student"])}  # fmt: skip
    put(client, f"{GRADEBOOK}/assessmentResults/{id_}", "assessmentResult", scored)
    read = get(client, f"{GRADEBOOK}/assessmentResults/{id_}").json()["assessmentResult"]
    assert {name: read[name] for name in ("score", "textScore", "scorePercentile", "scoreStatus", "scoreDate")} == {
        name: scored[name] for name in ("score", "textScore", "scorePercentile", "scoreStatus", "scoreDate")
    }
    assert read["assessmentLineItem"]["sourcedId"] == item
    put(client, f"{GRADEBOOK}/assessmentResults/{id_}", "assessmentResult", scored | {"score": None, "textScore": None})
    assert "score" not in get(client, f"{GRADEBOOK}/assessmentResults/{id_}").json()["assessmentResult"]
    assert client.delete(f"{GRADEBOOK}/assessmentResults/{id_}").status_code == 204
    assert client.delete(f"{GRADEBOOK}/assessmentLineItems/{item}").status_code == 204


@pytest.mark.parametrize(
    ("changed_fields", "words"),
    [
        ({"resultValueMin": 5}, "resultValueMin: In the record the least"),
        ({"metadata": {"colour": "Okafor"}}, "metadata: The record has no place"),
        ({"scoreScale": {"sourcedId": "1" * 32}}, "scoreScale: The record has no score scales"),
        ({"status": "tobedeleted"}, "status: Send DELETE"),
        ({"shoeSize": "Okafor"}, "One of its names is no field"),
        ({"title": None, "dueDate": "Okafor"}, "title is required"),
        ({"class": {"sourcedId": "1" * 32}}, "class: It is none of the classes"),
        ({"category": {"sourcedId": "1" * 32}}, "category: There is no such category"),
        ({"gradingPeriod": {"sourcedId": "1" * 32}}, "gradingPeriod: It is no grading period"),
        ({"resultValueMax": 1e9}, "too large"),
        ({"sourcedId": "1" * 32}, "sourcedId: It is not the one of the address"),
    ],
)  # fmt: skip
def test_what_can_not_be_kept_is_refused_with_the_words_what_and_why(client, known, changed_fields, words):
    told = put(client, f"{GRADEBOOK}/lineItems/{new()}", "lineItem", line_item(known, **changed_fields), 422)
    assert words in told
    assert "Okafor" not in told


def test_what_of_a_result_does_not_fit_is_told(client, known):
    item = made_item(client, known)
    for wrong, words in (
        ({"scoreStatus": "partially graded"}, "scoreStatus: The record knows fully graded"),
        ({"missing": "true"}, "missing: What is missing"),
        ({"inProgress": "true"}, "inProgress: The record knows no work in progress"),
        ({"lineItem": {"sourcedId": new()}}, "lineItem: It is none of the line items"),
        ({"student": {"sourcedId": known["class"]}}, "student: It is none of the students"),
    ):
        assert words in put(client, f"{GRADEBOOK}/results/{new()}", "result", result(known, item, **wrong), 422)


def test_score_scales_have_no_place(client):
    answered = client.put(f"{GRADEBOOK}/scoreScales/{new()}", json={"scoreScale": {"title": "A to F"}})
    assert answered.status_code == 403
    assert "no score scales" in refused(answered, "forbidden")


def test_what_is_no_document_or_no_address_is_told_so(client, known):
    place = f"{GRADEBOOK}/lineItems/{new()}"
    assert client.put(place, content=b"{", headers={"Content-Type": "application/json"}).status_code == 400
    assert client.put(place, content=b"{}").status_code == 415
    assert client.put(place, json={"result": {}}).status_code == 422
    assert "UUID" in put(client, f"{GRADEBOOK}/lineItems/ours", "lineItem", line_item(known), 422)
    assert client.delete(place).status_code == 404
    assert client.delete(f"{GRADEBOOK}/results/ours").status_code == 404
    assert client.post(f"{GRADEBOOK}/classes/{new()}/lineItems", json={"lineItems": [{}]}).status_code == 404
    assert client.put(f"{V1P2}/users/{new()}", json={}).status_code == 405


def test_an_app_writes_what_its_agreement_says_of_whom_it_reaches_and_no_more(changed, known, client, tmp_path):
    item = made_item(client, known)
    reader = App.under_agreement(changed, tmp_path, elements()).client
    answered = reader.put(f"{GRADEBOOK}/lineItems/{item}", json={"lineItem": line_item(known)})
    assert (answered.status_code, refused(answered, "forbidden")) == (
        403, "The agreement lets the app read the record, and not write it."
    )  # fmt: skip
    (other,) = held(
        changed.record, "select school_id from edfi.school where id <> %s order by id limit 1", known["school"]
    )
    elsewhere = App.under_agreement(
        changed, tmp_path, elements(), writes=WRITTEN, namespaces=OURS, schools=[other["school_id"]]
    ).client
    words = put(elsewhere, f"{GRADEBOOK}/lineItems/{new()}", "lineItem", line_item(known), 422)
    assert "none of the classes" in words
    assert elsewhere.delete(f"{GRADEBOOK}/lineItems/{item}").status_code == 404
    some = 'StudentGradebookEntry = ["gradebookEntryReference", "studentReference", "pointsEarned"]'
    narrow = App.under_agreement(changed, tmp_path, elements(), writes=some).client
    answered = narrow.put(f"{GRADEBOOK}/results/{new()}", json={"result": result(known, item)})
    assert answered.status_code == 403
    assert "StudentGradebookEntry.diagnosticStatement" in refused(answered, "forbidden")
    assert narrow.put(f"{GRADEBOOK}/lineItems/{item}", json={"lineItem": line_item(known)}).status_code == 403


def test_scopes_open_writing_and_deleting_apart(app, known):
    prefix = "https://purl.imsglobal.org/spec/or/v1p2/scope/"

    def scoped(scope: str) -> httpx.Client:
        fields = {"grant_type": "client_credentials", "scope": prefix + scope}
        answered = app.client.post("oauth/token", data=fields, auth=(app.key.key, app.key.secret))
        assert answered.json()["scope"] == prefix + scope
        token = answered.json()["access_token"]
        return httpx.Client(base_url=app.client.base_url, headers={"Authorization": f"Bearer {token}"}, timeout=60)

    writing, deleting = scoped("gradebook.createput"), scoped("gradebook.delete")
    place = f"{GRADEBOOK}/lineItems/{new()}"
    assert deleting.put(place, json={"lineItem": line_item(known)}).status_code == 403
    assert writing.put(place, json={"lineItem": line_item(known)}).status_code == 201
    assert writing.get(place).status_code == 403
    assert writing.delete(place).status_code == 403
    assert deleting.delete(place).status_code == 204
