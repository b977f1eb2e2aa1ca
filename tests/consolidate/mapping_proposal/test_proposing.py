"""From the names of columns and the values below them it is guessed what a table holds, and what is unsure is said."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from homeroom.consolidate.mapping_file.reading import mapping_of
from homeroom.consolidate.mapping_proposal.concepts import concepts, document_rules, words_of
from homeroom.consolidate.mapping_proposal.preview import preview
from homeroom.consolidate.mapping_proposal.proposing import District, propose
from homeroom.consolidate.mapping_proposal.writing import mapping_text
from homeroom.settings_file import SourceSettings
from homeroom.sources import csv_files
from homeroom.sources.delivery import land
from homeroom.sources.report import Report

SOME_DAY = date(2025, 10, 1)
VENDORS = ["i-Ready/data/sample_anonymized_file_math.csv", "MAP_Growth", "Dibels_8_Benchmark", "iStation", "Lectura"]


def proposed(tmp_path, path, chosen=None):
    """The proposals for what lies at a path, and the landed tables."""
    delivery = land("sis", "csv", path, tmp_path / "landing", 1)
    tables = csv_files.read(delivery, tmp_path / "tables", Report())
    return propose(tables, District("sis", "Maple Grove", SOME_DAY), chosen), tables


@pytest.fixture
def guessed(tmp_path):
    """What the columns of one table, written as CSV, were taken for; and the proposal."""

    def guess(text, chosen=None):
        (tmp_path / "roster.csv").write_text(text)
        (proposal,), _ = proposed(tmp_path, tmp_path / "roster.csv", {"roster.csv": chosen} if chosen else None)
        return {one.column: one.concept for one in proposal.guesses.found.values()}, proposal

    return guess


def test_a_roster_of_a_student_information_system_is_understood(tmp_path, shared_data):
    proposals, _ = proposed(tmp_path, shared_data / "sis-csv" / "sources")
    schools, students = proposals[0].mapping, proposals[1].mapping
    assert schools["School"]["gradeLevels"] == [
        {"gradeLevelDescriptor": {"column": "low_grade", "through": "high_grade"}}
    ]
    assert students["Student"] == {
        "studentUniqueId": "student_id",
        "firstName": "first_name",
        "lastSurname": "last_name",
        "birthDate": "birth_date",
    }
    assert students["StudentSchoolAssociation"]["entryGradeLevelDescriptor"] == "grade"
    # The schools are told by their own file.
    assert "School" not in students
    assert any('"Multiple"' in doubt for doubt in proposals[1].doubts)
    assert any("2025-08-15 stands there for every row" in doubt for doubt in proposals[1].doubts)


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_is_proposed_for_a_vendors_file_is_a_mapping_that_makes_results(tmp_path, shared_data, vendor):
    path = shared_data / "assessment-vendor-files" / vendor
    proposals, tables = proposed(tmp_path, path if path.is_file() else path / "data")
    mapping = mapping_of(tomllib.loads(mapping_text(proposals, "sis")), Path("sis.toml"))
    made, _ = preview(tables, mapping, SourceSettings("sis", "csv", tmp_path, 0), tmp_path)
    found = {one.resource: one for one in made}
    assert found["StudentAssessment"].rows > 0
    assert "studentAssessmentIdentifier" in found["StudentAssessment"].first[0]


def test_scores_of_a_part_of_a_test_are_results_of_an_objective(guessed):
    _, proposal = guessed(
        "Student ID,Test Date,Overall Scale Score,Vocabulary Scale Score,Vocabulary Placement\n"
        "1,9/1/2025,500,480,At level\n2,9/2/2025,510,490,Below level\n"
    )
    result = proposal.mapping["StudentAssessment"]
    assert [item["result"] for item in result["scoreResults"]] == ["Overall Scale Score"]
    (part,) = result["studentObjectiveAssessments"]
    assert part["objectiveAssessmentReference"]["identificationCode"] == {"value": "Vocabulary"}
    assert part["scoreResults"][0]["result"] == "Vocabulary Scale Score"
    assert part["performanceLevels"][0]["performanceLevelDescriptor"] == "Vocabulary Placement"


@pytest.mark.parametrize(
    ("header", "cells", "concept"),
    [
        ("STU_BirthDt", ["9/4/2011", "12/1/2010"], "birth date"),
        ("DOB", ["20110904", "20101201"], "birth date"),
        ("Grade", ["9", "K"], "grade level"),
        ("Gndr", ["M", "F"], "sex"),
        ("Gender", ["M", "F"], "sex"),
        ("School", ["0041", "0042"], "school id"),
        ("School", ["Birch Elementary", "Aspen Middle"], "school name"),
        ("Birth Date", ["Birch", "Aspen"], None),
        ("?", ["ana@example.org", "bo@example.org"], "email"),
        ("ELL", ["Y", "N"], "english learner"),
    ],
)
def test_a_column_is_known_by_its_name_if_the_values_agree(guessed, header, cells, concept):
    found, _ = guessed("\n".join([f"Student ID,{header}", *(f"{n},{cell}" for n, cell in enumerate(cells, 1001))]))
    assert found.get(header) == concept


def test_a_grade_is_a_mark_where_there_is_a_class_and_letters(guessed):
    found, _ = guessed(
        "Student ID,Section ID,Course Code,School ID,Term,Grade\n1,A1,MATH,B,Fall,B+\n2,A1,MATH,B,Fall,A\n"
    )
    assert found["Grade"] == "mark"


def test_a_whole_name_is_parted_at_its_comma_or_its_blank(guessed):
    _, comma = guessed('Student ID,Student Name\n1,"Ortiz, Ana"\n2,"Berg, Bo"\n')
    assert comma.mapping["Student"]["lastSurname"] == {"column": "Student Name", "match": r"^\s*([^,]+?)\s*,"}
    _, blank = guessed("Student ID,Student Name\n1,Ana Ortiz\n2,Bo Berg\n")
    assert blank.mapping["Student"]["lastSurname"] == {"column": "Student Name", "match": r"(\S+)\s*$"}


def test_where_two_columns_may_be_meant_the_proposal_says_so(guessed):
    _, proposal = guessed("Student ID,Student Number,Last Name,First Name\n1,11,Ortiz,Ana\n2,12,Berg,Bo\n")
    assert "Student ID was taken for the student's number; it could as well be Student Number." in proposal.doubts


def test_what_a_person_says_of_a_column_counts(guessed):
    found, proposal = guessed("A,B,C\n1,Ana,Ortiz\n", {"A": "student id", "B": "first name", "C": "last name"})
    assert found == {"A": "student id", "B": "first name", "C": "last name"}
    assert proposal.mapping["Student"] == {"studentUniqueId": "A", "firstName": "B", "lastSurname": "C"}


def test_a_column_that_is_not_used_is_named_as_ignored(guessed):
    _, proposal = guessed("Student ID,Last Name,First Name,Locker\n1,Ortiz,Ana,12\n")
    assert proposal.mapping["ignored"] == ["Locker"]


def test_the_proposal_names_only_concepts_that_there_are():
    named = {word for rule in document_rules() for word in _concepts_in([*rule["needs"], rule["fields"]])}
    derived = {f"full name{way} {part}" for way in ("", " in order") for part in ("first", "last")}
    assert named - derived - {"score", "level"} <= set(concepts())


def test_words_of_a_header_are_written_out():
    assert words_of("STU_LName") == ["student", "last", "name"]
    assert words_of("Home Tel. No.") == ["home", "phone", "number"]


def _concepts_in(said):
    if isinstance(said, str):
        return set(said.split("|"))
    if isinstance(said, list):
        return {word for one in said for word in _concepts_in(one)}
    constants = ("value", "default", "otherwise", "codes")
    return {word for name, one in said.items() if name not in constants for word in _concepts_in(one)}
