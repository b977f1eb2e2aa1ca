"""What a delivery holds is counted: values, those that were set aside, codes, and the schools' students."""

import pytest
from held_district import BEGIN, whole_export, write_export

from homeroom.consolidate.measured_delivery import FieldCount, measure
from homeroom.consolidate.staging import stage
from homeroom.settings import SourceSettings
from homeroom.sources.delivery import land


@pytest.fixture
def measured(tmp_path):
    """The counts of an export of which a test says the tables."""

    def count(tables):
        drop = tmp_path / "drop"
        drop.mkdir()
        write_export(tables, drop)
        source = SourceSettings("sis", "oneroster-csv", drop, 0)
        delivery = land("sis", "oneroster-csv", drop, tmp_path / "landing", 1)
        return measure(stage(source, delivery, tmp_path / "staging", lambda rows: None), tmp_path / "staging")

    return count


def test_each_field_is_counted_with_the_values_that_were_set_aside(measured):
    tables = whole_export(60)
    tables["demographics"][0]["birthDate"] = "31/31/2015"
    tables["demographics"][1]["birthDate"] = ""
    fields = measured(tables).fields
    assert fields["Student", "birth_date"] == FieldCount(rows=60, valid=58, set_aside=1)
    assert fields["Student", "birth_date"].filled == 59
    assert fields["StudentSchoolAssociation", "entry_date"].newest == BEGIN


def test_codes_and_the_students_of_each_school_are_counted(measured):
    found = measured(whole_export(60))
    assert sorted(found.codes["StudentEducationOrganizationAssociation", "sex_descriptor"].values()) == [30, 30]
    assert sorted(found.schools.values()) == [("Aspen Elementary", 12), ("Birch Elementary", 48)]
    assert found.school_rows == set(found.schools)


def test_rows_set_aside_are_counted_once(measured):
    tables = whole_export(60)
    tables["enrollments"][0]["userSourcedId"] = ""
    found = measured(tables)
    assert found.set_aside == 1
    assert found.landed == sum(len(rows) for rows in tables.values())
