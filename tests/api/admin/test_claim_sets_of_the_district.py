"""The standard's claim sets stay; a district copies them, makes its own, and says what agreements after it are for."""

import asyncio

import pytest
from administrator_program import application

from homeroom.access.administration.changes import begin
from homeroom.access.administration.claim_sets import say_purposes
from homeroom.access.door import ask
from homeroom.access.permissions import Action
from homeroom.errors import WrongUse

READ = [{"name": "Read", "enabled": True}]


def number_of(program, name: str) -> int:
    (found,) = program.got("resourceClaimActions", resourceName=name)
    return found["resourceClaimId"]


def purposes(program, name: str, *words: str) -> None:
    async def say(use):
        await say_purposes(await begin(use, "Tom Becker"), name, words)

    asyncio.run(ask(program.served.record, Action.DECIDE_AGREEMENTS, say))


def test_the_standards_are_told_by_their_names_and_stay_as_they_are(program):
    (vendor,) = program.got("claimSets", name="sis vendor")
    assert vendor["_isSystemReserved"] is True
    details = program.got(f"claimSets/{vendor['id']}")
    people = next(one for one in details["resourceClaims"] if one["name"] == "people")
    assert [one["name"] for one in people["actions"]] == ["Create", "Read", "Update", "Delete"]
    place = f"v2/claimSets/{vendor['id']}"
    for verb, below, sent in (
        ("PUT", "", {"name": "Mine"}),
        ("DELETE", "", None),
        ("POST", "/resourceClaimActions", {"resourceClaimId": 5, "resourceClaimActions": READ}),
        ("DELETE", f"/resourceClaimActions/{people['id']}", None),
    ):
        refused = program.http.request(verb, place + below, json=sent)
        assert "stays as it is" in refused.json()["errors"]["ClaimSetId"][0]


def test_a_copy_says_what_its_original_does_and_can_be_changed(program):
    copy = program.made("claimSets/copy", {"originalId": 4, "name": "Roster Vendor without staff"})
    original = program.got("claimSets/4")
    assert program.got(f"claimSets/{copy}")["resourceClaims"] == original["resourceClaims"]
    staff = number_of(program, "staff")
    assert program.http.delete(f"v2/claimSets/{copy}/resourceClaimActions/{staff}").status_code == 200
    left = [one["name"] for one in program.got(f"claimSets/{copy}")["resourceClaims"]]
    assert left == [one["name"] for one in original["resourceClaims"] if one["name"] != "staff"]


def test_what_is_exported_is_imported_as_it_was(program):
    number = program.made("claimSets/copy", {"originalId": 2, "name": "To be exported"})
    below = f"claimSets/{number}/resourceClaimActions"
    school = number_of(program, "school")
    program.http.post(
        f"v2/{below}/{school}/overrideAuthorizationStrategy",
        json={"actionName": "read", "authorizationStrategies": ["NamespaceBased"]},
    )
    exported = program.got(f"claimSets/{number}/export")
    imported = program.made("claimSets/import", {**exported, "name": "Imported"})
    again = program.got(f"claimSets/{imported}/export")
    assert again["resourceClaims"] == exported["resourceClaims"]
    (organizations,) = [one for one in again["resourceClaims"] if one["name"] == "educationOrganizations"]
    (school_told,) = [one for one in organizations["children"] if one["name"] == "school"]
    assert school_told["authorizationStrategyOverridesForCRUD"][0]["actionName"] == "Read"
    program.http.post(f"v2/{below}/{school}/resetAuthorizationStrategies")
    assert "NamespaceBased" not in str([
        child["authorizationStrategyOverridesForCRUD"]
        for one in program.got(f"claimSets/{number}")["resourceClaims"] for child in one["children"]
    ])  # fmt: skip


def test_without_a_purpose_no_agreement_follows_from_it(program, school):
    vendor = program.vendor("For no purpose")
    own = program.made("claimSets", {"name": "Students alone"})
    asked = application(vendor, [school], "Students alone")
    nothing = program.http.post("v2/applications", json=asked)
    assert "lets an app do nothing" in nothing.json()["errors"]["ClaimSetName"][0]
    student = number_of(program, "student")
    program.http.post(
        f"v2/claimSets/{own}/resourceClaimActions", json={"resourceClaimId": student, "resourceClaimActions": READ}
    )
    refused = program.http.post("v2/applications", json=asked)
    assert "homeroom claim-set purpose" in refused.json()["errors"]["ClaimSetName"][0]
    purposes(program, "students alone", "instruction")
    key = program.application(vendor, [school], "Students alone")
    terms = program.agreement_of(key["id"]).terms
    assert ([str(one) for one in terms.purposes], set(terms.fields())) == (["instruction"], {"Student"})
    assert program.got("claimSets", name="Students alone")[0]["_applications"] == [{"applicationName": "Reading Trail"}]
    in_use = program.http.delete(f"v2/claimSets/{own}/resourceClaimActions/{student}")
    assert "1 applications have" in in_use.json()["errors"]["ClaimSetId"][0]
    assert program.http.delete(f"v2/claimSets/{own}").status_code == 400
    program.put(f"claimSets/{own}", {"name": "Students"})
    assert program.got(f"applications/{key['id']}")["claimSetName"] == "Students"


def test_a_purpose_is_one_of_agreements(program):
    with pytest.raises(WrongUse, match="There are no other purposes"):
        purposes(program, "Students", "advertising")
    with pytest.raises(WrongUse, match="no claim set of its own"):
        purposes(program, "SIS Vendor", "instruction")


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ({"name": "nothing", "actions": READ}, "no resource claim nothing"),
        ({"name": "student", "actions": []}, "Enable one action"),
        ({"name": "student", "actions": [{"name": "Read", "enabled": False}]}, "Enable one action"),
        ({"name": "student", "actions": [{"name": "Look", "enabled": True}]}, "Look is no action"),
        ({"name": "student", "actions": [*READ, *READ]}, "stands there twice"),
        ({"name": "people", "actions": READ, "children": [{"name": "school", "actions": READ}]}, "not stand under"),
        ({"name": "student", "actions": READ, "authorizationStrategyOverridesForCRUD": [
            {"actionName": "Read", "authorizationStrategies": [{"authStrategyName": "Nobody"}]}]}, "strategy Nobody"),
    ],
)  # fmt: skip
def test_what_says_no_right_thing_is_not_imported(program, claim, words):
    answered = program.http.post("v2/claimSets/import", json={"name": "Wrong", "resourceClaims": [claim]})
    assert answered.status_code == 400
    assert words in str(answered.json()["errors"]["ResourceClaims"])
    assert program.got("claimSets", name="Wrong") == []


def test_names_differ(program):
    answered = program.http.post("v2/claimSets", json={"name": "roster vendor"})
    assert list(answered.json()["errors"]) == ["Name"]
    assert program.http.post("v2/claimSets/copy", json={"originalId": 999, "name": "X"}).status_code == 404


def test_a_resource_stands_under_its_claim(program):
    student = program.got(f"resourceClaims/{number_of(program, 'student')}")
    assert student["parentName"] == "people"
    (people,) = program.got("resourceClaims", name="people")
    assert student in people["children"]
    (told,) = program.got("resourceClaimActionAuthStrategies", resourceName="student")
    read = next(one for one in told["authorizationStrategiesForActions"] if one["actionName"] == "Read")
    assert [one["authStrategyName"] for one in read["authorizationStrategies"]] == ["RelationshipsWithEdOrgsAndPeople"]
    names = {one["name"] for one in program.got("authorizationStrategies", limit=100)}
    assert {"NoFurtherAuthorizationRequired", "NamespaceBased"} <= names
    assert [one["name"] for one in program.got("actions", direction="asc")] == [
        "Create", "Read", "Update", "Delete", "ReadChanges",
    ]  # fmt: skip
