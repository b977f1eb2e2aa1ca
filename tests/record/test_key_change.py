"""A row gets another natural key, and all that refers to it follows."""

import json

import pytest
from district import DISTRICT, MAYA, OAK, PERIOD, PROGRAM

from homeroom.record.document import InvalidDocument
from homeroom.record.key_change import change_key
from homeroom.record.query import one
from homeroom.record.upsert import KeyTaken, upsert


@pytest.fixture
def rows(connection):
    return {name: upsert(connection, name, document, "test") for name, document in DISTRICT.items()}


def read(connection, rows, resource: str) -> dict:
    return json.loads(one(connection, resource, rows[resource].id))


def version(connection, rows, resource: str) -> int:
    return int(read(connection, rows, resource)["_etag"])


def log(connection) -> dict[str, tuple[dict, dict, str]]:
    found = connection.execute("select resource, old_key_values, new_key_values, changed_by from edfi.key_change")
    return {resource: rest for resource, *rest in found.fetchall()}


def test_a_student_gets_another_number_and_keeps_enrollment_and_participation(connection, rows):
    changed = change_key(connection, "Student", rows["Student"].id, MAYA | {"studentUniqueId": "901"}, "registration")
    assert (changed.id, changed.created) == (rows["Student"].id, False)
    for resource in ("StudentSchoolAssociation", "StudentProgramAssociation"):
        assert read(connection, rows, resource)["studentReference"] == {"studentUniqueId": "901"}


def test_whatever_follows_gets_a_change_version_and_nothing_else_does(connection, rows):
    last = max(row.change_version for row in rows.values())
    change_key(connection, "Student", rows["Student"].id, MAYA | {"studentUniqueId": "901"}, "registration")
    followed = {name for name in rows if version(connection, rows, name) > last}
    assert followed == {"Student", "StudentSchoolAssociation", "StudentProgramAssociation"}


def test_the_log_tells_the_old_and_the_new_key_of_every_row_whose_key_changed(connection, rows):
    change_key(connection, "Student", rows["Student"].id, MAYA | {"studentUniqueId": "901"}, "registration")
    told = log(connection)
    assert told["Student"] == [{"studentUniqueId": "900"}, {"studentUniqueId": "901"}, "registration"]
    assert set(told) == {"Student", "StudentSchoolAssociation", "StudentProgramAssociation"}


def test_a_school_gets_another_number_wherever_it_is_named_over_several_ways(connection, rows):
    change_key(connection, "School", rows["School"].id, OAK | {"schoolId": 2002}, "registration")
    session = read(connection, rows, "Session")
    assert session["schoolReference"] == {"schoolId": 2002}
    assert session["gradingPeriods"][0]["gradingPeriodReference"]["schoolId"] == 2002
    participation = read(connection, rows, "StudentProgramAssociation")
    assert participation["programReference"]["educationOrganizationId"] == 2002
    assert participation["educationOrganizationReference"] == {"educationOrganizationId": 2002}


def test_a_reference_inside_a_collection_follows(connection, rows):
    renamed = PERIOD | {"gradingPeriodName": "Autumn"}
    change_key(connection, "GradingPeriod", rows["GradingPeriod"].id, renamed, "registration")
    session = read(connection, rows, "Session")
    assert session["gradingPeriods"][0]["gradingPeriodReference"]["gradingPeriodName"] == "Autumn"
    assert int(session["_etag"]) > rows["Session"].change_version


def test_a_program_is_renamed_with_its_participations(connection, rows):
    change_key(connection, "Program", rows["Program"].id, PROGRAM | {"programName": "Chess club"}, "registration")
    assert read(connection, rows, "StudentProgramAssociation")["programReference"]["programName"] == "Chess club"


def test_the_other_values_of_the_document_are_written_too(connection, rows):
    document = MAYA | {"studentUniqueId": "901", "firstName": "Maia"}
    change_key(connection, "Student", rows["Student"].id, document, "registration")
    assert read(connection, rows, "Student")["firstName"] == "Maia"


def test_a_key_that_another_row_has_is_refused_and_nothing_changes(connection, rows):
    upsert(connection, "Student", MAYA | {"studentUniqueId": "901"}, "test")
    with pytest.raises(KeyTaken, match="Another row of the record has the key that this Student was to get"):
        change_key(connection, "Student", rows["Student"].id, MAYA | {"studentUniqueId": "901"}, "registration")
    assert version(connection, rows, "Student") == rows["Student"].change_version


def test_a_new_key_must_name_what_is_there(connection, rows):
    enrollment = DISTRICT["StudentSchoolAssociation"] | {"schoolReference": {"schoolId": 3003}}
    with pytest.raises(InvalidDocument, match="schoolReference names a school that the record does not hold"):
        change_key(connection, "StudentSchoolAssociation", rows["StudentSchoolAssociation"].id, enrollment, "test")
