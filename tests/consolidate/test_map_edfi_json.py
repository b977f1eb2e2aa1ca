"""Ed-Fi resources as JSON are staged as their fields stand, and what has no place is told."""

import json

import pyarrow.parquet as pq
import pytest

from homeroom.consolidate.map_edfi_json import map_tables
from homeroom.sources import edfi_json
from homeroom.sources.delivery import land
from homeroom.sources.edfi_json import resource_of
from homeroom.sources.report import Report

STUDENT = {
    "studentUniqueId": "1001",
    "firstName": "Ana",
    "lastSurname": "Ortiz",
    "birthDate": "2011-09-14",
    "_etag": "5250168731208835753",
    "id": "0a1b",
}
ENROLLMENT = {
    "studentReference": {"studentUniqueId": "1001", "link": {"rel": "Student", "href": "/ed-fi/students/0a1b"}},
    "schoolReference": {"schoolId": 255901001},
    "entryDate": "2025-08-18",
    "entryGradeLevelDescriptor": "uri://ed-fi.org/GradeLevelDescriptor#Eighth grade",
    "primarySchool": True,
}
AT_SCHOOL = {
    "studentReference": {"studentUniqueId": "1001"},
    "educationOrganizationReference": {"educationOrganizationId": 255901001},
    "races": [{"raceDescriptor": "uri://ed-fi.org/RaceDescriptor#White"}],
    "addresses": [],
}


@pytest.fixture
def mapped(tmp_path):
    """The staged rows of documents by file, and the problems."""

    def map_files(**files):
        sent = tmp_path / "sent"
        sent.mkdir()
        for name, content in files.items():
            text = content if isinstance(content, str) else "\n".join(map(json.dumps, content))
            (sent / f"{name}.jsonl").write_text(text)
        report = Report()
        delivery = land("ods", "edfi-json", sent, tmp_path / "landing", 1)
        tables = edfi_json.read(delivery, tmp_path / "tables", report)
        staged = map_tables(tables, "ods", tmp_path / "mapped" / "tables", report)
        return {one.resource: pq.read_table(one.path).to_pylist() for one in staged}, report.table().to_pylist()

    return map_files


@pytest.mark.parametrize(
    ("path", "resource"),
    [
        ("students.jsonl", "Student"),
        ("ed-fi/studentSchoolAssociations/part-1.json", "StudentSchoolAssociation"),
        ("Student.json", "Student"),
        ("gradeLevelDescriptors.ndjson", "GradeLevelDescriptor"),
        ("parents.jsonl", "Contact"),
        ("notes/readme.json", None),
    ],
)
def test_a_file_or_its_folder_is_named_for_its_resource(path, resource):
    assert resource_of(path) == resource


def test_values_references_and_collections_come_as_they_stand(mapped):
    staged, problems = mapped(
        students=[STUDENT],
        studentSchoolAssociations=[ENROLLMENT],
        studentEducationOrganizationAssociations=[AT_SCHOOL],
    )
    assert problems == []
    assert staged["Student"][0].items() >= {"student_unique_id": "1001", "birth_date": "2011-09-14"}.items()
    (enrollment,) = staged["StudentSchoolAssociation"]
    assert enrollment.items() >= {"school_id": "255901001", "primary_school": "true"}.items()
    (at_school,) = staged["StudentEducationOrganizationAssociation"]
    assert json.loads(at_school["races"]) == AT_SCHOOL["races"]
    assert at_school["addresses"] == "[]"


def test_the_names_of_versions_before_five_are_understood(mapped):
    staged, problems = mapped(
        parents=[{"parentUniqueId": "7", "firstName": "Eva", "lastSurname": "Ortiz"}],
        studentParentAssociations=[
            {"parentReference": {"parentUniqueId": "7"}, "studentReference": {"studentUniqueId": "1001"}}
        ],
    )
    assert problems == []
    assert staged["Contact"][0]["contact_unique_id"] == "7"
    assert staged["StudentContactAssociation"][0]["contact_unique_id"] == "7"


def test_what_the_model_has_no_place_for_is_told_with_its_path(mapped):
    document = STUDENT | {
        "shoeSize": 38,
        "_ext": {"TX": {"x": 1}},
        "otherNames": [{"otherNameTypeDescriptor": "Alias", "firstName": "A", "lastSurname": "B", "tone": "low"}],
        "personReference": {"personId": "1", "sourceSystemDescriptor": "x", "mood": "good"},
    }
    _, problems = mapped(students=[document, STUDENT | {"shoeSize": None}])
    told = {(one["rule"], one["field"].replace('"', ""), one["source_row"] & 0xFFFF) for one in problems}
    assert told == {
        ("field-unknown", field, 1) for field in ("shoeSize", "_ext", "otherNames.tone", "personReference.mood")
    }


def test_a_line_that_is_no_document_is_set_aside_with_its_line(mapped):
    staged, problems = mapped(students=f"{json.dumps(STUDENT)}\nnonsense\n[1]\n")
    assert len(staged["Student"]) == 1
    assert [(one["rule"], one["source_row"] & 0xFFFF) for one in problems] == [
        ("document-unreadable", 2),
        ("document-unreadable", 3),
    ]


def test_codes_of_its_own_are_noted(mapped, tmp_path):
    code = {"namespace": "uri://ods.example/ProgramTypeDescriptor", "codeValue": "Band", "shortDescription": "Band"}
    mapped(programTypeDescriptors=[code])
    (noted,) = pq.read_table(tmp_path / "mapped" / "descriptors.parquet").to_pylist()
    assert (noted["uri"], noted["descriptor_type"]) == (
        "uri://ods.example/ProgramTypeDescriptor#Band",
        "ProgramTypeDescriptor",
    )


def test_a_file_that_is_named_for_nothing_is_kept_and_told(mapped):
    _, problems = mapped(students=[STUDENT], holidays=[{"a": 1}])
    assert [one["rule"] for one in problems] == ["unknown-file"]


@pytest.mark.parametrize(
    "document",
    [
        {"studentUniqueId": "1", "socialSecurityNumber": "1"},
        {"studentUniqueId": "1", "note": "219-09-9999"},
        {
            "codes": [
                {"studentIdentificationSystemDescriptor": "uri://ed-fi.org/StudentIdentificationSystemDescriptor#SSN"}
            ]
        },
    ],
)
def test_social_security_numbers_are_refused_in_json_too(tmp_path, document):
    (tmp_path / "students.jsonl").write_text(json.dumps(document))
    delivery = land("ods", "edfi-json", tmp_path / "students.jsonl", tmp_path / "landing", 1)
    assert [file.rule for file in delivery.refused] == ["social-security-numbers"]


def test_a_property_for_such_numbers_that_is_empty_is_no_reason(tmp_path):
    (tmp_path / "students.jsonl").write_text('{"studentUniqueId": "1", "ssn": null, "socialSecurityNumber": ""}')
    delivery = land("ods", "edfi-json", tmp_path / "students.jsonl", tmp_path / "landing", 1)
    assert delivery.refused == ()
