"""A profile that an application is given narrows its agreement, and is not changed while an agreement has it."""

import pytest
from administrator_program import application, profile_sent


@pytest.fixture(scope="module")
def narrowed(program, school) -> dict:
    """An application with a profile, approved."""
    vendor, profile = program.vendor("Narrow, Inc."), program.made("profiles", profile_sent("Names-Only"))
    asked = program.application(vendor, [school], "Roster Vendor", applicationName="Narrow", profileIds=[profile])
    program.approve(asked["id"])
    return {**asked, "vendor": vendor, "profile": profile}


def test_its_app_reads_no_more_than_the_profile_tells(program, narrowed):
    assert program.got(f"applications/{narrowed['id']}")["profileIds"] == [narrowed["profile"]]
    assert program.agreement_of(narrowed["id"]).terms.profiles == ("Names-Only",)
    told = program.app(narrowed).get("students", params={"limit": 1}).json()
    assert set(told[0]) == {"id", "studentUniqueId", "firstName", "_etag", "_lastModifiedDate"}


def test_it_is_not_changed_nor_forgotten_while_an_agreement_has_it(program, narrowed):
    place = f"v2/profiles/{narrowed['profile']}"
    for refused in (
        program.http.put(place, json=profile_sent("Names-Only", "BirthDate")),
        program.http.delete(place),
    ):
        assert refused.status_code == 400
        assert "has this profile" in refused.json()["errors"]["Id"][0]
    program.put(f"profiles/{narrowed['profile']}", profile_sent("Names-Only"))


def test_without_it_another_agreement_is_asked_for(program, narrowed, school):
    before = program.agreement_of(narrowed["id"]).number
    sent = application(narrowed["vendor"], [school], "Roster Vendor", applicationName="Narrow")
    program.put(f"applications/{narrowed['id']}", sent)
    assert program.agreement_of(narrowed["id"]).number != before
    program.deleted(f"profiles/{narrowed['profile']}")


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        (profile_sent("Wrong", "ShoeSize"), "Definition"),
        ({**profile_sent("Wrong"), "name": "Right"}, "Name"),
        ({"name": "Wrong", "definition": "<Profile"}, "Definition"),
        ({"name": "Wrong"}, "Definition"),
    ],
)
def test_what_is_wrong_with_one_is_told_of_its_property(program, sent, name):
    refused = program.http.post("v2/profiles", json=sent)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, [name])


def test_there_is_one_of_a_name(program):
    program.made("profiles", profile_sent("Only-One"))
    refused = program.http.post("v2/profiles", json=profile_sent("only-one"))
    assert list(refused.json()["errors"]) == ["Name"]
