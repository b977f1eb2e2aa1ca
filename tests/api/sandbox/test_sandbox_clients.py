"""A key in a sandbox lets an app do what its claim set says, and load a district from its beginning."""

import pytest
from sandbox_client import GRAND_BEND, SandboxClient

AGENCY = {
    "localEducationAgencyId": GRAND_BEND,
    "nameOfInstitution": "Grand Bend ISD",
    "localEducationAgencyCategoryDescriptor": "uri://ed-fi.org/LocalEducationAgencyCategoryDescriptor#Independent",
    "categories": [
        {
            "educationOrganizationCategoryDescriptor": (
                "uri://ed-fi.org/EducationOrganizationCategoryDescriptor#Local Education Agency"
            )
        }
    ],
}
IN_AGENCY, ELSEWHERE = 255901001, 900001


def school(number: int, agency: int | None) -> dict:
    return {
        "schoolId": number,
        "nameOfInstitution": "Grand Bend High School",
        "educationOrganizationCategories": [
            {
                "educationOrganizationCategoryDescriptor": "uri://ed-fi.org/EducationOrganizationCategoryDescriptor#School"
            }
        ],
        "gradeLevels": [{"gradeLevelDescriptor": "uri://ed-fi.org/GradeLevelDescriptor#Ninth grade"}],
        **({"localEducationAgencyReference": {"localEducationAgencyId": agency}} if agency else {}),
    }


def student(number: str) -> dict:
    return {"studentUniqueId": number, "firstName": "Ada", "lastSurname": "Okafor", "birthDate": "2010-05-01"}


def enrollment(number: str, at: int) -> dict:
    return {
        "schoolReference": {"schoolId": at},
        "studentReference": {"studentUniqueId": number},
        "entryDate": "2025-08-20",
        "entryGradeLevelDescriptor": "uri://ed-fi.org/GradeLevelDescriptor#Ninth grade",
    }


@pytest.fixture(scope="module")
def vendor(sandbox):
    return SandboxClient.of(sandbox)


@pytest.fixture(scope="module")
def loaded(vendor):
    """What a student information system loads first, in its order."""
    for endpoint, document in (
        ("localEducationAgencies", AGENCY),
        ("schools", school(IN_AGENCY, GRAND_BEND)),
        ("students", student("604821")),
        ("studentSchoolAssociations", enrollment("604821", IN_AGENCY)),
    ):
        answered = vendor.http.post(endpoint, json=document)
        assert answered.status_code in (200, 201), answered.text
    return vendor


def test_what_it_loaded_from_the_agency_on_it_reads(loaded):
    assert [row["localEducationAgencyId"] for row in loaded.http.get("localEducationAgencies").json()] == [GRAND_BEND]
    assert {row["schoolId"] for row in loaded.http.get("schools").json()} == {IN_AGENCY}
    assert [row["studentUniqueId"] for row in loaded.http.get("students").json()] == ["604821"]


def test_a_school_outside_of_its_organization_is_not_its_to_see_or_to_enroll_at(loaded, sandbox):
    other = SandboxClient.of(sandbox, "Ed-Fi Sandbox", organizations=[900])
    assert other.http.post("schools", json=school(ELSEWHERE, None)).status_code == 201
    loaded.http.post("students", json=student("604899"))
    refused = loaded.http.post("studentSchoolAssociations", json=enrollment("604899", ELSEWHERE))
    assert refused.status_code == 403, refused.text
    assert loaded.http.get("schools", params={"schoolId": ELSEWHERE}).json() == []


def test_a_school_that_comes_later_is_within_its_organization_at_once(loaded):
    assert loaded.http.post("schools", json=school(255901044, GRAND_BEND)).status_code == 201
    loaded.http.post("students", json=student("604822"))
    assert loaded.http.post("studentSchoolAssociations", json=enrollment("604822", 255901044)).status_code == 201
    assert {row["studentUniqueId"] for row in loaded.http.get("students").json()} >= {"604821", "604822"}


def test_a_client_of_one_school_reads_the_students_of_that_school_alone(loaded, sandbox):
    other = SandboxClient.of(sandbox, organizations=[ELSEWHERE])
    assert other.http.get("students").json() == []
    assert other.http.get("students", params={"studentUniqueId": "604821"}).json() == []


def test_a_roster_vendor_reads_and_writes_nothing(loaded, sandbox):
    vendor = SandboxClient.of(sandbox, "Roster Vendor")
    assert "604821" in {row["studentUniqueId"] for row in vendor.http.get("students").json()}
    assert vendor.http.post("students", json=student("604823")).status_code == 403
    assert vendor.http.post("schools", json=school(255901107, GRAND_BEND)).status_code == 403
    assert vendor.http.get("grades").status_code == 403


def test_each_page_says_that_it_is_a_sandbox(sandbox):
    for page in ("/", "/students", "/sign-in", "/nowhere"):
        assert "Sandbox: everybody here is made up" in sandbox.client.get(page, follow_redirects=True).text, page


def test_who_hosts_the_district_loads_what_has_no_place(sandbox):
    host = SandboxClient.of(sandbox, "Ed-Fi Sandbox")
    year = {"schoolYear": 2026, "currentSchoolYear": True, "schoolYearDescription": "2025-2026"}
    assert host.http.post("schoolYearTypes", json=year).status_code == 201
    person = {"personId": "P1", "sourceSystemDescriptor": "uri://ed-fi.org/SourceSystemDescriptor#District"}
    answered = host.http.post("people", json=person)
    assert answered.status_code == 201, answered.text
    assert [row["personId"] for row in host.http.get("people").json()] == ["P1"]


def test_codes_are_written_in_its_own_namespaces_alone(sandbox):
    vendor = SandboxClient.of(sandbox, namespaces=["uri://gbisd.example"])
    code = {"codeValue": "Own", "shortDescription": "Own", "namespace": "uri://gbisd.example/GradeLevelDescriptor"}
    assert vendor.http.post("gradeLevelDescriptors", json=code).status_code == 201
    of_another = code | {"namespace": "uri://other.example/GradeLevelDescriptor"}
    assert vendor.http.post("gradeLevelDescriptors", json=of_another).status_code == 403
