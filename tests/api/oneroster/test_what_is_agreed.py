"""A field is told where the agreement names all that it is made of; nobody finds out the rest by asking."""

import textwrap
import tomllib
from pathlib import Path

import pytest
from app_of_agreement import held
from roster_app import ELEMENTS_OF_ROSTERS, V1P1, V1P2, elements, every, get

NOTHING = {resource: set() for resource in ELEMENTS_OF_ROSTERS}
NAMES = {"Student": {"studentUniqueId", "firstName"}}


@pytest.fixture
def named(roster_app):
    """`named(Student={...})`: the client of an app whose agreement names that and nothing else."""
    return lambda **elements: roster_app(NOTHING | elements).client


def test_what_is_not_named_is_not_in_an_answer(named):
    told = every(named(**NAMES), f"{V1P2}/users")
    assert {name for one in told for name in one} == {
        "sourcedId", "status", "dateLastModified", "enabledUser", "givenName"
    }  # fmt: skip


def test_of_classes_of_which_nothing_is_named_nothing_is_told(named):
    client = named(**NAMES)
    for path in ("orgs", "classes", "teachers", "demographics", "students/x/classes"):
        answered = get(client, f"{V1P2}/{path}", 404 if "/x/" in path else 403)
        assert answered.json()["imsx_codeMajor"] == "failure"


def test_a_path_tells_nobody_of_a_tie_that_is_not_named(named, served):
    section, school = (
        held(served.record, f"select id from edfi.{table} limit 1")[0]["id"].hex for table in ("section", "school")
    )
    classes = {"Section": {"sectionIdentifier"}, "School": {"schoolId"}}
    for path in (f"classes/{section}/students", f"schools/{school}/students"):
        refused = get(named(**NAMES, **classes), f"{V1P2}/{path}", 403)
        assert "studentReference.studentUniqueId" in refused.text
    ties = {name: ELEMENTS_OF_ROSTERS[name] for name in ("StudentSectionAssociation", "StudentSchoolAssociation")}
    for path in (f"classes/{section}/students", f"schools/{school}/students"):
        get(named(**NAMES, **classes, **ties), f"{V1P2}/{path}")


@pytest.mark.parametrize(
    "asked",
    [
        {"filter": "familyName='Okafor'"},
        {"filter": "givenName='Maya' OR familyName~'Okafor'"},
        {"sort": "familyName"},
        {"filter": "roles.role='student'"},
        {"filter": "agents.sourcedId='00000000000000000000000000000000'"},
    ],
)
def test_what_is_not_named_is_not_found_out_by_asking(named, asked):
    answered = get(named(**NAMES), f"{V1P2}/users", 403, **asked)
    (field,) = answered.json()["imsx_CodeMinor"]["imsx_codeMinorField"]
    assert field["imsx_codeMinorFieldValue"] == "forbidden"
    assert "Okafor" not in answered.text


def test_of_a_list_the_parts_are_told_and_compared_that_are_named(named):
    stay = {"studentReference.studentUniqueId", "schoolReference.schoolId"}
    client = named(**NAMES, School={"schoolId"}, StudentSchoolAssociation=stay)
    roles = [role for one in every(client, f"{V1P2}/users", limit=1000) for role in one.get("roles", ())]
    assert {name for role in roles for name in role} == {"role", "roleType", "org"}
    assert {role["roleType"] for role in roles} == {"primary"}
    assert every(client, f"{V1P2}/users", filter="roles.roleType='secondary'") == []
    assert get(client, f"{V1P2}/users", 403, filter="roles.beginDate>'2020-01-01'")


def test_a_reference_is_told_where_all_of_its_parts_are_named(named):
    seat = {"studentReference.studentUniqueId", "sectionReference.sectionIdentifier", "beginDate"}
    told = get(named(StudentSectionAssociation=seat), f"{V1P2}/enrollments", limit=5).json()["enrollments"]
    assert {name for one in told for name in one} == {
        "sourcedId", "status", "dateLastModified", "user", "role", "primary", "beginDate"
    }  # fmt: skip


def test_a_field_takes_the_best_of_what_is_named(named, served):
    told = {one["title"] for one in every(named(Section={"sectionIdentifier"}), f"{V1P2}/classes", limit=1000)}
    rows = held(served.record, "select section_identifier, section_name from edfi.section")
    assert told == {row["section_identifier"] for row in rows}
    told = every(named(Section={"sectionIdentifier", "sectionName"}), f"{V1P2}/classes", limit=1000)
    assert {one["title"] for one in told} == {row["section_name"] or row["section_identifier"] for row in rows}


def test_who_is_in_an_answer_is_on_the_log_with_what_the_answer_is_made_of(roster_app, served):
    asking = roster_app(NOTHING | NAMES | {"Contact": {"contactUniqueId", "firstName"}})
    students = get(asking.client, f"{V1P2}/students", limit=4, fields="givenName,sourcedId").json()["users"]
    (entry,) = entries(served, asking)
    ids = [one["sourcedId"] for one in students]
    known = held(served.record, "select student_unique_id from edfi.student where id = any(%s::uuid[])", ids)
    assert set(entry["student_unique_ids"]) == {row["student_unique_id"] for row in known}
    assert entry["shown"] == {"Student": ["firstName"]}


def test_of_a_contact_the_children_are_logged(roster_app, served):
    asking = roster_app(NOTHING | {"Contact": {"contactUniqueId", "firstName"}})
    contacts = get(asking.client, f"{V1P1}/users", limit=4).json()["users"]
    (entry,) = entries(served, asking)
    children = held(
        served.record,
        "select student_unique_id from edfi.student_contact_association join edfi.contact using (contact_unique_id)"
        " where contact.id = any(%s::uuid[])",
        [one["sourcedId"] for one in contacts],
    )
    assert set(entry["student_unique_ids"]) == {row["student_unique_id"] for row in children}


def test_an_app_of_a_school_is_told_of_that_school_alone(roster_app, served):
    school = held(served.record, "select school_id, id from edfi.school where school_id in (select school_id from"
                  " edfi.student_school_association) order by 1 limit 1")[0]  # fmt: skip
    client = roster_app(schools=[school["school_id"]]).client
    assert [one["sourcedId"] for one in every(client, f"{V1P2}/schools")] == [school["id"].hex]
    enrolled = held(
        served.record,
        "select distinct student.id from edfi.student join edfi.student_school_association using (student_unique_id)"
        " where school_id = %s and coalesce(exit_withdraw_date >= '2020-01-01', true)",
        school["school_id"],
    )
    told = every(client, f"{V1P2}/students", limit=1000)
    assert {one["sourcedId"] for one in told} == {row["id"].hex for row in enrolled}
    assert {role["org"]["sourcedId"] for one in told for role in one["roles"]} == {school["id"].hex}
    seats = every(client, f"{V1P2}/enrollments", limit=10_000)
    assert {one["school"]["sourcedId"] for one in seats} == {school["id"].hex}
    outside = held(served.record, "select id from edfi.student where id <> all(%s)", [row["id"] for row in enrolled])
    get(client, f"{V1P2}/users/{outside[0]['id'].hex}", 404)


def entries(served, app):
    return held(
        served.record,
        "select * from access.disclosure where agreement = (select agreement from access.client where key = %s)",
        app.key.key,
    )


def test_the_elements_of_rosters_are_told_in_the_reference():
    page = (Path(__file__).parents[3] / "docs" / "reference" / "oneroster-api.md").read_text()
    told = page.partition("    [elements]\n")[2].partition("\n\n")[0]
    assert tomllib.loads(textwrap.dedent(told)) == tomllib.loads(elements())
