"""Rows of workbooks are exported in a workbook of the same sheets, each cell as it was, and can be delivered again."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeroom.source_rows import ROWS_OF_A_SHEET
from homeroom.sources.csv_files import file_of
from homeroom.sources.delivery import land
from homeroom.sources.excel import KIND, export, exported_path, read
from homeroom.sources.report import Report
from homeroom.sources.workbook_export import export_sheets
from homeroom.sources.workbooks import sheets_of

CELLS = {
    "whole": 60918,
    "part": 3.5,
    "zeros": "00123",
    "day": date(2010, 3, 4),
    "long ago": date(1900, 1, 15),
    "moment": datetime(2025, 8, 1, 13, 30, 15),
    "time": time(8, 5),
    "hours": timedelta(hours=30, minutes=5),
    "yes": True,
    "padded": "  Ana ",
    "lines": "one\r\ntwo\x0b",
    "looks like a sign": "_x0041_",
}


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def exported(sent, reasons):
    out = io.BytesIO()
    words = export_sheets(sent, "roster.xlsx", reasons, out)
    return out.getvalue(), words


def rows_of(data):
    return {sheet.name: sheet.rows for sheet in sheets_of(data, "roster.xlsx")}


def test_the_same_sheets_are_exported_with_their_names_and_the_rows_that_are_named_alone():
    sent = workbook(
        Students=[["Roster of August"], [], ["ID", "Name"], [1, "Ana"], [2, "Bo"], [3, "Cy"]],
        Notes=[],
        Schools=[["Code", "School"], ["B1", "Birch"], ["B2", "Beech"]],
        Rooms=[["Room"], ["R1"]],
    )
    written, words = exported(sent, {5: "Who is\nthis?", 2 * ROWS_OF_A_SHEET + 2: "No school."})
    assert rows_of(written) == {
        "Students": [["ID", "Name", "homeroom_reason"], ["2", "Bo", "Who is this?"]],
        "Schools": [["Code", "School", "homeroom_reason"], ["B1", "Birch", "No school."]],
        "Rooms": [["Room", "homeroom_reason"]],
    }
    assert {"2", "Bo", "B1"} <= words
    assert "Ana" not in words


def test_nothing_of_other_rows_is_anywhere_in_the_file():
    written, _ = exported(workbook(Students=[["ID", "Name"], [1, "Ana Ortiz"], [2, "Bo Berg"]]), {3: "Odd."})
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        assert not any(b"Ortiz" in parts.read(name) for name in parts.namelist())


def test_cells_stay_what_they_were():
    sent = workbook(Students=[list(CELLS), [_as_sent(cell) for cell in CELLS.values()]])
    written, _ = exported(sent, {2: "Odd."})
    (sheet,) = sheets_of(written, "roster.xlsx")
    (as_sent,) = sheets_of(sent, "roster.xlsx")
    assert sheet.rows[1][:-1] == as_sent.rows[1]
    assert [type(cell) for cell in sheet.cells[1][:4]] == [float, float, str, date]
    assert sheet.rows[1][sheet.rows[0].index("lines")] == "one\r\ntwo\x0b"


def test_a_text_that_begins_like_a_formula_stays_text():
    sent = openpyxl.Workbook()
    sent.active.append(["ID", "Name"])
    sent.active.append([1, "x"])
    sent.active["B2"].value = "=HYPERLINK(1)"
    sent.active["B2"].data_type = "s"
    out = io.BytesIO()
    sent.save(out)
    written, _ = exported(out.getvalue(), {2: "=1+1"})
    (row,) = list(openpyxl.load_workbook(io.BytesIO(written)).active.iter_rows(min_row=2))
    assert [(cell.value, cell.data_type) for cell in row] == [(1, "n"), ("=HYPERLINK(1)", "s"), ("=1+1", "s")]


def test_the_reasons_of_an_earlier_export_are_replaced():
    once, _ = exported(workbook(Students=[["ID"], [1], [2]]), {2: "Old.", 3: "Old."})
    assert rows_of(exported(once, {3: "New."})[0]) == {"Students": [["ID", "homeroom_reason"], ["2", "New."]]}


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=9)
MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0))


@settings(max_examples=50)
@given(st.lists(TEXT | st.integers(-(2**40), 2**40) | st.floats(-1e9, 1e9) | MOMENTS, min_size=1, max_size=6))
def test_whatever_a_row_held_is_read_again_as_it_was(cells):
    header = [f"column {number}" for number in range(len(cells) + 1)]
    sent = workbook(Students=[header, ["x", *(_as_sent(cell) for cell in cells)]])
    written, _ = exported(sent, {2: "Odd."})
    (row,) = rows_of(sent)["Students"][1:]
    assert rows_of(written)["Students"][1] == [*row, "Odd."]


@pytest.mark.parametrize(
    ("path", "written"), [("a/roster.xlsx", "a/roster.xlsx"), ("r.XLS", "r.XLS.xlsx"), ("r.csv",) * 2]
)
def test_workbooks_of_any_form_are_exported_as_xlsx(path, written):
    assert exported_path(path) == written


def test_a_mended_workbook_is_read_with_the_reasons_left_in(tmp_path):
    sent = tmp_path / "sent"
    sent.mkdir()
    # Of these names one looks like a value, and of the mended row no cell.
    (sent / "roster.xlsx").write_bytes(workbook(Students=[["ID", "2025"], [1, "Ana"], [2, "Bo"]]))
    (sent / "rooms.csv").write_text("Room\nR1\nR2\n")
    delivery = land("sis", KIND, sent, tmp_path / "landing", 1)
    read(delivery, tmp_path / "landed", Report())
    for file in delivery.files:
        with (sent / file.path).open("wb") as out:
            export(delivery.kept(file), file, {3: "Odd."}, out)
    mended = openpyxl.load_workbook(sent / "roster.xlsx")
    mended.active["A2"].value = "two"
    mended.save(sent / "roster.xlsx")
    report = Report()
    tables = read(land("sis", KIND, sent, tmp_path / "landing", 3), tmp_path / "again", report)
    rows = {
        file_of(table.name)[0]: pq.read_table(table.path).drop_columns("source_row").to_pylist() for table in tables
    }
    assert rows == {"rooms.csv": [{"Room": "R2"}], "roster.xlsx": [{"ID": "two", "2025": "Bo"}]}
    assert report.table().num_rows == 0


def _as_sent(cell):
    """A text as Excel writes it, with what XML has no place for by its number."""
    if not isinstance(cell, str):
        return cell
    by_number = (f"_x{ord(sign):04X}_" if sign < " " or sign == "_" else sign for sign in cell)
    return "".join(by_number)
