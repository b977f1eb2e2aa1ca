"""What a OneRoster REST service says is delivered whole, whatever its version, its pages and its way to be asked."""

import json

import pytest
from asking_district import LATER, District, contents, filled, manifest, table
from oneroster_server import oneroster_service, row

from homeroom.errors import CannotRun


def test_what_a_service_of_1_1_says_becomes_the_files_of_1_1(district):
    delivery = district.pull()
    told = manifest(delivery)
    assert (told["oneroster.version"], told["file.users"], told["file.results"]) == ("1.1", "bulk", "bulk")
    maya, parent = (next(one for one in table(delivery, "users") if one["sourcedId"] == who) for who in ("s1", "p1"))
    assert filled(maya) == {
        "sourcedId": "s1",
        "enabledUser": "true",
        "orgSourcedIds": "birch",
        "role": "student",
        "username": "s1",
        "userIds": "{State:TX-1},{Lunch:77}",
        "givenName": "Maya",
        "familyName": "Okafor",
        "identifier": "1001",
        "agentSourcedIds": "p1",
        "grades": "04",
        "metadata.bus": "12",
        "metadata.locker": "B-7",
    }
    assert (parent["email"], parent["phone"], parent["metadata.bus"]) == ("ada@example.org", "+12175550101", "")
    assert [filled(one) for one in table(delivery, "classes")] == [
        {
            "sourcedId": "c",
            "title": "Math, first period",
            "grades": "04,05",
            "courseSourcedId": "k",
            "classCode": "M4-1",
            "classType": "scheduled",
            "location": "12",
            "schoolSourcedId": "birch",
            "termSourcedIds": "t1,y",
            "subjects": "Mathematics",
            "subjectCodes": "02",
            "periods": "1,3",
        }
    ]
    assert filled(table(delivery, "academicSessions")[0])["parentSourcedId"] == "y"
    assert filled(table(delivery, "results")[0]) == {
        "sourcedId": "r",
        "lineItemSourcedId": "i",
        "studentSourcedId": "s1",
        "scoreStatus": "fully graded",
        "score": "9.5",
        "scoreDate": "2026-09-09",
        "comment": "Well done,\nMaya",
    }
    assert filled(table(delivery, "classResources")[0]) == {
        "sourcedId": "c:book",
        "classSourcedId": "c",
        "resourceSourcedId": "book",
    }
    assert "roles.csv" not in contents(delivery)


def test_what_a_service_of_1_2_says_becomes_the_files_of_1_2(tmp_path, new):
    delivery = District(tmp_path, new).pull()
    maya = next(one for one in table(delivery, "users") if one["sourcedId"] == "s1")
    assert "role" not in maya
    assert (maya["userMasterIdentifier"], maya["preferredGivenName"], maya["primaryOrgSourcedId"]) == (
        "m-s1",
        "Ma",
        "birch",
    )
    assert filled(table(delivery, "roles")[1]) == {
        "sourcedId": "s1:student:birch",
        "userSourcedId": "s1",
        "roleType": "primary",
        "role": "student",
        "beginDate": "2026-08-17",
        "orgSourcedId": "birch",
    }
    assert filled(table(delivery, "userProfiles")[1]) == {
        "sourcedId": "https://reader.example/s1",
        "userSourcedId": "s1",
        "profileType": "reader",
        "vendorId": "press",
        "credentialType": "SAML",
        "username": "Maya.Okafor",
    }
    assert [one["learningObjectiveId"] for one in table(delivery, "lineItemLearningObjectiveIds")] == ["lo-1", "lo-2"]
    assert filled(table(delivery, "resultLearningObjectiveIds")[0])["score"] == "5.0"
    assert table(delivery, "lineItemScoreScales")[0]["scoreScaleSourcedId"] == "letters"
    assert table(delivery, "scoreScales")[0]["scoreScaleValue"] == "{A:90-100},{B:80-89}"
    assert table(delivery, "categories")[0]["weight"] == "0.4"


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_no_password_is_written(tmp_path, version):
    with oneroster_service(version) as service:
        delivery = District(tmp_path, service).pull()
    assert b"not-for-us" not in b"".join(contents(delivery).values())


@pytest.mark.parametrize("signature", ["HMAC-SHA256", "HMAC-SHA1"])
def test_each_question_is_signed_as_the_settings_say(tmp_path, old, signature):
    District(tmp_path, old, signature=signature).pull()
    assert len(old.signatures.used) == len(old.asked)
    assert all(f'oauth_signature_method="{signature}"' in headers["Authorization"] for _, headers in old.heard)


def test_a_service_of_1_1_may_give_tokens_too(tmp_path, old):
    scopes = " ".join(sorted(old.tokens.scopes))
    delivery = District(tmp_path, old, token_url=old.token_url, scopes=scopes).pull()
    assert len(table(delivery, "users")) == 4
    assert old.signatures.used == set()


def test_a_token_that_ended_is_asked_for_anew(tmp_path, new):
    district = District(tmp_path, new)
    new.answers = [(401, {}, b"{}")]
    assert len(table(district.pull(), "users")) == 4
    assert [path for path, _ in new.heard].count("/token") == 2


PAGING = {
    "links and counts": {},
    "links alone": {"counts": False},
    "counts alone": {"links": False},
    "neither": {"links": False, "counts": False},
    "a page of its own size": {"largest_page": 7, "links": False, "counts": False},
    "no pages at all": {"links": False, "counts": False, "pages": False, "largest_page": 1_000},
}


@pytest.mark.parametrize("ways", PAGING.values(), ids=PAGING)
def test_every_way_of_paging_gives_each_row_once(district, old, ways):
    old.rows["users"] += [row(f"x{n}", role="student", givenName="X", familyName="Y", orgs=[]) for n in range(20)]
    for name, value in ({"largest_page": 5} | ways).items():
        setattr(old, name, value)
    assert len(table(district.pull(), "users")) == 24


def test_what_the_district_leaves_out_is_not_asked_for(tmp_path, district, old):
    district.pull()
    old.asked.clear()
    old.not_given = {"results": 403}
    delivery = District(tmp_path, old, leave_out="results lineItems").pull()
    assert (old.questions("results"), "file.results" in manifest(delivery)) == ([], False)
    with pytest.raises(CannotRun, match="leave_out of sis names 'users'"):
        District(tmp_path, old, leave_out="users").pull()


def test_of_two_rows_with_one_id_the_last_counts(district, old):
    old.rows["orgs"].append(row("birch", name="Birch School", type="school"))
    old.counts = False
    assert [one["name"] for one in table(district.pull(), "orgs")] == ["Birch School", "Maple Grove"]


def test_values_that_are_no_text_are_written_as_they_are(district, old):
    old.change("users", "s1", LATER, metadata={"plan": {"504": True}, "it's": "x", 'a"b': 1, "Bus": 4})
    maya = next(one for one in table(district.pull(), "users") if one["sourcedId"] == "s1")
    assert json.loads(maya["metadata.plan"]) == {"504": True}
    assert (maya["metadata.it's"], maya['metadata.a"b'], maya["metadata.Bus"]) == ("x", "1", "4")
