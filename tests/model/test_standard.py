"""The declarations are the Ed-Fi Data Standard 5.2: nothing of it is missing, and nothing is different."""

import json
from pathlib import Path

import pytest

from homeroom.model import RESOURCES
from homeroom.model.columns import columns, foreign_keys, key_columns

# The facts list no key for this one; the standard's key is its two references.
KEY_NOT_IN_THE_FACTS = "SurveySectionResponseEducationOrganizationTargetAssociation"


@pytest.fixture(scope="module")
def facts() -> dict:
    path = Path(__file__).parents[3] / "shared" / "standards" / "edfi-5.2-facts.json"
    if not path.is_file():
        pytest.skip("the standard's facts, ../shared/standards, are not here")
    return json.loads(path.read_text())["resources"]


def test_every_resource_is_declared_and_no_other(facts):
    assert set(RESOURCES) == set(facts)


def test_every_resource_has_the_standards_endpoint(facts):
    assert {name: d.endpoint for name, d in RESOURCES.items()} == {name: f["endpoint"] for name, f in facts.items()}


def test_every_resource_is_identified_by_the_standards_key(facts):
    for name, fact in facts.items():
        if name != KEY_NOT_IN_THE_FACTS:
            assert sorted(RESOURCES[name].key) == sorted(fact["key"]), name


def test_every_field_has_the_standards_type_and_is_required_where_the_standard_says_so(facts):
    for name, fact in facts.items():
        declared = {path: (str(f.type), f.required) for path, f in RESOURCES[name].fields.items()}
        assert declared == {path: (f["type"], f.get("required", False)) for path, f in fact["fields"].items()}, name


def test_every_reference_names_the_standards_target_by_the_standards_parts(facts):
    for name, fact in facts.items():
        declared = {
            path: (r.target, r.required, sorted((part, str(type_)) for part, type_ in r.parts))
            for path, r in RESOURCES[name].references.items()
        }
        assert declared == {
            path: (r["target"], r["required"], sorted((part["name"], part["type"]) for part in r["parts"]))
            for path, r in fact.get("references", {}).items()
        }, name


def test_an_item_of_a_collection_is_unique_by_what_the_standard_says(facts):
    for name, fact in facts.items():
        declared = {path: list(c.unique_by) for path, c in RESOURCES[name].collections.items() if not c.single}
        assert declared == {path: c["unique_by"] for path, c in fact.get("collections", {}).items()}, name


def test_values_that_the_standard_says_must_be_equal_are_declared_so(facts):
    for name, fact in facts.items():
        assert [list(pair) for pair in RESOURCES[name].equal] == fact.get("equal", []), name


@pytest.mark.parametrize("resource", sorted(RESOURCES))
def test_a_reference_carries_the_whole_key_of_its_target(resource):
    for foreign in foreign_keys(resource):
        if foreign.target in RESOURCES:
            assert sorted(foreign.target_columns) == sorted(key_columns(foreign.target)), foreign.path


@pytest.mark.parametrize("resource", sorted(RESOURCES))
def test_no_two_columns_of_a_table_have_one_name(resource):
    names = [column.name for column in columns(resource)]
    assert len(names) == len(set(names))
