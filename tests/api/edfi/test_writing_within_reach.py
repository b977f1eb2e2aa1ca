"""An app of some schools writes of their students, and of those whom it created until they are somebody else's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from app_of_agreement import App, held
from own_database import own_database
from served_pages import Pages, serving

BASE = "data/v3/ed-fi/"
READ = """
Student = ["studentUniqueId", "firstName"]
StudentSchoolAssociation = ["studentReference.studentUniqueId", "schoolReference.schoolId"]
Contact = ["contactUniqueId"]
Staff = ["staffUniqueId"]
"""
WRITTEN = "\n".join(
    f'{resource} = "all"'
    for resource in (
        "Student", "StudentSchoolAssociation", "StudentEducationOrganizationAssociation", "Contact",
        "StudentContactAssociation", "Staff", "StaffSchoolAssociation", "DisciplineAction", "SchoolYearType",
        "Location", "Credential", "SectionAttendanceTakenEvent", "GradebookEntry",
    )
)  # fmt: skip
GRADE = "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade"
NAMED = {"firstName": "Maya", "lastSurname": "Okafor"}


class District:
    """A copy of Maple Grove, served; an app of one school, another of the same one, and one of another school."""

    def __init__(self, served: Pages, folder) -> None:
        self.served = served
        self.here, self.there = (
            row["school_id"]
            for row in held(
                served.record,
                "select school_id from edfi.student_school_association where exit_withdraw_date is null"
                " group by 1 order by count(*) desc, 1 limit 2",
            )
        )

        def app(school: int) -> httpx.Client:
            return App.under_agreement(served, folder, READ, schools=[school], writes=WRITTEN).client

        self.own, self.neighbour, self.elsewhere = app(self.here), app(self.here), app(self.there)

    def student(self, school: int) -> str:
        """A student who is at the school and was never at the other."""
        other = self.there if school == self.here else self.here
        (row,) = held(
            self.served.record,
            "select student_unique_id from edfi.student_school_association where school_id = %s"
            " and exit_withdraw_date is null and student_unique_id not in (select student_unique_id"
            " from edfi.student_school_association where school_id = %s) order by 1 limit 1",
            school, other,
        )  # fmt: skip
        return row["student_unique_id"]

    def staff(self, school: int) -> str:
        (row,) = held(
            self.served.record,
            "select staff_unique_id from edfi.staff_section_association where school_id = %s and staff_unique_id not in"
            " (select staff_unique_id from edfi.staff_section_association where school_id <> %s) order by 1 limit 1",
            school, school,
        )  # fmt: skip
        return row["staff_unique_id"]


@pytest.fixture(scope="module")
def district(postgres_url: str, maple_grove, tmp_path_factory) -> Iterator[District]:
    with own_database(postgres_url, "maple_grove_template") as url:
        for pages in serving(url, tmp_path_factory.mktemp("served-within-reach")):
            yield District(pages, tmp_path_factory.mktemp("agreements"))


def post(client: httpx.Client, endpoint: str, document: Any, status: int) -> httpx.Response:
    answered = client.post(BASE + endpoint, json=document)
    assert answered.status_code == status, answered.text
    return answered


def refused(client: httpx.Client, endpoint: str, document: Any) -> str:
    problem = post(client, endpoint, document, 403).json()
    assert problem["type"] == "urn:ed-fi:api:security:authorization"
    return problem["detail"]


def place(client: httpx.Client, answered: httpx.Response) -> str:
    return answered.headers["Location"].removeprefix(str(client.base_url))


def student(unique_id: str) -> dict[str, Any]:
    return NAMED | {"studentUniqueId": unique_id, "birthDate": "2016-03-01"}


def enrollment(unique_id: str, school: int) -> dict[str, Any]:
    return {
        "studentReference": {"studentUniqueId": unique_id}, "schoolReference": {"schoolId": school},
        "entryDate": "2026-08-20", "entryGradeLevelDescriptor": GRADE,
    }  # fmt: skip


def about(unique_id: str, organization: int) -> dict[str, Any]:
    return {
        "studentReference": {"studentUniqueId": unique_id},
        "educationOrganizationReference": {"educationOrganizationId": organization},
    }


def test_of_a_student_of_another_school_nothing_is_written(district):
    theirs = district.student(district.there)
    detail = refused(district.own, "studentEducationOrganizationAssociations", about(theirs, district.here))
    assert "studentReference.studentUniqueId" in detail
    assert theirs not in detail
    refused(district.own, "students", student(theirs))
    (row,) = held(district.served.record, "select id from edfi.student where student_unique_id = %s", theirs)
    assert district.own.put(f"{BASE}students/{row['id'].hex}", json=student(theirs)).status_code == 404
    assert district.own.delete(f"{BASE}students/{row['id'].hex}").status_code == 404


def test_at_another_school_nothing_is_written(district):
    ours = district.student(district.here)
    assert "schoolReference.schoolId" in refused(
        district.own, "studentSchoolAssociations", enrollment(ours, district.there)
    )
    refused(district.own, "locations",
            {"schoolReference": {"schoolId": district.there}, "classroomIdentificationCode": "A"})  # fmt: skip


def test_a_student_of_another_school_can_not_be_drawn_in(district):
    theirs = district.student(district.there)
    assert "studentReference" in refused(district.own, "studentSchoolAssociations", enrollment(theirs, district.here))


def test_whom_nobody_knows_can_not_be_enrolled(district):
    answered = post(district.own, "studentSchoolAssociations", enrollment("nobody", district.here), 409)
    assert answered.json()["type"] == "urn:ed-fi:api:data-conflict:unresolved-reference"
    refused(district.own, "studentEducationOrganizationAssociations", about("nobody", district.here))


def test_whoever_created_a_student_has_them_until_they_are_enrolled(district):
    created = post(district.own, "students", student("mine"), 201)
    address = place(district.own, created)
    assert district.own.get(address).json()["studentUniqueId"] == "mine"
    assert district.own.put(address, json=student("mine") | {"firstName": "Maia"}).status_code == 204
    for other in (district.neighbour, district.elsewhere):
        assert other.get(address).status_code == 404
        assert other.put(address, json=student("mine")).status_code == 404
        refused(other, "students", student("mine"))
    refused(district.elsewhere, "studentSchoolAssociations", enrollment("mine", district.there))
    post(district.own, "studentEducationOrganizationAssociations", about("mine", district.here), 201)
    post(district.own, "studentSchoolAssociations", enrollment("mine", district.here), 201)
    assert district.own.get(address).status_code == 200
    assert district.neighbour.get(address).status_code == 200
    assert district.neighbour.put(address, json=student("mine")).status_code == 204
    assert district.elsewhere.get(address).status_code == 404


def test_whoever_created_a_student_has_them_no_more_when_they_are_enrolled_elsewhere(district):
    address = place(district.own, post(district.own, "students", student("gone"), 201))
    folder = district.served.workspace
    whole = App.under_agreement(district.served, folder, READ, writes=WRITTEN).client
    post(whole, "studentSchoolAssociations", enrollment("gone", district.there), 201)
    assert district.own.get(address).status_code == 404
    assert district.own.put(address, json=student("gone")).status_code == 404
    assert district.elsewhere.get(address).status_code == 200


def test_contacts_and_staff_belong_to_whoever_created_them_until_they_are_placed(district):
    ours = district.student(district.here)
    contact = NAMED | {"contactUniqueId": "parent"}
    address = place(district.own, post(district.own, "contacts", contact, 201))
    assert district.own.get(address).status_code == 200
    assert district.neighbour.get(address).status_code == 404
    related = {"contactReference": {"contactUniqueId": "parent"}, "studentReference": {"studentUniqueId": ours}}
    refused(district.neighbour, "studentContactAssociations", related)
    post(district.own, "studentContactAssociations", related, 201)
    assert district.neighbour.get(address).status_code == 200
    address = place(district.own, post(district.own, "staffs", NAMED | {"staffUniqueId": "coach"}, 201))
    assert district.own.get(address).status_code == 200
    assert district.neighbour.get(address).status_code == 404
    placed = {
        "staffReference": {"staffUniqueId": "coach"}, "schoolReference": {"schoolId": district.here},
        "programAssignmentDescriptor": "uri://ed-fi.org/ProgramAssignmentDescriptor#Regular Education",
    }  # fmt: skip
    post(district.own, "staffSchoolAssociations", placed, 201)
    assert district.neighbour.get(address).status_code == 200


def test_nobody_out_of_reach_is_named_beside_the_key_nor_taken_out_of_a_row(district):
    ours, our_staff, their_staff = (
        district.student(district.here), district.staff(district.here), district.staff(district.there)
    )  # fmt: skip

    def action(*staff: str) -> dict[str, Any]:
        return {
            "disciplineActionIdentifier": "talk", "disciplineDate": "2026-09-01",
            "studentReference": {"studentUniqueId": ours},
            "responsibilitySchoolReference": {"schoolId": district.here},
            "disciplines": [{"disciplineDescriptor": "uri://ed-fi.org/DisciplineDescriptor#Community Service"}],
            "staffs": [{"staffReference": {"staffUniqueId": one}} for one in staff],
        }  # fmt: skip

    assert "staffs[0].staffReference" in refused(district.own, "disciplineActions", action(their_staff))
    post(district.own, "disciplineActions", action(our_staff), 201)
    whole = App.under_agreement(district.served, district.served.workspace, READ, writes=WRITTEN).client
    post(whole, "disciplineActions", action(our_staff, their_staff), 200)
    assert "out of" in refused(district.own, "disciplineActions", action(our_staff))


@pytest.mark.parametrize(
    ("endpoint", "document"),
    [
        ("schoolYearTypes", {"schoolYear": 2099, "currentSchoolYear": False, "schoolYearDescription": "2098-2099"}),
        ("credentials", {
            "credentialIdentifier": "c", "namespace": "uri://x.example", "issuanceDate": "2020-01-01",
            "stateOfIssueStateAbbreviationDescriptor": "uri://ed-fi.org/StateAbbreviationDescriptor#TX",
            "credentialFieldDescriptor": "uri://ed-fi.org/CredentialFieldDescriptor#Mathematics",
            "credentialTypeDescriptor": "uri://ed-fi.org/CredentialTypeDescriptor#Certification",
            "teachingCredentialDescriptor": "uri://ed-fi.org/TeachingCredentialDescriptor#Regular/Standard",
        }),
    ],
)  # fmt: skip
def test_what_belongs_to_no_school_is_written_for_the_whole_district_alone(district, endpoint, document):
    answered = district.own.post(BASE + endpoint, json=document)
    assert answered.status_code == 403, answered.text
    assert "whole district" in answered.json()["detail"]
