"""Workbooks are read as people see them, each sheet a table, and what may not be kept is refused before it is."""

import zipfile
from datetime import date, datetime, time

import openpyxl
import pyarrow.parquet as pq
import pytest

from homeroom.source_rows import ROWS_OF_A_SHEET
from homeroom.sources.archive import ArchiveLimits, FileRefused
from homeroom.sources.csv_files import file_of
from homeroom.sources.delivery import land
from homeroom.sources.excel import KIND, POSITION_UNIT, read
from homeroom.sources.report import Report


@pytest.fixture
def workbook(tmp_path):
    """Makes roster.xlsx of sheets by name, each a list of rows."""

    def make(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "sent" / "roster.xlsx"
        path.parent.mkdir(exist_ok=True)
        book.save(path)
        return path

    return make


def landed(tmp_path):
    report = Report()
    delivery = land("sis", KIND, tmp_path / "sent", tmp_path / "landing", 1)
    tables = read(delivery, tmp_path / "landed", report)
    return {file_of(t.name): pq.read_table(t.path).to_pylist() for t in tables}, report.table().to_pylist()


def test_each_sheet_is_a_table_with_the_rows_of_the_sheet(tmp_path, workbook):
    workbook(Students=[["ID", "Name"], [1, "Ana"]], Schools=[["ID"], ["B1"], ["B2"]])
    tables, problems = landed(tmp_path)
    begin = 1 << 32
    assert tables["roster.xlsx", "Students"] == [{"ID": "1", "Name": "Ana", "source_row": begin + 2}]
    assert [row["source_row"] - begin - ROWS_OF_A_SHEET for row in tables["roster.xlsx", "Schools"]] == [2, 3]
    assert problems == []


def test_cells_are_the_text_that_a_person_sees(tmp_path, workbook):
    cells = {
        "whole": (60918, "60918"),
        "part": (3.5, "3.5"),
        "zeros": ("00123", "00123"),
        "day": (date(2010, 3, 4), "2010-03-04"),
        "moment": (datetime(2025, 8, 1, 13, 30), "2025-08-01 13:30:00"),
        "time": (time(8, 5), "08:05:00"),
        "yes": (True, "true"),
        "nothing": (None, ""),
    }
    workbook(Students=[list(cells), [cell for cell, _ in cells.values()]])
    ((row,), _) = landed(tmp_path)[0].values(), None
    assert {name: row[0].get(name, "") for name in cells} == {name: text for name, (_, text) in cells.items()}


def test_the_names_are_found_below_titles_and_empty_rows(tmp_path, workbook):
    workbook(Students=[["Roster of August"], [], ["ID", "Name", "Grade"], [1, "Ana", 9], [2, "Bo", 10]])
    tables, problems = landed(tmp_path)
    assert [row["Name"] for row in tables["roster.xlsx", "Students"]] == ["Ana", "Bo"]
    assert [one["rule"] for one in problems] == ["above-the-header"]


def test_a_delivery_remembers_that_places_in_a_workbook_are_rows_of_sheets(tmp_path, workbook):
    workbook(Students=[["ID"], [1]])
    landed(tmp_path)
    again = land("sis", KIND, tmp_path / "sent", tmp_path / "landing", 9)
    assert [file.position_unit for file in again.files] == [POSITION_UNIT]


@pytest.mark.parametrize("sheet", [[["ID", "SSN"], [1, 2]], [["ID", "Number"], [1, "219-09-9999"]]])
def test_a_workbook_with_social_security_numbers_is_not_kept(tmp_path, workbook, sheet):
    workbook(Students=sheet)
    delivery = land("sis", KIND, tmp_path / "sent", tmp_path / "landing", 1)
    assert [file.rule for file in delivery.refused] == ["social-security-numbers"]
    assert "219-09" not in delivery.refused[0].sentence
    assert not list(delivery.folder.rglob("*.xlsx"))


def test_a_number_in_a_comment_of_a_cell_is_found(tmp_path, workbook):
    path = workbook(Students=[["ID"], [1]])
    book = openpyxl.load_workbook(path)
    book["Students"]["A2"].comment = openpyxl.comments.Comment("was 219-09-9999", "office")
    book.save(path)
    delivery = land("sis", KIND, path, tmp_path / "landing", 1)
    assert [file.rule for file in delivery.refused] == ["social-security-numbers"]


def test_a_workbook_that_unpacks_to_far_more_than_its_size_is_refused(tmp_path, workbook):
    path = workbook(Students=[["ID"], [1]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(20 << 20))
    delivery = land("sis", KIND, path, tmp_path / "landing", 1, ArchiveLimits())
    assert [file.rule for file in delivery.refused] == ["archive-bomb"]


def test_a_damaged_workbook_is_told_in_a_sentence(tmp_path):
    (tmp_path / "roster.xlsx").write_bytes(b"PK\x03\x04 and nothing more")
    delivery = land("sis", KIND, tmp_path / "roster.xlsx", tmp_path / "landing", 1)
    assert [file.rule for file in delivery.refused] == ["broken-workbook"]
    assert "Save it anew as .xlsx" in delivery.refused[0].sentence


def test_a_source_of_another_kind_takes_no_workbook(tmp_path, workbook):
    path = workbook(Students=[["ID"], [1]])
    delivery = land("sis", "csv", path, tmp_path / "landing", 1)
    assert [file.rule for file in delivery.refused] == ["not-text"]
    assert not isinstance(delivery.refused[0], FileRefused)
