"""The declared descriptor types are those of the Ed-Fi Data Standard 5.2, each with the standard's own values."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from homeroom.model import DESCRIPTORS, RESOURCES
from homeroom.model.declaration import PrivacyClass, code, descriptor
from homeroom.model.descriptor import UnknownDescriptor

STANDARDS = Path(__file__).parents[3] / "shared" / "standards"


@pytest.fixture(scope="module")
def facts() -> dict[str, str]:
    """The endpoint of each descriptor type, by its name."""
    path = STANDARDS / "edfi-5.2-facts.json"
    if not path.is_file():
        pytest.skip("the standard's facts, ../shared/standards, are not here")
    return {fact["name"]: fact["endpoint"] for fact in json.loads(path.read_text())["descriptors"]}


@pytest.fixture(scope="module")
def values() -> dict[str, list[str]]:
    """The URIs that the standard ships, by the name of their type."""
    path = STANDARDS / "edfi-5.2-descriptors.tsv"
    if not path.is_file():
        pytest.skip("the standard's descriptor values, ../shared/standards, are not here")
    found = defaultdict(list)
    for line in path.read_text().splitlines()[1:]:
        name, namespace, value = line.split("\t")
        found[name].append(f"{namespace}#{value}")
    return found


def test_every_descriptor_type_is_declared_and_no_other(facts):
    assert len(facts) == 211
    assert set(DESCRIPTORS) == set(facts)


def test_every_descriptor_type_has_the_standards_endpoint(facts):
    assert {name: type_.endpoint for name, type_ in DESCRIPTORS.items()} == facts


def test_every_descriptor_type_has_the_standards_values_and_no_other(values):
    declared = {name: [type_.uri(value) for value in type_.values()] for name, type_ in DESCRIPTORS.items()}
    assert {name: uris for name, uris in declared.items() if uris} == values


def test_no_value_is_written_twice():
    for name, type_ in DESCRIPTORS.items():
        assert len(type_.values()) == len(set(type_.values())), name


def test_every_descriptor_type_says_in_a_sentence_what_it_tells():
    for name, type_ in DESCRIPTORS.items():
        assert type_.description[0].isupper(), name
        assert type_.description.endswith("."), name
    assert len({type_.description for type_ in DESCRIPTORS.values()}) == len(DESCRIPTORS)


def test_every_descriptor_type_is_used_by_some_field():
    used = {field.type.descriptor for definition in RESOURCES.values() for field in definition.fields.values()}
    assert used - {None} == set(DESCRIPTORS)


@pytest.mark.parametrize("declare", [lambda name: descriptor(name, PrivacyClass.PUBLIC), code])
def test_a_field_of_a_descriptor_type_that_is_not_declared_does_not_load(declare):
    with pytest.raises(UnknownDescriptor, match="SockColorDescriptor"):
        declare("SockColorDescriptor")


def test_a_value_is_written_as_its_uri():
    assert DESCRIPTORS["SexDescriptor"].uri("Female") == "uri://ed-fi.org/SexDescriptor#Female"
