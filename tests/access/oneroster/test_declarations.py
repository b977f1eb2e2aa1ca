"""What is declared of OneRoster's classes holds together: elements of the model, fields, columns."""

import pytest

from homeroom.access.agreements.terms import fields_of
from homeroom.access.oneroster.collections import ALL_CLASSES, SERVICES, collections
from homeroom.access.oneroster.declaration import Kind, Version
from homeroom.sources.oneroster_json import COLLECTIONS
from homeroom.sources.oneroster_tables import TABLES

CLASSES = list(ALL_CLASSES.values())
PARTS = [(of, part) for of in CLASSES for part in of.parts]
NAMED = [f"{of.name} {part.resource}" for of, part in PARTS]


@pytest.mark.parametrize(("of", "part"), PARTS, ids=NAMED)
def test_each_value_is_made_of_elements_that_an_agreement_can_name(of, part):
    elements = {element for values in part.values.values() for value in values for element in value.made_of}
    unknown = {one for one in elements if one.partition(".")[2] not in fields_of(one.partition(".")[0])}
    assert unknown == set()


@pytest.mark.parametrize(("of", "part"), PARTS, ids=NAMED)
def test_each_value_is_that_of_a_field(of, part):
    names = {field.given_as for field in of.fields}
    names |= {f"{field.name}.{inner.name}" for field in of.fields for inner in field.parts}
    assert set(part.values) <= names


@pytest.mark.parametrize(("of", "part"), PARTS, ids=NAMED)
def test_what_tells_of_rows_changed_by_others_names_resources_that_values_are_made_of(of, part):
    made_of = {element.partition(".")[0] for values in part.values.values() for value in values
               for element in value.made_of}  # fmt: skip
    assert set(part.modified) <= made_of


@pytest.mark.parametrize("of", [of for of in CLASSES if of.columns], ids=lambda of: of.name)
def test_a_file_has_the_columns_of_the_standard(of):
    columns = [word.partition("=")[0] for word in of.columns.split()]
    # School Data Sync and 1.1 have some more.
    others = {"orgSourcedIds", "role", "resourceSourcedIds", "userSourcedId", "ethnicityCodes", "raceCodes"}
    others |= {"resultValueMin"} - set(columns)
    if of.name == "enrollments":
        others -= {"role", "userSourcedId"}
    assert set(columns) | others >= set(TABLES[of.name].columns) - {"sourcedId", "status", "dateLastModified"}
    assert set(columns) <= set(TABLES[of.name].columns)


@pytest.mark.parametrize("version", Version)
def test_whoever_reads_a_service_asks_for_collections_that_there_are(version):
    """Homeroom's own reader knows the standard's collections."""
    services = SERVICES if version is Version.V1P2 else SERVICES[:1]
    paths = {one.path for service in services for one in collections(service, version)}
    assert {one.name for one in COLLECTIONS if str(version) in one.columns} <= paths


@pytest.mark.parametrize("of", CLASSES, ids=lambda of: of.name)
def test_a_reference_leads_to_a_class(of):
    fields = [*of.fields, *(inner for field in of.fields for inner in field.parts)]
    refer = {field.name: field.to for field in fields if field.kind in (Kind.REFERENCE, Kind.REFERENCES)}
    assert [name for name, to in refer.items() if to not in ALL_CLASSES] == []
