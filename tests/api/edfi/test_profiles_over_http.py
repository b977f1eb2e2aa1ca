"""A profile narrows what an app reads and writes, by its media type or by the app's agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from app_of_agreement import App, held
from commands import homeroom
from openapi_spec_validator import validate
from own_database import own_database
from served_pages import Pages, serving

BASE = "data/v3/ed-fi/"
READ = """
Student = ["studentUniqueId", "firstName", "lastSurname", "birthDate"]
StudentEducationOrganizationAssociation = ["studentReference.studentUniqueId",
    "educationOrganizationReference.educationOrganizationId", "electronicMails[*].electronicMailAddress",
    "electronicMails[*].electronicMailTypeDescriptor"]
Session = ["sessionName", "schoolReference.schoolId"]
"""
WRITTEN = 'Student = ["studentUniqueId", "firstName", "lastSurname", "birthDate", "middleName"]'
PROFILES = """<Profiles>
<Profile name="Names">
  <Resource name="Student">
    <ReadContentType memberSelection="IncludeOnly">
      <Property name="FirstName"/><Property name="MiddleName"/>
    </ReadContentType>
    <WriteContentType memberSelection="ExcludeOnly"><Property name="MiddleName"/></WriteContentType>
  </Resource>
  <Resource name="StudentEducationOrganizationAssociation">
    <ReadContentType memberSelection="IncludeOnly">
      <Collection name="ElectronicMails" memberSelection="IncludeAll">
        <Filter propertyName="ElectronicMailTypeDescriptor" filterMode="IncludeOnly"><Value>Nobody's</Value></Filter>
      </Collection>
    </ReadContentType>
  </Resource>
</Profile>
<Profile name="Birthdays">
  <Resource name="Student">
    <ReadContentType memberSelection="IncludeOnly"><Property name="BirthDate"/></ReadContentType>
    <WriteContentType memberSelection="IncludeOnly"><Property name="BirthDate"/></WriteContentType>
  </Resource>
</Profile>
</Profiles>"""


@pytest.fixture(scope="module")
def changed(postgres_url: str, maple_grove, tmp_path_factory) -> Iterator[Pages]:
    """A copy of Maple Grove, served, with two profiles."""
    folder = tmp_path_factory.mktemp("served-by-profile")
    with own_database(postgres_url, "maple_grove_template") as url:
        for pages in serving(url, folder):
            file = folder / "profiles.xml"
            file.write_text(PROFILES)
            added = homeroom("profile", "add", file, "--workspace", pages.workspace)
            assert added.returncode == 0, added.stderr
            yield pages


@pytest.fixture(scope="module")
def app_with(changed, tmp_path_factory) -> Callable[..., httpx.Client]:
    """`app_with("Names")`: the client of an app whose agreement has these profiles."""

    def made(*names: str) -> httpx.Client:
        more = f"profiles = {list(names)}" if names else ""
        folder = tmp_path_factory.mktemp("agreement")
        return App.under_agreement(changed, folder, READ, writes=WRITTEN, more=more).client

    return made


@pytest.fixture(scope="module")
def without(app_with) -> httpx.Client:
    return app_with()


@pytest.fixture(scope="module")
def with_both(app_with) -> httpx.Client:
    return app_with("Names", "Birthdays")


def by(profile: str, usage: str = "readable", resource: str = "student", header: str = "Accept") -> dict[str, str]:
    return {header: f"application/vnd.ed-fi.{resource}.{profile}.{usage}+json"}


def told(answered: httpx.Response) -> set[str]:
    assert answered.status_code == 200, answered.text
    return {name for row in answered.json() for name in row if not name.startswith("_")}


def problem(answered: httpx.Response, status: int, kind: str) -> str:
    assert answered.status_code == status, answered.text
    assert answered.json()["type"] == f"urn:ed-fi:api:{kind}"
    return " ".join(answered.json()["errors"])


def test_a_profile_that_is_named_narrows_and_tells_its_media_type(without):
    answered = without.get(f"{BASE}students", headers=by("names"), params={"limit": 5})
    assert told(answered) == {"id", "studentUniqueId", "firstName"}
    assert answered.headers["content-type"] == "application/vnd.ed-fi.student.names.readable+json"
    row = answered.json()[0]
    assert without.get(f"{BASE}students/{row['id']}", headers=by("Names")).json() == row
    assert told(without.get(f"{BASE}students", params={"limit": 5})) >= {"birthDate", "lastSurname"}


def test_what_a_profile_tells_and_the_agreement_does_not_is_not_told(without):
    assert "middleName" not in told(without.get(f"{BASE}students", headers=by("names"), params={"limit": 500}))


def test_nothing_can_be_asked_for_by_what_a_profile_does_not_tell(without):
    answered = without.get(f"{BASE}students", headers=by("names"), params={"lastSurname": "Okafor"})
    assert answered.status_code == 403


def test_of_a_list_the_items_are_told_that_a_profile_means(without, changed):
    place, resource = f"{BASE}studentEducationOrganizationAssociations", "studenteducationorganizationassociation"
    mails = {"limit": 500}
    assert "electronicMails" in told(without.get(place, params=mails))
    assert "electronicMails" not in told(without.get(place, params=mails, headers=by("names", resource=resource)))


def test_one_profile_of_an_agreement_is_meant_without_being_named(app_with):
    client = app_with("Names")
    assert told(client.get(f"{BASE}students", params={"limit": 5})) == {"id", "studentUniqueId", "firstName"}
    assert told(client.get(f"{BASE}sessions", params={"limit": 1})) >= {"sessionName"}
    words = problem(client.get(f"{BASE}students", headers=by("birthdays")), 403, "security:data-policy:incorrect-usage")
    assert "application/vnd.ed-fi.student.names.readable+json" in words


def test_of_several_one_has_to_be_named(with_both):
    words = problem(with_both.get(f"{BASE}students"), 403, "security:data-policy:incorrect-usage")
    assert "vnd.ed-fi.student.birthdays.readable+json" in words
    assert told(with_both.get(f"{BASE}students", headers=by("birthdays"))) == {"id", "studentUniqueId", "birthDate"}
    place = f"{BASE}studentEducationOrganizationAssociations"
    assert with_both.get(place).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status", "words"),
    [
        (by("names", "writable"), 400, "readable"),
        (by("names", resource="school"), 400, "not the one that is asked for"),
        ({"Accept": "application/vnd.ed-fi.student"}, 400, "format"),
        (by("nobodys"), 406, "no such profile"),
    ],
)
def test_what_is_wrong_with_a_media_type_is_told(without, headers, status, words):
    assert words in problem(without.get(f"{BASE}students", headers=headers), status, "profile:invalid-profile-usage")


MAYA: dict[str, Any] = {
    "studentUniqueId": "maya", "firstName": "Maya", "middleName": "Ada", "lastSurname": "Okafor",
    "birthDate": "2016-03-01",
}  # fmt: skip


def test_what_a_profile_does_not_take_is_passed_over(without, changed):
    created = without.post(f"{BASE}students", json=MAYA)
    assert created.status_code == 201, created.text
    sent = MAYA | {"firstName": "Maia", "middleName": "X"}
    headers = by("names", "writable", header="Content-Type")
    assert without.post(f"{BASE}students", json=sent, headers=headers).status_code == 200
    place = created.headers["Location"].removeprefix(str(without.base_url))
    assert without.put(place, json=sent | {"lastSurname": "Okoro"}, headers=headers).status_code == 204
    (row,) = held(changed.record, "select * from edfi.student where student_unique_id = 'maya'")
    assert (row["first_name"], row["middle_name"], row["last_surname"]) == ("Maia", "Ada", "Okoro")


def test_no_row_is_written_by_a_profile_that_does_not_take_what_each_has(without, with_both):
    headers = by("birthdays", "writable", header="Content-Type")
    words = problem(without.post(f"{BASE}students", json=MAYA, headers=headers), 400, "data-policy-enforced")
    assert "firstName, lastSurname" in words
    problem(with_both.post(f"{BASE}students", json=MAYA), 403, "security:data-policy:incorrect-usage")
    headers = by("nobodys", "writable", header="Content-Type")
    problem(without.post(f"{BASE}students", json=MAYA, headers=headers), 415, "profile:invalid-profile-usage")
    headers = by("names", "writable", "studenteducationorganizationassociation", "Content-Type")
    place = f"{BASE}studentEducationOrganizationAssociations"
    problem(without.post(place, json={}, headers=headers), 405, "profile:method-usage")


def test_metadata_describes_each_profile(changed):
    found = changed.client.get("/api/metadata").json()
    places = {one["name"]: one["endpointUri"] for one in found if one["prefix"] == "Profiles"}
    assert set(places) == {"Names", "Birthdays"}
    described = changed.client.get(places["Names"]).json()
    validate(described)
    properties = described["components"]["schemas"]["edFi_student_readable"]["properties"]
    assert set(properties) >= {"id", "studentUniqueId", "firstName", "middleName"}
    assert "birthDate" not in properties
    reading = described["paths"]["/ed-fi/students"]["get"]["responses"]["200"]["content"]
    assert list(reading) == ["application/vnd.ed-fi.student.names.readable+json"]
    assert changed.client.get("/api/metadata/data/v3/profiles/nobodys/swagger.json").status_code == 404


def test_a_profile_is_removed_where_no_agreement_has_it(changed, with_both, tmp_path):
    refused = homeroom("profile", "remove", "Names", "--workspace", changed.workspace)
    assert (refused.returncode, "is that of agreement" in refused.stderr) == (2, True)
    listed = homeroom("profile", "list", "--workspace", changed.workspace)
    assert listed.stdout.splitlines() == [
        "Birthdays: Student",
        "Names: Student, StudentEducationOrganizationAssociation",
    ]
    file = tmp_path / "one.xml"
    file.write_text(PROFILES.replace("Names", "Others").partition('<Profile name="Birthdays">')[0] + "</Profiles>")
    for words in (("add", file), ("remove", "Others")):
        assert homeroom("profile", *words, "--workspace", changed.workspace).returncode == 0


def test_an_agreement_names_profiles_that_are_there(changed, tmp_path):
    with pytest.raises(Exception, match="There is no profile Nobodys"):
        App.under_agreement(changed, tmp_path, READ, more='profiles = ["Nobodys"]')
