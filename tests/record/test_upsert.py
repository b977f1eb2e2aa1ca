"""A valid document of any resource goes into the record and comes out the same; a wrong one is told what is wrong."""

import json

import psycopg
import pytest
from documents import Maker, add_codes, any_document, write_what_it_refers_to
from hypothesis import HealthCheck, given, settings

from homeroom.model import RESOURCES
from homeroom.model.declaration import Reference
from homeroom.record.document import InvalidDocument
from homeroom.record.query import one, page
from homeroom.record.upsert import KeyTaken, upsert

MAYA = {"studentUniqueId": "900", "firstName": "Maya", "lastSurname": "Okafor", "birthDate": "2016-03-01"}
GRADE = "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade"
OAK = {
    "schoolId": 1001,
    "nameOfInstitution": "Oak Elementary",
    "gradeLevels": [{"gradeLevelDescriptor": GRADE}],
    "educationOrganizationCategories": [
        {"educationOrganizationCategoryDescriptor": "uri://ed-fi.org/EducationOrganizationCategoryDescriptor#School"}
    ],
}
ENROLLMENT = {
    "studentReference": {"studentUniqueId": "900"},
    "schoolReference": {"schoolId": 1001},
    "entryDate": "2025-08-20",
    "entryGradeLevelDescriptor": GRADE,
}


def comes_out(connection: psycopg.Connection, resource: str, id_) -> dict:
    answer = json.loads(one(connection, resource, id_))
    return {name: value for name, value in answer.items() if name not in ("id", "_etag", "_lastModifiedDate")}


def undone(connection: psycopg.Connection):
    """A block whose writes are undone at its end."""
    return connection.transaction(force_rollback=True)


@pytest.mark.parametrize("resource", RESOURCES)
def test_the_least_that_the_standard_requires_of_a_resource_goes_in_and_comes_out(connection, resource):
    add_codes(connection)
    document = Maker().document(resource)
    write_what_it_refers_to(connection, resource, document)
    written = upsert(connection, resource, document, "test")
    assert comes_out(connection, resource, written.id).items() >= document.items()


@given(pair=any_document())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_valid_comes_out_as_it_went_in_and_again_changes_nothing(connection, pair):
    resource, document = pair
    with undone(connection):
        add_codes(connection)
        write_what_it_refers_to(connection, resource, document)
        written = upsert(connection, resource, document, "test")
        answer = comes_out(connection, resource, written.id)
        implied = {name: value for name, value in answer.items() if name not in document}
        assert {name: answer.get(name) for name in document} == document
        assert all(isinstance(RESOURCES[resource].members[name], Reference) for name in implied)
        again = upsert(connection, resource, answer, "another app")
        assert (again.id, again.created, again.change_version) == (written.id, False, written.change_version)


def test_a_document_of_the_same_key_changes_the_row_and_takes_a_higher_change_version(connection):
    first = upsert(connection, "Student", MAYA, "registration")
    second = upsert(connection, "Student", MAYA | {"firstName": "Maia"}, "registration")
    assert (second.id, second.created) == (first.id, False)
    assert second.change_version > first.change_version
    assert comes_out(connection, "Student", first.id)["firstName"] == "Maia"


def test_what_a_document_leaves_out_becomes_empty(connection):
    first = upsert(connection, "Student", MAYA | {"middleName": "Ada"}, "registration")
    upsert(connection, "Student", MAYA, "registration")
    assert comes_out(connection, "Student", first.id) == MAYA


def test_who_wrote_a_row_is_kept_with_it(connection):
    upsert(connection, "Student", MAYA, "registration")
    assert connection.execute("select written_by, source_rows from edfi.student").fetchone() == ("registration", [])


WRONG = [
    ({"lastSurname": None}, "lastSurname is required."),
    ({"firstName": "x" * 76}, "firstName is longer than 75 characters."),
    ({"firstName": "  "}, "firstName must not be empty."),
    ({"firstName": "a\0b"}, "firstName holds a character that no text can have."),
    ({"birthDate": "03/01/2016"}, "birthDate must be a date such as 2025-08-20."),
    ({"birthDate": "2016-02-30"}, "birthDate must be a date such as 2025-08-20."),
    ({"multipleBirthStatus": "yes"}, "multipleBirthStatus must be true or false."),
    ({"shoeSize": 34}, "shoeSize is no field of a Student."),
    (
        {"birthSexDescriptor": "Female"},
        "birthSexDescriptor must be the URI of a SexDescriptor, such as uri://ed-fi.org/SexDescriptor#…",
    ),
    (
        {"birthSexDescriptor": "uri://ed-fi.org/SexDescriptor#Femme"},
        "birthSexDescriptor is none of the record's values of SexDescriptor.",
    ),
    ({"identificationDocuments": {}}, "identificationDocuments must be a list."),
    ({"otherNames": [{"firstName": "M"}]}, "otherNames[0].lastSurname is required."),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG)
def test_what_is_wrong_is_told_in_a_sentence_and_nothing_is_written(connection, change, sentence):
    with pytest.raises(InvalidDocument) as raised:
        upsert(connection, "Student", MAYA | change, "registration")
    assert sentence.removesuffix("…") in str(raised.value)
    assert page(connection, "Student").rows == 0


def test_all_that_is_wrong_is_told_at_once(connection):
    with pytest.raises(InvalidDocument) as raised:
        upsert(connection, "StudentSchoolAssociation", ENROLLMENT, "registration")
    assert raised.value.problems == (
        "schoolReference names a school that the record does not hold.",
        "studentReference names a student that the record does not hold.",
    )


def test_a_reference_inside_a_collection_must_mean_something_too(connection):
    upsert(connection, "School", OAK, "test")
    upsert(connection, "Student", MAYA, "test")
    plan = {
        "educationOrganizationId": 1001,
        "graduationPlanTypeDescriptor": "uri://ed-fi.org/GraduationPlanTypeDescriptor#Minimum",
        "graduationSchoolYear": 2030,
    }
    with pytest.raises(InvalidDocument) as raised:
        upsert(
            connection,
            "StudentSchoolAssociation",
            ENROLLMENT | {"alternativeGraduationPlans": [{"alternativeGraduationPlanReference": plan}]},
            "test",
        )
    assert raised.value.problems == (
        "alternativeGraduationPlans[0].alternativeGraduationPlanReference names a graduation plan that the record does "
        "not hold.",
    )


def test_values_that_the_standard_calls_equal_must_be_equal(connection):
    upsert(connection, "School", OAK, "test")
    upsert(connection, "Student", MAYA, "test")
    calendar = {"calendarCode": "2026", "schoolId": 1002, "schoolYear": 2026}
    with pytest.raises(InvalidDocument, match=r"schoolId and .*schoolId must be the same"):
        upsert(connection, "StudentSchoolAssociation", ENROLLMENT | {"calendarReference": calendar}, "test")


def test_two_items_of_a_collection_must_differ_in_what_makes_them_unique(connection):
    with pytest.raises(InvalidDocument, match=r"gradeLevels\[1\] has the same gradeLevelDescriptor as another"):
        upsert(connection, "School", OAK | {"gradeLevels": OAK["gradeLevels"] * 2}, "test")


def test_a_school_can_not_have_the_number_of_a_district(connection):
    district = {
        "localEducationAgencyId": 1001,
        "nameOfInstitution": "Maple Grove",
        "categories": OAK["educationOrganizationCategories"],
        "localEducationAgencyCategoryDescriptor": "uri://ed-fi.org/LocalEducationAgencyCategoryDescriptor#Independent",
    }
    upsert(connection, "LocalEducationAgency", district, "test")
    with pytest.raises(KeyTaken, match="holds a LocalEducationAgency with the key of this School"):
        upsert(connection, "School", OAK, "test")
