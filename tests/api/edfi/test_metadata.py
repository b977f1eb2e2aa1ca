"""What is served is described: in OpenAPI, and in the order in which it can be loaded."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate

from homeroom.api.edfi.openapi import descriptors_document, resources_document
from homeroom.model import DESCRIPTORS, RESOURCES
from homeroom.model.columns import foreign_keys


@pytest.fixture(scope="module")
def metadata(served) -> dict[str, dict[str, Any]]:
    """The documents that the interface names, by their names."""
    told = served.client.get("/api/metadata").json()
    return {one["name"]: served.client.get(one["endpointUri"]).json() for one in told}


def test_every_resource_and_descriptor_is_described(metadata):
    endpoints = {definition.endpoint for definition in RESOURCES.values()}
    assert {path.split("/")[2] for path in metadata["Resources"]["paths"]} == endpoints
    endpoints = {type_.endpoint for type_ in DESCRIPTORS.values()}
    assert {path.split("/")[2] for path in metadata["Descriptors"]["paths"]} == endpoints


@pytest.mark.parametrize("document", [resources_document, descriptors_document])
def test_the_descriptions_are_openapi(document):
    validate(document("https://homeroom.springfield.example/api"))


def test_each_resource_and_descriptor_can_be_written_as_far_as_the_descriptions_go(metadata):
    for name in ("Resources", "Descriptors"):
        for path, operations in metadata[name]["paths"].items():
            expected = {2: {"get", "post"}, 3: {"get"}}[path.count("/")]
            assert set(operations) == ({"get", "put", "delete"} if path.endswith("{id}") else expected)


def test_what_is_required_is_described_with_what_is_sent_and_not_with_answers(metadata):
    students, schemas = (metadata["Resources"][part] for part in ("paths", "components"))
    body = students["/ed-fi/students"]["post"]["requestBody"]["content"]["application/json"]
    assert body["schema"] == {"$ref": "#/components/schemas/edFi_student"}
    required = schemas["schemas"]["edFi_student"]["required"]
    assert set(required) == {"studentUniqueId", "firstName", "lastSurname", "birthDate"}
    answer = students["/ed-fi/students"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer["items"] == {"$ref": "#/components/schemas/edFi_student_readable"}
    of_answers = [schema for name, schema in schemas["schemas"].items() if name.endswith("_readable")]
    assert len(of_answers) > len(RESOURCES)
    assert not any("required" in schema for schema in of_answers)


def test_what_makes_a_row_or_an_item_unique_is_marked(metadata):
    schemas = metadata["Resources"]["components"]["schemas"]

    def marked(name: str) -> set[str]:
        return {part for part, one in schemas[name]["properties"].items() if one.get("x-Ed-Fi-isIdentity")}

    assert marked("edFi_student") == {"studentUniqueId"}
    assert marked("edFi_studentSchoolAssociation") == {"entryDate"}
    assert marked("edFi_studentSchoolAssociation_schoolReference") == {"schoolId"}
    assert marked("edFi_studentSchoolAssociation_calendarReference") == set()
    (other_names,) = [name for name in schemas if name.startswith("edFi_student_") and name.endswith("OtherName")]
    assert marked(other_names) == {"otherNameTypeDescriptor"}


def test_the_keys_that_can_change_are_those_of_the_standard_and_documented(metadata):
    changing = {
        path.split("/")[2]
        for path, operations in metadata["Resources"]["paths"].items()
        if operations.get("put", {}).get("x-Ed-Fi-isUpdatable")
    }
    names = {name for name, definition in RESOURCES.items() if definition.endpoint in changing}
    page = (Path(__file__).parents[3] / "docs" / "reference" / "edfi-api.md").read_text()
    said = page.partition("may change the natural key of")[2].partition(", as in the ODS/API")[0]
    assert set(re.findall(r"`(\w+)`", said)) == names
    assert len(names) == 8


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from [inner] if name == "$ref" else references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_every_name_in_a_description_is_there(metadata):
    for document in metadata.values():
        parts = document["components"]
        named = {tuple(reference.split("/")[2:]) for reference in references(document)}
        assert named <= {(part, name) for part in parts for name in parts[part]}


def test_each_resource_comes_after_those_that_it_refers_to(served):
    told = served.client.get("/api/metadata/data/v3/dependencies").json()
    places = {one["resource"].removeprefix("/ed-fi/"): one["order"] for one in told}
    assert len(places) == len(RESOURCES) + len(DESCRIPTORS)
    assert {places[type_.endpoint] for type_ in DESCRIPTORS.values()} == {1}
    for resource, definition in RESOURCES.items():
        for foreign in foreign_keys(resource):
            if foreign.target in RESOURCES and foreign.target != resource:
                assert places[RESOURCES[foreign.target].endpoint] < places[definition.endpoint]


def test_a_description_that_the_client_has_already_is_not_sent_again(served):
    address = "/api/metadata/data/v3/descriptors/swagger.json"
    tag = served.client.get(address).headers["ETag"]
    for sent in (tag, f"W/{tag}", tag.strip('"')):
        again = served.client.get(address, headers={"If-None-Match": sent})
        assert (again.status_code, again.content) == (304, b"")
    assert served.client.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


def test_answers_are_compressed_where_it_is_asked_for(served):
    address = "/api/metadata/data/v3/descriptors/swagger.json"
    assert served.client.get(address, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in served.client.get(address, headers={"Accept-Encoding": "identity"}).headers
