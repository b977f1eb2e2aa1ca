"""An approved app writes the record over HTTP as it would an Ed-Fi ODS/API, and only what its agreement lets it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import psycopg
import pytest
from app_of_agreement import App, held
from own_database import own_database
from served_pages import Pages, serving

from homeroom.record.changes import PUBLISHING

READ = """
Student = ["studentUniqueId", "firstName", "middleName", "lastSurname", "birthDate"]
StudentSchoolAssociation = ["studentReference.studentUniqueId", "schoolReference.schoolId", "entryDate"]
Session = ["sessionName", "schoolReference.schoolId"]
"""
WRITTEN = """
Student = ["studentUniqueId", "firstName", "lastSurname", "birthDate"]
StudentSchoolAssociation = "all"
StudentSchoolAttendanceEvent = "all"
Session = "all"
Location = "all"
Course = "all"
CourseOffering = "all"
Assessment = "all"
FundDimension = "all"
SchoolYearType = "all"
School = "all"
LocalEducationAgency = "all"
ExitWithdrawTypeDescriptor = "all"
"""
OURS = '["uri://reading-trail.example"]'
MAYA = {"studentUniqueId": "maya", "firstName": "Maya", "lastSurname": "Okafor", "birthDate": "2016-03-01"}
GRADE = "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade"
BASE = "data/v3/ed-fi/"


@pytest.fixture(scope="module")
def changed(postgres_url: str, maple_grove, tmp_path_factory) -> Iterator[Pages]:
    """A copy of Maple Grove, served, that the tests of this module change, each something else."""
    with own_database(postgres_url, "maple_grove_template") as url:
        yield from serving(url, tmp_path_factory.mktemp("served-to-write"))


@pytest.fixture(scope="module")
def client(changed, tmp_path_factory) -> httpx.Client:
    """The client of an app that writes for the whole district."""
    folder = tmp_path_factory.mktemp("district")
    return App.under_agreement(changed, folder, READ, writes=WRITTEN, namespaces=OURS).client


@pytest.fixture(scope="module")
def school(changed) -> int:
    (row,) = held(changed.record, "select school_id from edfi.session group by 1 order by count(*) desc, 1 limit 1")
    return row["school_id"]


def told(answered: httpx.Response, status: int, kind: str = "") -> dict[str, Any]:
    assert answered.status_code == status, answered.text
    assert answered.headers["content-type"] == "application/problem+json"
    problem = answered.json()
    assert problem["type"] == f"urn:ed-fi:api:{kind}"
    assert problem["status"] == status
    return problem


def post(client: httpx.Client, endpoint: str, document: Any, status: int = 201) -> httpx.Response:
    answered = client.post(BASE + endpoint, json=document)
    assert answered.status_code == status, answered.text
    return answered


def place(client: httpx.Client, answered: httpx.Response) -> str:
    return answered.headers["Location"].removeprefix(str(client.base_url))


def test_a_student_is_created_found_by_the_key_and_changed(client, changed):
    created = post(client, "students", MAYA)
    again = post(client, "students", MAYA | {"firstName": "Maia"}, 200)
    assert again.headers["Location"] == created.headers["Location"]
    assert again.headers["ETag"] != created.headers["ETag"]
    assert client.get(place(client, created)).json()["firstName"] == "Maia"
    (row,) = held(changed.record, "select written_by, source_rows from edfi.student where student_unique_id = 'maya'")
    assert row["written_by"].startswith("Reading Trail of Reading Trail, Inc., agreement ")
    assert row["source_rows"] == []


def test_a_new_student_is_linked_by_the_next_run_as_one_who_was_asked_an_id_for(client, changed):
    post(client, "students", MAYA | {"studentUniqueId": "new-one"})
    (row,) = held(changed.record, "select * from consolidation.created_identity where unique_id = 'new-one'")
    assert (row["first_name"], row["last_name"], row["kind"]) == ("Maya", "Okafor", "Student")


def test_what_the_agreement_does_not_let_be_written_stays_as_it_is(client, changed):
    (row,) = held(changed.record, "select * from edfi.student where middle_name is not null order by id limit 1")
    document = {
        "studentUniqueId": row["student_unique_id"], "firstName": "Another", "lastSurname": row["last_surname"],
        "birthDate": row["birth_date"].isoformat(),
    }  # fmt: skip
    post(client, "students", document, 200)
    (after,) = held(changed.record, "select * from edfi.student where id = %s", row["id"])
    assert (after["first_name"], after["middle_name"]) == ("Another", row["middle_name"])
    problem = told(client.post(f"{BASE}students", json=document | {"middleName": "X"}), 403, "security:authorization")
    assert "Student.middleName" in problem["detail"]


def test_everything_that_is_wrong_is_told_at_once_by_its_path_and_no_value_of_it(client):
    wrong = {
        "studentUniqueId": "x" * 33, "firstName": " ", "birthDate": "yesterday", "shoeSize": "Okafor",
        "birthSexDescriptor": "uri://ed-fi.org/SexDescriptor#Okafor", "otherNames": [{"firstName": "M"}],
    }  # fmt: skip
    answered = client.post(f"{BASE}students", json=wrong)
    problem = told(answered, 400, "bad-request:data-validation-failed")
    assert set(problem["validationErrors"]) == {
        "$.studentUniqueId", "$.firstName", "$.lastSurname", "$.birthDate", "$.shoeSize", "$.birthSexDescriptor",
        "$.otherNames[0].lastSurname", "$.otherNames[0].otherNameTypeDescriptor",
    }  # fmt: skip
    assert "Okafor" not in answered.text


def test_a_reference_that_names_nothing_is_a_conflict_told_by_its_path(client, school):
    enrollment = {
        "studentReference": {"studentUniqueId": "nobody"}, "schoolReference": {"schoolId": 4711},
        "entryDate": "2025-08-20", "entryGradeLevelDescriptor": GRADE,
    }  # fmt: skip
    answered = client.post(f"{BASE}studentSchoolAssociations", json=enrollment)
    problem = told(answered, 409, "data-conflict:unresolved-reference")
    assert set(problem["validationErrors"]) == {"$.studentReference", "$.schoolReference"}
    plan = {"educationOrganizationId": school, "graduationPlanTypeDescriptor": GRADE, "graduationSchoolYear": 1900}
    post(client, "students", MAYA | {"studentUniqueId": "planner"})
    enrollment |= {"studentReference": {"studentUniqueId": "planner"}, "schoolReference": {"schoolId": school}}
    plan["graduationPlanTypeDescriptor"] = "uri://ed-fi.org/GraduationPlanTypeDescriptor#Minimum"
    enrollment["alternativeGraduationPlans"] = [{"alternativeGraduationPlanReference": plan}]
    problem = told(
        client.post(f"{BASE}studentSchoolAssociations", json=enrollment), 409, "data-conflict:unresolved-reference"
    )
    assert list(problem["validationErrors"]) == ["$.alternativeGraduationPlans[0].alternativeGraduationPlanReference"]


def test_ids_are_the_records_own(client):
    problem = told(
        client.post(f"{BASE}students", json=MAYA | {"id": "0" * 32}), 400, "bad-request:data-validation-failed"
    )
    assert list(problem["validationErrors"]) == ["$.id"]


def test_a_space_around_a_key_is_refused(client):
    problem = told(
        client.post(f"{BASE}students", json=MAYA | {"studentUniqueId": "maya "}), 400,
        "bad-request:data-validation-failed",
    )  # fmt: skip
    assert list(problem["validationErrors"]) == ["$.studentUniqueId"]


@pytest.mark.parametrize(
    ("body", "headers", "status", "kind"),
    [
        (b'{"firstName": ', {"Content-Type": "application/json"}, 400, "bad-request:data"),
        (b"", {"Content-Type": "application/json"}, 400, "bad-request:data"),
        (b"[" * 100_000, {"Content-Type": "application/json"}, 400, "bad-request:data"),
        (b"\xff", {"Content-Type": "application/json"}, 400, "bad-request"),
        (b"[]", {"Content-Type": "application/json"}, 400, "bad-request:data-validation-failed"),
        (b" " * 1_000_001, {"Content-Type": "application/json"}, 413, "bad-request"),
        (b"{}", {"Content-Type": "text/xml"}, 415, "unsupported-media-type"),
        (b"{}", {}, 415, "unsupported-media-type"),
    ],
)
def test_what_is_no_document_is_told_so(client, body, headers, status, kind):
    told(client.post(f"{BASE}students", content=body, headers=headers), status, kind)


@pytest.mark.parametrize(("method", "address"), [("PUT", "students"), ("DELETE", "students"), ("PATCH", "students/1")])
def test_other_methods_are_not_taken(client, method, address):
    told(client.request(method, BASE + address, json={}), 405, "method-not-allowed")


def test_a_row_is_put_only_where_it_is_what_was_read(client):
    created = post(client, "students", MAYA | {"studentUniqueId": "put-me"})
    address, tag = place(client, created), created.headers["ETag"]
    document = MAYA | {"studentUniqueId": "put-me", "firstName": "Maia"}
    put = client.put(address, json=document, headers={"If-Match": tag})
    assert put.status_code == 204
    assert client.get(address).headers["ETag"] == put.headers["ETag"] != tag
    for sent in (tag, tag.strip('"')):
        told(client.put(address, json=MAYA, headers={"If-Match": sent}), 412, "optimistic-lock-failed")
        told(client.delete(address, headers={"If-Match": sent}), 412, "optimistic-lock-failed")
    assert client.put(address, json=document, headers={"If-Match": put.headers["ETag"].strip('"')}).status_code == 204
    assert client.put(address, json=document, headers={"If-Match": "*"}).status_code == 204
    assert client.delete(address, headers={"If-Match": put.headers["ETag"]}).status_code == 204
    told(client.put(address, json=document), 404, "not-found")
    told(client.delete(address), 404, "not-found")
    told(client.put(f"{BASE}students/maya", json=document), 404, "not-found")


def test_a_key_that_the_standard_keeps_is_not_changed(client):
    created = post(client, "students", MAYA | {"studentUniqueId": "keep-me"})
    problem = told(
        client.put(place(client, created), json=MAYA | {"studentUniqueId": "other"}),
        400,
        "bad-request:data-validation-failed:key-change-not-supported",
    )
    assert "Student" in problem["detail"]


def test_a_key_that_may_change_takes_along_what_refers_to_it(client, changed, school):
    (year,) = held(changed.record, "select school_year from edfi.school_year_type order by 1 desc limit 1")
    session = {
        "sessionName": "Summer", "schoolReference": {"schoolId": school},
        "schoolYearTypeReference": {"schoolYear": year["school_year"]}, "beginDate": "2026-06-20",
        "endDate": "2026-07-20", "termDescriptor": "uri://ed-fi.org/TermDescriptor#Summer Semester",
        "totalInstructionalDays": 20,
    }  # fmt: skip
    (course,) = held(changed.record, "select * from edfi.course order by id limit 1")
    offering = {
        "localCourseCode": "SUMMER", "schoolReference": {"schoolId": school},
        "courseReference": {"courseCode": course["course_code"],
                            "educationOrganizationId": course["education_organization_id"]},
        "sessionReference": {"schoolId": school, "schoolYear": year["school_year"], "sessionName": "Summer"},
    }  # fmt: skip
    created = post(client, "sessions", session)
    post(client, "courseOfferings", offering)
    renamed = client.put(place(client, created), json=session | {"sessionName": "Summer school"})
    assert renamed.status_code == 204, renamed.text
    assert client.get(place(client, created)).headers["ETag"] == renamed.headers["ETag"]
    (row,) = held(changed.record, "select session_name from edfi.course_offering where local_course_code = 'SUMMER'")
    assert row["session_name"] == "Summer school"
    (change,) = client.get(f"{BASE}sessions/keyChanges").json()
    assert change["newKeyValues"]["sessionName"] == "Summer school"
    post(client, "sessions", session)
    taken = client.put(place(client, created), json=session)
    told(taken, 409, "data-conflict:non-unique-identity")


def test_a_key_that_the_districts_systems_say_is_changed_there(client, changed):
    (row,) = held(changed.record, "select * from edfi.session where source_rows <> '{}' order by id limit 1")
    session = {
        "sessionName": "Renamed", "schoolReference": {"schoolId": row["school_id"]},
        "schoolYearTypeReference": {"schoolYear": row["school_year"]}, "beginDate": row["begin_date"].isoformat(),
        "endDate": row["end_date"].isoformat(), "termDescriptor": row["term_descriptor"],
        "totalInstructionalDays": row["total_instructional_days"],
    }  # fmt: skip
    problem = told(client.put(f"{BASE}sessions/{row['id'].hex}", json=session), 409, "data-conflict")
    assert "next run" in problem["detail"]


def test_a_row_that_another_refers_to_is_not_deleted(client, changed):
    (row,) = held(
        changed.record,
        "select id from edfi.session where exists (select from edfi.course_offering"
        " where course_offering.session_name = session.session_name) order by id limit 1",
    )
    problem = told(client.delete(f"{BASE}sessions/{row['id'].hex}"), 409, "data-conflict:dependent-item-exists")
    assert problem["detail"].startswith("This Session can't be deleted: a ")


def test_whoever_writes_a_part_of_a_row_deletes_only_what_it_created(client, changed):
    (row,) = held(
        changed.record,
        "select id from edfi.student where source_rows <> '{}' and not exists (select from"
        " edfi.student_school_association as a where a.student_unique_id = student.student_unique_id) limit 1",
    ) or [None]
    if row is None:
        (row,) = held(changed.record, "select id from edfi.student where source_rows <> '{}' order by id limit 1")
    assert client.delete(f"{BASE}students/{row['id'].hex}").status_code in (403, 409)
    created = post(client, "students", MAYA | {"studentUniqueId": "delete-me"})
    assert client.delete(place(client, created)).status_code == 204


def test_a_school_does_not_get_the_number_of_a_district(client, changed):
    (row,) = held(changed.record, "select local_education_agency_id as id from edfi.local_education_agency limit 1")
    document = {
        "schoolId": row["id"], "nameOfInstitution": "Oak", "gradeLevels": [{"gradeLevelDescriptor": GRADE}],
        "educationOrganizationCategories": [{"educationOrganizationCategoryDescriptor":
            "uri://ed-fi.org/EducationOrganizationCategoryDescriptor#School"}],
    }  # fmt: skip
    told(client.post(f"{BASE}schools", json=document), 409, "data-conflict:non-unique-identity")


def test_what_belongs_to_a_namespace_is_written_by_its_owner(client):
    document = {
        "assessmentIdentifier": "trail-1", "namespace": "uri://reading-trail.example/tests", "assessmentTitle": "Trail",
        "academicSubjects": [
            {"academicSubjectDescriptor": "uri://ed-fi.org/AcademicSubjectDescriptor#English Language Arts"}
        ],
    }  # fmt: skip
    post(client, "assessments", document)
    for other in ("uri://ed-fi.org/Assessment", "uri://reading-trail.example.org/tests"):
        told(client.post(f"{BASE}assessments", json=document | {"namespace": other}), 403, "security:authorization")


def test_codes_are_written_in_the_namespaces_of_the_agreement(client):
    document = {
        "codeValue": "Moved", "namespace": "uri://reading-trail.example/ExitWithdrawTypeDescriptor",
        "shortDescription": "Moved", "effectiveBeginDate": "2025-08-01",
    }  # fmt: skip
    created = post(client, "exitWithdrawTypeDescriptors", document)
    address = place(client, created)
    assert client.get(address).json().items() >= document.items()
    post(client, "exitWithdrawTypeDescriptors", document, 200)
    changed = document | {"shortDescription": "Moved away"}
    put = client.put(address, json=changed, headers={"If-Match": created.headers["ETag"]})
    assert put.status_code == 204, put.text
    assert client.get(address).headers["ETag"] == put.headers["ETag"] != created.headers["ETag"]
    kind = "bad-request:data-validation-failed"
    told(client.put(address, json=changed, headers={"If-Match": '"0"'}), 412, "optimistic-lock-failed")
    told(client.put(address, json=document | {"codeValue": "M"}), 400, f"{kind}:key-change-not-supported")
    wrong = {"codeValue": "x" * 51, "namespace": "uri://reading-trail.example/Other", "effectiveEndDate": "soon"}
    problem = told(client.post(f"{BASE}exitWithdrawTypeDescriptors", json=wrong), 400, kind)
    assert set(problem["validationErrors"]) == {
        "$.codeValue", "$.namespace", "$.shortDescription", "$.effectiveEndDate"
    }  # fmt: skip
    standard = document | {"namespace": "uri://ed-fi.org/ExitWithdrawTypeDescriptor"}
    told(client.post(f"{BASE}exitWithdrawTypeDescriptors", json=standard), 403, "security:authorization")
    told(client.post(f"{BASE}sexDescriptors", json=document), 403, "security:authorization")
    assert client.delete(address).status_code == 204
    (gone,) = client.get(f"{BASE}exitWithdrawTypeDescriptors/deletes").json()
    assert gone["keyValues"] == {"codeValue": "Moved", "namespace": document["namespace"]}


def test_a_code_that_a_row_holds_is_not_deleted(client, school):
    namespace = "uri://reading-trail.example/ExitWithdrawTypeDescriptor"
    created = post(client, "exitWithdrawTypeDescriptors",
                   {"codeValue": "Held", "namespace": namespace, "shortDescription": "Held"})  # fmt: skip
    post(client, "students", MAYA | {"studentUniqueId": "holder"})
    enrollment = {
        "studentReference": {"studentUniqueId": "holder"}, "schoolReference": {"schoolId": school},
        "entryDate": "2025-08-20", "entryGradeLevelDescriptor": GRADE,
        "exitWithdrawTypeDescriptor": f"{namespace}#Held",
    }  # fmt: skip
    post(client, "studentSchoolAssociations", enrollment)
    problem = told(client.delete(place(client, created)), 409, "data-conflict:dependent-item-exists")
    assert "StudentSchoolAssociation" in problem["detail"]


def test_of_many_who_create_one_key_one_does_and_the_others_find_it(client, changed):
    def write(number: int) -> int:
        document = MAYA | {"studentUniqueId": "raced", "firstName": f"Maya {number}"}
        return client.post(f"{BASE}students", json=document).status_code

    with ThreadPoolExecutor(8) as writers:
        answers = sorted(writers.map(write, range(8)))
    assert answers == [200] * 7 + [201]
    rows = held(changed.record, "select count(*) as n from edfi.student where student_unique_id = 'raced'")
    assert rows == [{"n": 1}]


def test_of_many_who_change_what_they_read_one_does(client):
    created = post(client, "students", MAYA | {"studentUniqueId": "raced-put"})

    def write(number: int) -> int:
        document = MAYA | {"studentUniqueId": "raced-put", "firstName": f"Maya {number}"}
        headers = {"If-Match": created.headers["ETag"]}
        return client.put(place(client, created), json=document, headers=headers).status_code

    with ThreadPoolExecutor(8) as writers:
        answers = sorted(writers.map(write, range(8)))
    assert answers == [204] + [412] * 7


def test_each_write_is_on_the_record_of_writes(client, changed):
    created = post(client, "students", MAYA | {"studentUniqueId": "noted"})
    address = place(client, created)
    client.put(address, json=MAYA | {"studentUniqueId": "noted", "firstName": "Maia"})
    client.put(address, json=MAYA | {"studentUniqueId": "noted", "firstName": "Maia"})
    client.delete(address)
    rows = held(
        changed.record,
        "select resource, what from access.record_write where replace(row_id::text, '-', '') = %s order by id",
        address.rpartition("/")[2],
    )
    assert [(row["resource"], row["what"]) for row in rows] == [
        ("Student", "created"), ("Student", "changed"), ("Student", "deleted")
    ]  # fmt: skip


def test_while_a_batch_is_on_its_way_nothing_is_written(client, changed):
    with psycopg.connect(changed.record) as record:
        record.execute("select pg_advisory_xact_lock(%s)", [PUBLISHING])
        answered = client.post(f"{BASE}students", json=MAYA | {"studentUniqueId": "later"})
        told(answered, 503, "service-unavailable")
        assert int(answered.headers["Retry-After"]) > 0
    post(client, "students", MAYA | {"studentUniqueId": "later"})


def test_an_app_that_may_write_nothing_of_a_resource_is_told_so(client):
    problem = told(client.post(f"{BASE}contacts", json={}), 403, "security:authorization")
    assert "Contact" in problem["detail"]
    told(client.post(f"{BASE}shoes", json={}), 404, "not-found")
    anonymous = httpx.post(f"{client.base_url}{BASE}students", json=MAYA)
    assert anonymous.status_code == 401
