"""A row that nothing refers to can be deleted, and leaves word of it."""

from uuid import uuid4

import pytest
from district import DISTRICT

from homeroom.record.deletion import NotThere, StillReferredTo, delete
from homeroom.record.query import one
from homeroom.record.upsert import upsert


@pytest.fixture
def ids(connection):
    return {name: upsert(connection, name, document, "test").id for name, document in DISTRICT.items()}


def test_a_deleted_row_is_gone_and_a_tombstone_tells_its_key(connection, ids):
    newest = upsert(connection, "Student", DISTRICT["Student"] | {"firstName": "Maia"}, "test").change_version
    version = delete(connection, "StudentSchoolAssociation", ids["StudentSchoolAssociation"], "registration")
    assert version > newest
    assert one(connection, "StudentSchoolAssociation", ids["StudentSchoolAssociation"]) is None
    assert connection.execute(
        "select resource, id, key_values, deleted_by from edfi.tombstone where change_version = %s", [version]
    ).fetchone() == (
        "StudentSchoolAssociation",
        ids["StudentSchoolAssociation"],
        {"studentUniqueId": "900", "schoolId": 1001, "entryDate": "2025-08-20"},
        "registration",
    )


@pytest.mark.parametrize(
    ("resource", "by"),
    [("Session", None), ("SchoolYearType", "GradingPeriod"), ("Student", "StudentSchoolAssociation")],
)
def test_a_row_that_another_refers_to_stays_and_the_sentence_names_the_other(connection, ids, resource, by):
    if by is None:
        assert delete(connection, resource, ids[resource], "test")
        return
    with pytest.raises(StillReferredTo) as raised:
        delete(connection, resource, ids[resource], "test")
    assert f"This {resource} can't be deleted: a {raised.value.by} in the record refers to it." in str(raised.value)
    assert one(connection, resource, ids[resource]) is not None


def test_a_row_that_is_named_inside_a_collection_stays_too(connection, ids):
    with pytest.raises(StillReferredTo, match="a Session in the record refers to it"):
        delete(connection, "GradingPeriod", ids["GradingPeriod"], "test")


def test_the_number_of_a_deleted_school_is_free_for_a_district(connection):
    school = upsert(connection, "School", DISTRICT["School"], "test").id
    delete(connection, "School", school, "test")
    district = {
        "localEducationAgencyId": 1001,
        "nameOfInstitution": "Maple Grove",
        "categories": DISTRICT["School"]["educationOrganizationCategories"],
        "localEducationAgencyCategoryDescriptor": "uri://ed-fi.org/LocalEducationAgencyCategoryDescriptor#Independent",
    }
    assert upsert(connection, "LocalEducationAgency", district, "test").created


def test_what_is_not_there_can_not_be_deleted(connection):
    with pytest.raises(NotThere, match="has no Student with this id"):
        delete(connection, "Student", uuid4(), "test")
