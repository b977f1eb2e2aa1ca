"""Codes are the standard's, or a source's own; nobody adds to the standard's."""

import json

import pytest
from batches import batch

from homeroom.record.descriptors import unknown
from homeroom.record.publish import publish

GRADE = "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade"
STUDENT = {"student_unique_id": "900", "first_name": "Maya", "last_surname": "Okafor", "birth_date": "2016-03-01"}


def school(**values: object) -> dict[str, object]:
    return {
        "school_id": 1001,
        "name_of_institution": "Oak Elementary",
        "grade_levels": json.dumps([{"gradeLevelDescriptor": GRADE}]),
        "education_organization_categories": "[]",
    } | values


def is_known(connection, uri: str) -> bool:
    type_ = uri.partition("#")[0].rpartition("/")[2]
    return not unknown(connection, [(type_, uri)])


def test_the_record_knows_the_values_of_the_standard_from_the_beginning(connection):
    assert is_known(connection, GRADE)
    assert not is_known(connection, "uri://ed-fi.org/GradeLevelDescriptor#Class of owls")


def test_a_value_is_known_for_its_own_type_only(connection):
    assert unknown(connection, [("SexDescriptor", GRADE)]) == {("SexDescriptor", GRADE)}


@pytest.mark.parametrize(
    ("resource", "rows"),
    [
        ("Student", [STUDENT | {"birth_sex_descriptor": "uri://maple-grove.example/SexDescriptor#Owl"}]),
        (
            "School",
            [school(grade_levels='[{"gradeLevelDescriptor": "uri://maple-grove.example/GradeLevelDescriptor#Owl"}]')],
        ),
    ],
)
def test_a_batch_adds_a_value_in_a_namespace_of_its_source(connection, resource, rows):
    published = publish(connection, {resource: batch(resource, *rows)})
    assert (published.inserted[resource], published.refused) == (1, ())
    added = connection.execute(
        "select namespace, code_value from edfi.descriptor where uri like 'uri://maple-grove.example/%'"
    ).fetchall()
    assert [(namespace.rpartition("/")[0], code) for namespace, code in added] == [("uri://maple-grove.example", "Owl")]


@pytest.mark.parametrize(
    ("resource", "row", "field"),
    [
        ("Student", STUDENT | {"birth_sex_descriptor": "uri://ed-fi.org/SexDescriptor#Owl"}, "birthSexDescriptor"),
        ("Student", STUDENT | {"birth_sex_descriptor": GRADE}, "birthSexDescriptor"),
        ("Student", STUDENT | {"birth_sex_descriptor": "F"}, "birthSexDescriptor"),
        (
            "School",
            school(grade_levels='[{"gradeLevelDescriptor": "uri://ed-fi.org/GradeLevelDescriptor#Owl"}]'),
            "gradeLevels[*].gradeLevelDescriptor",
        ),
    ],
)
def test_a_row_with_an_unknown_code_of_the_standard_is_refused_with_its_source_row(connection, resource, row, field):
    published = publish(connection, {resource: batch(resource, row, source_row=77)})
    assert published.inserted[resource] == 0
    assert [(refused.source_rows, refused.field) for refused in published.refused] == [((77,), field)]
