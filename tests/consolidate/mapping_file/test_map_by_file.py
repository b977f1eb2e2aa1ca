"""What a mapping file says of a table is what its rows become, and no row or column is lost without a word."""

import json
import tomllib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from homeroom.consolidate.map_by_file import stage_tables
from homeroom.consolidate.mapping_file.reading import mapping_of
from homeroom.sources.delivery import LandedTable
from homeroom.sources.report import Report

FILE = 1 << 32


@pytest.fixture
def staged(tmp_path):
    """Maps rows of one table, roster.csv, by the text of a mapping; gives the staged rows and the problems."""

    def stage(text, *rows, table="roster.csv"):
        names = list(dict.fromkeys(name for row in rows for name in row))
        columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
        landed = pa.table({**columns, "source_row": pa.array(range(FILE + 2, FILE + 2 + len(rows)), pa.int64())})
        path = tmp_path / f"{table}.parquet"
        pq.write_table(landed, path)
        report = Report()
        mapping = mapping_of(tomllib.loads(f'[[table]]\nfile = "roster.*"\n{text}'), tmp_path / "sis.toml")
        made = stage_tables([LandedTable(table, path, len(rows))], mapping, tmp_path / "staged", report)
        return {one.resource: pq.read_table(one.path).to_pylist() for one in made}, report.table().to_pylist()

    return stage


def one(staged, text, **cells):
    """The one student that a row becomes."""
    found, _ = staged(f'[table.Student]\nstudentUniqueId = "ID"\n{text}', {"ID": "7", **cells})
    (student,) = found["Student"]
    return student


@pytest.mark.parametrize(
    ("field", "cells", "value"),
    [
        ('"Last"', {"Last": " Ortiz "}, "Ortiz"),
        ('"LAST"', {"Last": "Ortiz"}, "Ortiz"),
        ('{ column = ["Legal", "Last"] }', {"Legal": "", "Last": "Ortiz"}, "Ortiz"),
        ('{ value = "Ortiz" }', {}, "Ortiz"),
        ('{ join = ["A", "B"], between = "-" }', {"A": "x", "B": "y"}, "x-y"),
        ('{ join = ["A", "B"], between = "-" }', {"A": "x", "B": ""}, None),
        ("{ column = 'Name', match = '^([^,]+),' }", {"Name": "Ortiz, Ana"}, "Ortiz"),
        ("{ column = 'Name', match = '^([^,]+),' }", {"Name": "Ana Ortiz"}, None),
        ('{ column = "C", codes = { X = "Ten", y = "" } }', {"C": "x"}, "Ten"),
        ('{ column = "C", codes = { X = "Ten", y = "" } }', {"C": "Y"}, None),
        ('{ column = "C", codes = { X = "Ten", y = "" } }', {"C": "other"}, "other"),
        ('{ column = "C", otherwise = "none" }', {"C": " "}, "none"),
    ],
)
def test_a_value_is_what_the_mapping_says_of_the_cells(staged, field, cells, value):
    assert one(staged, f"lastSurname = {field}", **cells).get("last_surname") == value


def test_a_date_in_a_form_of_its_own_is_read_and_another_goes_on_to_cleaning(staged):
    text = 'birthDate = { column = "born", date = "%d.%m.%Y" }'
    assert one(staged, text, born="04.09.2011")["birth_date"] == "2011-09-04"
    assert one(staged, text, born="someday")["birth_date"] == "someday"


def test_a_collection_has_the_items_that_a_cell_fills(staged):
    text = """[table.StudentEducationOrganizationAssociation]
    studentReference.studentUniqueId = "ID"
    educationOrganizationReference.educationOrganizationId = "School"
    races = [
        { raceDescriptor = "Race" },
        { raceDescriptor = { value = "Asian" }, where = { Asian = ["Y", "1"] } },
        { raceDescriptor = { value = "White" }, where = { White = ["Y", "1"] } },
    ]"""
    rows = {"ID": "7", "School": "B", "Race": "", "Asian": "y", "White": "N"}, {"ID": "8", "School": "B"}
    found, _ = staged(text, *rows)
    first, second = found["StudentEducationOrganizationAssociation"]
    assert json.loads(first["races"]) == [{"raceDescriptor": "Asian"}]
    assert second["races"] is None


def test_a_range_of_grade_levels_is_each_of_them(staged):
    text = """[table.School]
    schoolId = "ID"
    gradeLevels = [{ gradeLevelDescriptor = { column = "low", through = "high" } }]"""
    found, _ = staged(text, {"ID": "1", "low": "K", "high": "2"}, {"ID": "2", "low": "9", "high": ""})
    levels = [[item["gradeLevelDescriptor"] for item in json.loads(row["grade_levels"])] for row in found["School"]]
    assert levels == [["Kindergarten", "First grade", "Second grade"], ["9"]]


def test_a_row_of_a_wide_table_is_several_documents_and_silent_where_their_cells_are_empty(staged):
    season = """[[table.StudentAssessment]]
    studentReference.studentUniqueId = "ID"
    assessmentReference.assessmentIdentifier = {{ value = "Reading" }}
    assessmentReference.namespace = {{ value = "uri://reading" }}
    studentAssessmentIdentifier = {{ column = "{0} Date" }}
    scoreResults = [{{ result = "{0} Score" }}]
    """
    row = {"ID": "7", "Fall Date": "9/1/2025", "Fall Score": "12", "Spring Date": "", "Spring Score": ""}
    found, problems = staged(season.format("Fall") + season.format("Spring"), row)
    assert [made["student_assessment_identifier"] for made in found["StudentAssessment"]] == ["9/1/2025"]
    assert problems == []


def test_a_document_without_its_whole_key_is_told_and_the_others_of_the_row_go_on(staged):
    text = """[table.Student]
    studentUniqueId = "ID"
    [table.StudentSchoolAssociation]
    studentReference.studentUniqueId = "ID"
    schoolReference.schoolId = "School"
    entryDate = "Entered"
    """
    found, problems = staged(text, {"ID": "7", "School": "", "Entered": "9/1/2025"})
    assert list(found) == ["Student"]
    assert [(told["rule"], told["field"], told["severity"]) for told in problems] == [
        ("document-unfilled", "schoolReference.schoolId", "value")
    ]


def test_a_row_that_becomes_nothing_is_set_aside_with_the_reason(staged):
    text = 'unless = { Status = ["Deleted"] }\n[table.Student]\nstudentUniqueId = "ID"\nfirstName = "First"'
    found, problems = staged(
        text,
        {"ID": "7", "First": "Ana", "Status": "Active"},
        {"ID": "", "First": "Bo", "Status": "Active"},
        {"ID": "9", "First": "Cy", "Status": "deleted"},
    )
    assert [row["student_unique_id"] for row in found["Student"]] == ["7"]
    assert [(told["rule"], told["source_row"] - FILE) for told in problems] == [
        ("key-unfilled", 3),
        ("row-unmapped", 4),
    ]


def test_columns_that_are_missing_or_not_spoken_of_are_told_once(staged):
    text = 'ignored = ["Locker"]\n[table.Student]\nstudentUniqueId = "ID"\nfirstName = "First"'
    _, problems = staged(text, {"ID": "7", "Locker": "12", "Shoe": "4"})
    assert [told["rule"] for told in problems] == ["column-missing", "column-unmapped"]
    assert "no column First" in problems[0]["sentence"]
    assert "column Shoe of roster.csv" in problems[1]["sentence"]


def test_a_table_without_a_mapping_is_told_row_by_row(staged):
    found, problems = staged('sheet = "x"\n[table.Student]\nstudentUniqueId = "ID"', {"ID": "7"}, table="roster.xlsx#y")
    assert found == {}
    assert [told["rule"] for told in problems] == ["table-unmapped"]


def test_the_years_that_rows_speak_of_are_school_years_of_the_record(staged):
    text = """[table.StudentSchoolAssociation]
    studentReference.studentUniqueId = "ID"
    schoolReference.schoolId = "School"
    entryDate = "Entered"
    schoolYearTypeReference.schoolYear = "Year"
    """
    found, _ = staged(text, {"ID": "7", "School": "B", "Entered": "9/1/2025", "Year": "2025-26"})
    assert [(row["school_year"], row["school_year_description"]) for row in found["SchoolYearType"]] == [
        ("2026", "2025-2026")
    ]
