"""An application is an agreement underneath: its key opens what was asked for when somebody else says so."""

import asyncio

import psycopg
import pytest
from administrator_program import MANAGER, application

from homeroom.access.agreements.keys import remove_client
from homeroom.access.agreements.states import State
from homeroom.access.door import ask
from homeroom.access.explaining.explain import explain
from homeroom.access.permissions import Action
from homeroom.errors import WrongUse

ROSTER = "Roster Vendor"


def one_of(served, question, *values):
    with psycopg.connect(served.record) as record:
        return record.execute(question, values).fetchone()[0]


@pytest.fixture(scope="module")
def vendor(program) -> int:
    return program.vendor("Reading Trail of applications")


@pytest.fixture
def asked(program, vendor, school, request) -> dict:
    """An application that is asked for, with its key, under a name of its own."""
    return program.application(vendor, [school], ROSTER, applicationName=request.node.name)


def test_its_key_opens_nothing_until_somebody_else_approved_and_then_reads_what_its_claim_set_says(
    program, asked, school, served
):
    assert program.app(asked) is None
    agreement = program.agreement_of(asked["id"])
    assert (agreement.state, agreement.changes[0].by) == (State.ASKED, MANAGER)
    with pytest.raises(WrongUse, match="can't approve it"):
        program.take(agreement.number, State.APPROVED, by=MANAGER)
    assert program.app(asked) is None
    program.approve(asked["id"])
    app = program.app(asked)
    of_school = (
        "select count(distinct student_unique_id) from edfi.student_school_association where school_id = %s"
        " and entry_date <= current_date + 365 and coalesce(exit_withdraw_date >= current_date, true)"
    )
    students = app.get("students", params={"limit": 500, "totalCount": "true"})
    assert len(students.json()) == int(students.headers["Total-Count"]) == one_of(served, of_school, school)
    enrolled = app.get("studentSchoolAssociations", params={"limit": 500}).json()
    assert {one["schoolReference"]["schoolId"] for one in enrolled} == {school}
    assert app.get("sections").status_code == 200
    for endpoint in ("contacts", "grades", "studentAssessments"):
        assert app.get(endpoint).status_code == 403
    assert app.post("students", json={}).status_code == 403


def test_the_agreement_says_what_the_claim_set_does_and_of_the_rest_the_strictest(program, asked, school):
    terms = program.agreement_of(asked["id"]).terms
    assert terms.provider == "Reading Trail of applications"
    assert [str(purpose) for purpose in terms.purposes] == ["rostering"]
    assert terms.organizations == {school}
    assert (terms.namespaces, terms.writes) == (("uri://reading-trail.example",), {})
    assert (terms.subprocessors, str(terms.at_the_end)) == ((), "deleted")
    assert (terms.contact_email, terms.sandbox, terms.unrestricted) == (
        "privacy@reading-trail.example", False, frozenset(),
    )  # fmt: skip
    assert 360 <= (terms.end - terms.begin).days <= 366


def test_with_other_terms_its_agreement_ends_and_another_is_asked_for(program, asked, vendor, school):
    program.approve(asked["id"])
    before = program.agreement_of(asked["id"]).number
    name = program.got(f"applications/{asked['id']}")["applicationName"]
    program.put(f"applications/{asked['id']}", application(vendor, [school], ROSTER, applicationName=name))
    assert program.agreement_of(asked["id"]).number == before
    assert program.app(asked)
    program.put(f"applications/{asked['id']}", application(vendor, [school], "Assessment Read", applicationName=name))
    agreement = program.agreement_of(asked["id"])
    assert (agreement.number > before, agreement.state) == (True, State.ASKED)
    with pytest.raises(WrongUse, match="is ended"):
        program.take(before, State.ACTIVE)
    assert program.app(asked) is None
    program.approve(asked["id"])
    app = program.app(asked)
    assert (app.get("studentAssessments").status_code, app.get("sections").status_code) == (200, 403)


def test_what_changes_of_its_vendor_is_asked_for_anew(program, school):
    vendor = program.vendor("Reading Trail before")
    key = program.application(vendor, [school], ROSTER)
    program.approve(key["id"])
    sent = program.got(f"vendors/{vendor}")
    program.put(f"vendors/{vendor}", sent)
    assert program.app(key)
    program.put(f"vendors/{vendor}", {**sent, "company": "Reading Trail afterwards"})
    assert program.agreement_of(key["id"]).terms.provider == "Reading Trail afterwards"
    assert program.app(key) is None


def test_it_stays_with_its_vendor_who_has_its_keys(program, asked, school):
    other = program.vendor("Another one")
    refused = program.http.put(f"v2/applications/{asked['id']}", json=application(other, [school], ROSTER))
    assert list(refused.json()["errors"]) == ["VendorId"]


def test_it_is_deleted_with_its_keys_and_its_agreement_ends(program, asked):
    program.approve(asked["id"])
    agreement, app = program.agreement_of(asked["id"]), program.app(asked)
    program.deleted(f"applications/{asked['id']}")
    assert app.get("students").status_code == 401
    assert program.app(asked) is None
    with pytest.raises(WrongUse, match="is ended"):
        program.take(agreement.number, State.ACTIVE)


def test_a_vendor_is_deleted_with_its_applications(program, school):
    vendor = program.vendor("Reading Trail for a while")
    key = program.application(vendor, [school], ROSTER)
    assert [one["id"] for one in program.got(f"vendors/{vendor}/applications")] == [key["id"]]
    program.deleted(f"vendors/{vendor}")
    assert program.http.get(f"v2/applications/{key['id']}").status_code == 404


def test_its_keys_are_turned_off_and_on(program, asked, vendor, school):
    program.approve(asked["id"])
    app = program.app(asked)
    sent = application(vendor, [school], ROSTER, applicationName=program.agreement_of(asked["id"]).terms.app)
    program.put(f"applications/{asked['id']}", {**sent, "enabled": False})
    assert app.get("students").status_code == 401
    assert program.app(asked) is None
    assert program.got(f"applications/{asked['id']}")["enabled"] is False
    page = program.served.client.get(f"agreements/{program.agreement_of(asked['id']).number}").text
    assert "turned off over the Admin API" in page
    student = one_of(program.served, "select min(student_unique_id) from edfi.student")
    (told,) = asyncio.run(
        ask(program.served.record, Action.EXPLAIN_ACCESS, lambda use: explain(use, asked["key"], "students", student))
    )
    assert any(step.kind == "key" and not step.passed and "turned off" in step.says for step in told.steps)
    program.put(f"applications/{asked['id']}", {**sent, "enabled": True})
    assert program.app(asked).get("students").status_code == 200


def test_a_new_secret_takes_the_place_of_the_one_before(program, asked):
    program.approve(asked["id"])
    app = program.app(asked)
    reset = program.put(f"applications/{asked['id']}/reset-credential").json()
    assert (reset["id"], reset["key"]) == (asked["id"], asked["key"])
    assert reset["secret"] != asked["secret"]
    assert app.get("students").status_code == 401
    assert program.app(asked) is None
    assert program.app(reset)


def test_it_has_more_than_one_key(program, asked):
    program.approve(asked["id"])
    sent = {"name": "Second", "isApproved": True, "applicationId": asked["id"], "odsInstanceIds": [1]}
    second = program.http.post("v2/apiClients", json=sent).json()
    found = program.got("apiclients", applicationid=asked["id"])
    assert [(one["key"], one["keyStatus"]) for one in found] == [(asked["key"], "Active"), (second["key"], "Active")]
    assert program.app(second).get("students").status_code == 200
    several = program.http.put(f"v2/applications/{asked['id']}/reset-credential")
    assert (several.status_code, list(several.json()["errors"])) == (400, ["Id"])
    program.put(f"apiclients/{second['id']}", {**sent, "name": "Renamed", "isApproved": False})
    now = program.got(f"apiclients/{second['id']}")
    assert (now["name"], now["isApproved"], now["keyStatus"]) == ("Renamed", False, "Turned off")
    assert program.app(second) is None
    reset = program.put(f"apiclients/{second['id']}/reset-credential").json()
    assert program.app(reset) is None
    program.put(f"apiclients/{second['id']}", sent)
    assert program.app(reset)
    program.deleted(f"apiclients/{second['id']}")
    assert program.app(reset) is None
    assert program.app(asked)


def test_a_key_that_was_removed_at_the_districts_machine_is_none_of_it_any_more(program, asked):
    asyncio.run(
        ask(program.served.record, Action.GIVE_KEYS, lambda use: remove_client(use, asked["key"], "Tom Becker"))
    )
    assert program.got("apiclients", applicationid=asked["id"]) == []
    assert program.got(f"applications/{asked['id']}")["enabled"] is False
    assert program.http.put(f"v2/applications/{asked['id']}/reset-credential").status_code == 400
    program.deleted(f"applications/{asked['id']}")


def test_a_key_waits_for_the_agreement_and_says_so(program, asked):
    (key,) = program.got("apiclients", applicationid=asked["id"])
    assert key["keyStatus"] == f"Agreement {program.agreement_of(asked['id']).number} is asked"
    assert key["isApproved"] is True


def test_an_agreement_that_the_district_ended_is_asked_for_anew(program, asked, vendor, school):
    ended = program.agreement_of(asked["id"])
    program.take(ended.number, State.ENDED)
    sent = {"name": "Second", "isApproved": True, "applicationId": asked["id"], "odsInstanceIds": [1]}
    assert "has ended" in program.http.post("v2/apiclients", json=sent).json()["errors"]["ApplicationId"][0]
    program.put(f"applications/{asked['id']}", application(vendor, [school], ROSTER, applicationName=ended.terms.app))
    assert program.agreement_of(asked["id"]).state is State.ASKED


WRONG = [
    ({"applicationName": " "}, 400, "ApplicationName"),
    ({"vendorId": 99_999}, 400, "VendorId"),
    ({"claimSetName": "Nobody"}, 400, "ClaimSetName"),
    ({"educationOrganizationIds": []}, 400, "EducationOrganizationIds"),
    ({"educationOrganizationIds": [42]}, 400, "EducationOrganizationIds"),
    ({"educationOrganizationIds": ["x"]}, 400, "EducationOrganizationIds[0]"),
    ({"odsInstanceIds": [2]}, 400, "OdsInstanceIds"),
    ({"profileIds": [99_999]}, 400, "ProfileIds"),
]


def test_what_is_wrong_is_said_of_its_property_and_nothing_is_asked_for(program, vendor, school, served):
    count = "select count(*) from access.agreement"
    before = one_of(served, count)
    for other, status, name in WRONG:
        answered = program.http.post("v2/applications", json=application(vendor, [school], ROSTER, **other))
        assert (answered.status_code, list(answered.json()["errors"])) == (status, [name]), answered.text
        assert answered.json()["title"] == "Validation failed"
    assert one_of(served, count) == before


def test_a_vendor_without_a_namespace_of_its_own_writes_nothing_that_needs_one(program, school):
    vendor = program.vendor("Standard alone", namespacePrefixes="uri://ed-fi.org")
    refused = program.http.post("v2/applications", json=application(vendor, [school], "SIS Vendor"))
    assert "namespace prefix of its own" in refused.json()["errors"]["VendorId"][0]


def test_a_vendor_has_one_application_of_a_name(program, asked, vendor, school):
    sent = application(vendor, [school], ROSTER, applicationName=program.agreement_of(asked["id"]).terms.app.upper())
    assert program.http.post("v2/applications", json=sent).status_code == 409


def test_what_was_done_is_told_of_the_person_whose_work_it_is(program, asked, served):
    found = "select by || ': ' || what from access.administrative_change where what like %s order by id limit 1"
    told = one_of(served, found, f"application {asked['id']} added%")
    assert (
        told
        == f"{MANAGER}: application {asked['id']} added, under agreement {program.agreement_of(asked['id']).number}"
    )
