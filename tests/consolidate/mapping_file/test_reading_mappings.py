"""A mapping file says what columns mean, and is refused with the place of its first fault."""

import re

import pytest

from homeroom.consolidate.mapping_file.reading import read_mapping
from homeroom.consolidate.mapping_file.used import places_of
from homeroom.errors import CannotRun


@pytest.fixture
def mapping(tmp_path):
    """Reads a mapping of one table for students*.csv."""

    def read(text):
        file = tmp_path / "sis.toml"
        file.write_text('[[table]]\nfile = "students*.csv"\n' + text)
        return read_mapping(file)

    return read


def test_a_field_names_the_column_that_it_is_read_from(mapping):
    (table,) = mapping('[table.Student]\nstudentUniqueId = "ID"\nbirthDate = { column = "born", date = "%d/%m/%Y" }')
    assert places_of(table) == {"ID": ["Student.studentUniqueId"], "born": ["Student.birthDate"]}


@pytest.mark.parametrize(
    ("table", "fits"),
    [("students.csv", True), ("2025%2FSTUDENTS_1.CSV", True), ("schools.csv", False), ("students.csv#Sheet1", True)],
)
def test_a_mapping_is_for_the_files_whose_names_fit_in_any_case(mapping, table, fits):
    (found,) = mapping('[table.Student]\nstudentUniqueId = "ID"')
    assert found.fits(table) is fits


def test_a_sheet_is_named_where_there_are_several(mapping):
    (found,) = mapping('sheet = "Roster*"\n[table.Student]\nstudentUniqueId = "ID"')
    assert [found.fits(f"students.xlsx#{sheet}") for sheet in ("Roster 1", "Notes")] == [False, False]
    assert [found.fits(f"students.csv#{sheet}") for sheet in ("Roster 1", "Notes")] == [True, False]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "does not say what its rows become"),
        ('[table.Pupil]\nid = "ID"', "Pupil, which is no resource of Ed-Fi"),
        ('[table.Student]\nstudentUniqueID = "ID"', "no field studentUniqueID (perhaps studentUniqueId is meant)"),
        ('[table.Student]\nfirstName = "First"', "lacks studentUniqueId, which is a part of its key"),
        ('[table.Student]\nstudentUniqueId = { colum = "ID" }', "says colum, which means nothing here (perhaps column"),
        ('[table.Student]\nstudentUniqueId = { column = "ID", value = "1" }', "has to have one of column, value and"),
        ('[table.Student]\nstudentUniqueId = { column = "ID", match = "(" }', "is no regular expression"),
        ('[table.Student]\nstudentUniqueId = { column = "ID", match = "a" }', "needs one group"),
        ("[table.Student]\nstudentUniqueId = 7", "has to name a column in quotation marks"),
        ('ignored = "x"\n[table.Student]\nstudentUniqueId = "ID"', "has to be a list of columns"),
        ('[table.StudentSchoolAssociation]\nschoolReference = "School"', "has to say its parts: schoolId"),
        ('[table.Student]\nstudentUniqueId = "ID"\notherNames = "x"', "has to be a list of tables in braces"),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_to_do(mapping, text, told):
    with pytest.raises(CannotRun, match=re.escape(told)) as problem:
        mapping(text)
    assert str(problem.value).endswith("Mend it and run again.")


def test_a_file_that_is_no_toml_is_told_with_its_line(mapping):
    with pytest.raises(CannotRun, match="line 3"):
        mapping("[table.Student\n")


def test_a_mapping_that_is_not_there_is_told_with_the_command_that_proposes_one(tmp_path):
    with pytest.raises(CannotRun, match="homeroom map"):
        read_mapping(tmp_path / "none.toml")
