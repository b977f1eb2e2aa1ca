"""Every address that OneRoster 1.2 and 1.1 have for reading is answered, page by page and object by object."""

import re

import pytest
from app_of_agreement import held
from roster_app import GRADEBOOK, V1P1, V1P2, every, get

from homeroom.access.oneroster.collections import SERVICES, collections
from homeroom.access.oneroster.declaration import Version

HEX = re.compile(r"[0-9a-f]{32}")
# What each version has for reading: OneRoster 1.2, REST bindings of the three services; OneRoster 1.1, 3.
ROSTERING = [
    "academicSessions",
    "classes",
    "classes/{class}/students",
    "classes/{class}/teachers",
    "courses",
    "courses/{course}/classes",
    "demographics",
    "enrollments",
    "gradingPeriods",
    "orgs",
    "schools",
    "schools/{school}/classes",
    "schools/{school}/classes/{class}/enrollments",
    "schools/{school}/classes/{class}/students",
    "schools/{school}/classes/{class}/teachers",
    "schools/{school}/courses",
    "schools/{school}/enrollments",
    "schools/{school}/students",
    "schools/{school}/teachers",
    "schools/{school}/terms",
    "students",
    "students/{student}/classes",
    "teachers",
    "teachers/{teacher}/classes",
    "terms",
    "terms/{term}/classes",
    "terms/{term}/gradingPeriods",
    "users",
    "users/{user}/classes",
]
OF_GRADEBOOK = [
    "categories",
    "lineItems",
    "results",
    "classes/{class}/lineItems",
    "classes/{class}/results",
    "classes/{class}/lineItems/{lineItem}/results",
    "classes/{class}/students/{student}/results",
]
ONLY_1P2 = ["scoreScales", "classes/{class}/categories", "classes/{class}/scoreScales", "schools/{school}/scoreScales",
            "assessmentLineItems", "assessmentResults"]  # fmt: skip
OF_RESOURCES = ["resources", "classes/{class}/resources", "courses/{course}/resources"]
PLACES = [
    (f"ims/oneroster/{service}/v1p2", one, Version.V1P2) for service in SERVICES
    for one in collections(service, Version.V1P2)
] + [(V1P1, one, Version.V1P1) for one in collections("rostering", Version.V1P1)]  # fmt: skip
IDS = [f"{place}/{one.path}" for place, one, _ in PLACES]


def test_there_are_the_addresses_of_the_standard():
    def paths(service, version):
        return {one.path for one in collections(service, version)}

    assert paths("rostering", Version.V1P2) == set(ROSTERING)
    assert paths("gradebook", Version.V1P2) == {*OF_GRADEBOOK, *ONLY_1P2}
    assert paths("resources", Version.V1P2) == {*OF_RESOURCES, "users/{user}/resources"}
    assert paths("rostering", Version.V1P1) == {*ROSTERING, *OF_GRADEBOOK, *OF_RESOURCES}


@pytest.fixture(scope="session")
def known(whole) -> dict[str, str]:
    """Ids of objects that belong together: those of a class and of what is around it."""
    result = next(one for one in every(whole, f"{GRADEBOOK}/results", limit=1000) if "class" in one)
    found = get(whole, f"{V1P2}/classes/{result['class']['sourcedId']}").json()["class"]
    teacher = get(whole, f"{V1P2}/classes/{found['sourcedId']}/teachers").json()["users"][0]
    return {
        "class": found["sourcedId"],
        "school": found["school"]["sourcedId"],
        "course": found["course"]["sourcedId"],
        "term": found["terms"][0]["sourcedId"],
        "student": result["student"]["sourcedId"],
        "user": result["student"]["sourcedId"],
        "teacher": teacher["sourcedId"],
        "lineItem": result["lineItem"]["sourcedId"],
    }


@pytest.mark.parametrize(("place", "collection", "version"), PLACES, ids=IDS)
def test_a_collection_is_read_in_pages_and_each_of_its_objects_alone(whole, known, place, collection, version):
    path = re.sub(r"\{(\w+)\}", lambda name: known[name[1]], collection.path)
    page = get(whole, f"{place}/{path}", limit=3)
    assert list(page.json()) == [collection.of.name]
    rows = page.json()[collection.of.name]
    assert len(rows) == min(3, int(page.headers["X-Total-Count"]))
    assert len({row["sourcedId"] for row in rows}) == len(rows)
    for row in rows:
        assert HEX.fullmatch(row["sourcedId"])
        assert set(row) <= set(collection.of.fields_of(version))
        if collection.is_whole:
            assert get(whole, f"{place}/{path}/{row['sourcedId']}").json() == {collection.of.single: row}


# The record does not know which class or user has which material, and has no score scales; a year has no shorter terms.
EMPTY = {"scoreScales", "resources"}


@pytest.mark.parametrize("path", [one for one in ROSTERING if one != "terms/{term}/gradingPeriods"])
def test_of_rosters_there_is_something_at_every_address(whole, known, path):
    path = re.sub(r"\{(\w+)\}", lambda name: known[name[1]], path)
    answered = get(whole, f"{V1P2}/{path}", limit=1)
    assert int(answered.headers["X-Total-Count"]) > 0


@pytest.mark.parametrize("path", OF_GRADEBOOK)
def test_of_the_gradebook_there_is_something_at_every_address(whole, known, path):
    path = re.sub(r"\{(\w+)\}", lambda name: known[name[1]], path)
    assert int(get(whole, f"{GRADEBOOK}/{path}", limit=1).headers["X-Total-Count"]) > 0


def test_a_part_of_an_object_is_what_the_whole_says_of_it(whole, known):
    seats = every(whole, f"{V1P2}/enrollments", filter=f"class.sourcedId='{known['class']}'", limit=1000)
    for role, path in (("student", "students"), ("teacher", "teachers")):
        expected = {one["user"]["sourcedId"] for one in seats if one["role"] == role}
        users = every(whole, f"{V1P2}/classes/{known['class']}/{path}")
        in_school = every(whole, f"{V1P2}/schools/{known['school']}/classes/{known['class']}/{path}")
        assert {one["sourcedId"] for one in users} == {one["sourcedId"] for one in in_school} == expected
    of_school = every(whole, f"{V1P2}/schools/{known['school']}/classes/{known['class']}/enrollments")
    assert {one["sourcedId"] for one in of_school} == {one["sourcedId"] for one in seats}


def test_classes_are_found_by_school_course_term_and_who_is_in_them(whole, known):
    classes = every(whole, f"{V1P2}/classes", limit=1000)

    def having(name):
        return {
            one["sourcedId"]
            for one in classes
            if known[name] in [held["sourcedId"] for held in (one["terms"] if name == "term" else [one.get(name, {})])
                               if held]
        }  # fmt: skip

    for name, path in (("school", "schools"), ("course", "courses"), ("term", "terms")):
        found = every(whole, f"{V1P2}/{path}/{known[name]}/classes", limit=1000)
        assert {one["sourcedId"] for one in found} == having(name)
    seats = every(whole, f"{V1P2}/enrollments", filter=f"user.sourcedId='{known['student']}'", limit=1000)
    for path in ("students", "users"):
        found = every(whole, f"{V1P2}/{path}/{known['student']}/classes", limit=1000)
        assert {one["sourcedId"] for one in found} == {one["class"]["sourcedId"] for one in seats}


def test_terms_and_grading_periods_are_sessions(whole, served):
    sessions = every(whole, f"{V1P2}/academicSessions")
    by_type = {type_: {one["sourcedId"] for one in sessions if one["type"] == type_} for type_ in
               ("gradingPeriod", "semester", "term", "schoolYear")}  # fmt: skip
    assert {one["sourcedId"] for one in every(whole, f"{V1P2}/terms")} == by_type["semester"] | by_type["term"]
    assert {one["sourcedId"] for one in every(whole, f"{V1P2}/gradingPeriods")} == by_type["gradingPeriod"]
    years = {str(row["school_year"]) for row in held(served.record, "select school_year from edfi.school_year_type")}
    assert {one["schoolYear"] for one in sessions if one["type"] == "schoolYear"} == years
    for one in sessions:
        assert all(other["sourcedId"] in {row["sourcedId"] for row in sessions} for other in one.get("children", ()))


def test_the_same_session_of_several_schools_is_one(whole, served):
    shared = held(
        served.record,
        "select count(distinct (school_year, session_name, term_descriptor, begin_date, end_date)) as one,"
        " count(*) as all from edfi.session",
    )[0]
    assert shared["one"] < shared["all"]
    told = [one for one in every(whole, f"{V1P2}/academicSessions") if one["type"] != "gradingPeriod"]
    years = held(served.record, "select count(*) as n from edfi.school_year_type")[0]["n"]
    assert len(told) == shared["one"] + years


def test_a_reference_leads_to_the_object(whole, known):
    found = get(whole, f"{V1P2}/classes/{known['class']}").json()["class"]
    for reference in (found["course"], found["school"], *found["terms"]):
        told = get(whole, reference["href"]).json()[reference["type"]]
        assert told["sourcedId"] == reference["sourcedId"]
    of_1p1 = get(whole, f"{V1P1}/classes/{known['class']}").json()["class"]
    assert get(whole, of_1p1["school"]["href"]).json()["org"]["sourcedId"] == known["school"]


def test_versions_differ_in_what_they_say_of_users(whole, known):
    new = get(whole, f"{V1P2}/users/{known['student']}").json()["user"]
    old = get(whole, f"{V1P1}/users/{known['student']}").json()["user"]
    assert (old["role"], "roles" in old, "role" in new) == ("student", False, False)
    assert {role["org"]["sourcedId"] for role in new["roles"]} == {org["sourcedId"] for org in old["orgs"]}
    assert [role["role"] for role in new["roles"]] == ["student"] * len(new["roles"])
    assert new["givenName"] == old["givenName"]


def test_nothing_is_written(whole, known):
    answered = whole.delete(f"{V1P2}/users/{known['student']}")
    assert answered.status_code == 405
    assert answered.json()["imsx_codeMajor"] == "failure"


@pytest.mark.parametrize(
    "path",
    [
        "classes/00000000000000000000000000000000",
        "classes/maya",
        "classes/00000000000000000000000000000000/students",
        "schools/okafor/classes",
        "shoes",
    ],
)
def test_what_is_not_there_is_told_as_onerosters_unknown_object(whole, path):
    told = get(whole, f"{V1P2}/{path}", 404)
    (field,) = told.json()["imsx_CodeMinor"]["imsx_codeMinorField"]
    assert field["imsx_codeMinorFieldValue"] == "unknownobject"
    assert "okafor" not in told.text
