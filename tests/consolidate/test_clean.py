"""What cleaning makes of staged tables: types from the model, collections, and problems that can be followed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from homeroom.consolidate.clean import Context, clean, widths
from homeroom.consolidate.layered_table import LayeredTable
from homeroom.errors import CannotRun

FILE = 7
Rows = list[dict[str, Any]]


class Cleaner:
    """Cleans rows given as dictionaries and gives back the cleaned rows and the problems."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.connection = duckdb.connect()

    def stage(self, resource: str, rows: Rows) -> Path:
        names = list(dict.fromkeys(name for row in rows for name in row))
        table = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
        lines = pa.array([(FILE << 32) | line for line in range(2, len(rows) + 2)], pa.int64())
        path = self.folder / f"{resource}.parquet"
        pq.write_table(pa.table({"source_row": lines, **table}), path)
        return path

    def __call__(self, resource: str, rows: Rows, context: Context | None = None) -> tuple[Rows, Rows]:
        staged = self.stage(resource, rows)
        return self.again(resource, staged, context)

    def again(self, resource: str, staged: Path, context: Context | None = None) -> tuple[Rows, Rows]:
        into, problems = self.folder / "cleaned.parquet", self.folder / "problems.parquet"
        clean(self.connection, resource, staged, into, problems, context=context or Context(today=date(2026, 9, 1)))
        return pq.read_table(into).to_pylist(), pq.read_table(problems).to_pylist()


@pytest.fixture
def cleaner(tmp_path: Path) -> Cleaner:
    return Cleaner(tmp_path)


def test_the_model_decides_the_type_of_every_column(cleaner: Cleaner) -> None:
    rows, problems = cleaner(
        "StudentSchoolAssociation",
        [
            {
                "student_unique_id": "s1",
                "school_id": "0042",
                "entry_date": "8/20/2025",
                "entry_grade_level_descriptor": "04",
                "primary_school": "Y",
                "full_time_equivalency": "1",
                "school_year": "2026",
                "exit_withdraw_date": "",
            }
        ],
    )
    assert rows[0]["entry_date"] == date(2025, 8, 20)
    assert rows[0]["entry_grade_level_descriptor"] == "uri://ed-fi.org/GradeLevelDescriptor#Fourth grade"
    assert rows[0]["primary_school"] is True
    assert rows[0]["school_year"] == 2026
    assert rows[0]["school_id"] == "0042", "ids stay the source's own text until linking"
    assert rows[0]["exit_withdraw_date"] is None
    assert problems == []


def test_a_value_that_is_not_understood_is_set_aside_and_told_without_the_value(cleaner: Cleaner) -> None:
    rows, problems = cleaner("Student", [{"student_unique_id": "s1", "birth_sex_descriptor": "Qzx"}])
    assert rows[0]["birth_sex_descriptor"] is None
    assert problems[0]["rule"] == "descriptor-unknown"
    assert problems[0]["field"] == "birth_sex_descriptor"
    assert problems[0]["severity"] == "value"
    assert problems[0]["source_row"] == (FILE << 32) | 2
    assert problems[0]["file_number"] == FILE
    assert "Qzx" not in problems[0]["sentence"]
    assert problems[0]["sentence"].startswith("The birth sex ")


def test_a_row_whose_required_value_is_impossible_goes_to_quarantine(cleaner: Cleaner) -> None:
    rows, problems = cleaner(
        "Student",
        [
            {"student_unique_id": "s1", "birth_date": "2011-02-30"},
            {"student_unique_id": "s2", "birth_date": "2011-02-28"},
        ],
    )
    assert [row["student_unique_id"] for row in rows] == ["s2"]
    assert [(p["rule"], p["severity"]) for p in problems] == [("date-impossible", "row")]


def test_a_row_without_a_part_of_its_key_goes_to_quarantine(cleaner: Cleaner) -> None:
    rows, problems = cleaner("Student", [{"student_unique_id": " ", "first_name": "Ann"}])
    assert rows == []
    assert [(p["rule"], p["field"], p["severity"]) for p in problems] == [
        ("key-part-missing", "student_unique_id", "row")
    ]


def test_an_empty_required_value_waits_for_another_row_of_the_source(cleaner: Cleaner) -> None:
    rows, problems = cleaner("Student", [{"student_unique_id": "s1", "birth_date": None, "first_name": "Ann"}])
    assert len(rows) == 1
    assert problems == []


def test_a_whole_column_tells_that_the_day_comes_first(cleaner: Cleaner) -> None:
    sent = ["04/05/2011", "25/05/2011", "30/01/2012"]
    rows, problems = cleaner(
        "Student", [{"student_unique_id": str(n), "birth_date": day} for n, day in enumerate(sent)]
    )
    assert rows[0]["birth_date"] == date(2011, 5, 4)
    assert problems == []


def test_a_column_that_does_not_tell_is_taken_month_first_with_one_notice(cleaner: Cleaner) -> None:
    sent = ["04/05/2011", "02/03/2011"]
    rows, problems = cleaner(
        "Student", [{"student_unique_id": str(n), "birth_date": day} for n, day in enumerate(sent)]
    )
    assert rows[0]["birth_date"] == date(2011, 4, 5)
    assert [(p["rule"], p["severity"]) for p in problems] == [("date-order-assumed", "notice")]


def test_a_suffix_in_the_surname_fills_its_own_column(cleaner: Cleaner) -> None:
    rows, _ = cleaner(
        "Student",
        [
            {"student_unique_id": "1", "last_surname": "ORTIZ JR", "first_name": "LUIS"},
            {"student_unique_id": "2", "last_surname": "Reyes, Ana", "first_name": None},
        ],
    )
    assert rows[0]["last_surname"] == "Ortiz"
    assert rows[0]["generation_code_suffix"] == "Jr"
    assert rows[1]["last_surname"] == "Reyes"
    assert rows[1]["first_name"] == "Ana"


ADDRESS = {
    "addressTypeDescriptor": "Home",
    "streetNumberName": "12 OAK ST APT 4",
    "city": "SPRINGFIELD",
    "stateAbbreviationDescriptor": "Illinois",
    "postalCode": "2139",
}


def test_what_is_inside_a_collection_is_cleaned_as_columns_are(cleaner: Cleaner) -> None:
    rows, problems = cleaner(
        "StudentEducationOrganizationAssociation",
        [
            {
                "student_unique_id": "1",
                "education_organization_id": "9",
                "addresses": json.dumps([ADDRESS]),
                "telephones": json.dumps(
                    [
                        {"telephoneNumberTypeDescriptor": "cell", "telephoneNumber": "(217) 555-0123"},
                        {"telephoneNumberTypeDescriptor": "home", "telephoneNumber": "none of your business"},
                    ]
                ),
                "races": json.dumps([{"raceDescriptor": "W"}, {"raceDescriptor": "white"}]),
                "languages": json.dumps(
                    [{"languageDescriptor": "es", "uses": [{"languageUseDescriptor": "home language"}]}]
                ),
            }
        ],
    )
    assert json.loads(rows[0]["addresses"]) == [
        {
            "addressTypeDescriptor": "uri://ed-fi.org/AddressTypeDescriptor#Home",
            "stateAbbreviationDescriptor": "uri://ed-fi.org/StateAbbreviationDescriptor#IL",
            "apartmentRoomSuiteNumber": "Apt 4",
            "city": "Springfield",
            "postalCode": "02139",
            "streetNumberName": "12 Oak St",
        }
    ]
    assert [phone["telephoneNumber"] for phone in json.loads(rows[0]["telephones"])] == ["+12175550123"]
    assert json.loads(rows[0]["races"]) == [{"raceDescriptor": "uri://ed-fi.org/RaceDescriptor#White"}]
    assert json.loads(rows[0]["languages"]) == [
        {
            "languageDescriptor": "uri://ed-fi.org/LanguageDescriptor#spa",
            "uses": [{"languageUseDescriptor": "uri://ed-fi.org/LanguageUseDescriptor#Home language"}],
        }
    ]
    assert [(p["rule"], p["field"], p["severity"]) for p in problems] == [
        ("telephone-not-possible", "telephones.telephoneNumber", "value")
    ]


def test_entries_that_many_rows_share_are_told_of_for_each_row(cleaner: Cleaner) -> None:
    races = json.dumps([{"raceDescriptor": "Martian"}, {"raceDescriptor": "B"}])
    sent = [{"student_unique_id": str(n), "education_organization_id": "9", "races": races} for n in range(5)]
    rows, problems = cleaner("StudentEducationOrganizationAssociation", sent)
    black = [{"raceDescriptor": "uri://ed-fi.org/RaceDescriptor#Black or African American"}]
    assert [json.loads(row["races"]) for row in rows] == [black] * 5
    assert [(p["source_row"] & 0xFFFFFFFF, p["rule"]) for p in problems] == [
        (line, "descriptor-unknown") for line in range(2, 7)
    ]


def test_an_entry_that_lacks_what_the_standard_requires_is_left_out_and_told(cleaner: Cleaner) -> None:
    incomplete = {name: value for name, value in ADDRESS.items() if name != "postalCode"}
    rows, problems = cleaner(
        "Contact",
        [
            {"contact_unique_id": "1", "addresses": json.dumps([incomplete])},
            {"contact_unique_id": "2", "addresses": "[nonsense"},
        ],
    )
    assert rows[0]["addresses"] is None
    assert [(p["rule"], p["field"]) for p in problems] == [
        ("item-incomplete", "addresses"),
        ("collection-unreadable", "addresses"),
    ]


def test_zeros_that_a_spreadsheet_took_come_back_the_same_in_every_file(cleaner: Cleaner) -> None:
    staged = {
        "Student": cleaner.stage("Student", [{"student_unique_id": f"{n:06d}"} for n in range(95, 120)]),
        "StudentSchoolAssociation": cleaner.stage("StudentSchoolAssociation", [{"student_unique_id": "97"}]),
    }
    found = widths(cleaner.connection, {resource: LayeredTable(path) for resource, path in staged.items()})
    assert found == {"Student": 6}
    rows, _ = cleaner("Student", [{"student_unique_id": "97"}], Context(identifier_widths=found))
    assert rows[0]["student_unique_id"] == "000097"


def test_a_cleaned_table_cleaned_again_is_the_same(cleaner: Cleaner) -> None:
    sent = [
        {
            "student_unique_id": "s1",
            "education_organization_id": "1",
            "sex_descriptor": "f",
            "addresses": json.dumps([ADDRESS]),
            "hispanic_latino_ethnicity": "Y",
        }
    ]
    once, _ = cleaner("StudentEducationOrganizationAssociation", sent)
    as_text = [{k: str(v).lower() if v is True else v for k, v in row.items() if k != "source_row"} for row in once]
    again, problems = cleaner("StudentEducationOrganizationAssociation", as_text)
    assert again == once
    assert problems == []


def test_a_column_that_the_model_does_not_have_is_refused(cleaner: Cleaner) -> None:
    with pytest.raises(CannotRun, match="favourite_colour"):
        cleaner("Student", [{"student_unique_id": "1", "favourite_colour": "green"}])
