"""A delimited file of any shape is landed as it was sent, under the names that its columns have."""

import io
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from homeroom.sources.csv_files import KIND, export, file_of, read, table_of
from homeroom.sources.delivery import DeliveredFile, land
from homeroom.sources.header_row import header_of_text, header_row
from homeroom.sources.kept_files import KeptFile
from homeroom.sources.report import Report


def landed(tmp_path: Path, **files: bytes) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
    """The landed rows by the path of their file, and the problems."""
    sent = tmp_path / "sent"
    sent.mkdir(exist_ok=True)
    for name, content in files.items():
        (sent / name.replace("_", ".")).write_bytes(content)
    report = Report()
    tables = read(land("sis", KIND, sent, tmp_path / "landing", 1), tmp_path / "landed", report)
    return {file_of(t.name)[0]: pq.read_table(t.path).to_pylist() for t in tables}, report.table().to_pylist()


def test_a_file_is_a_table_of_its_own_with_the_line_of_each_row(tmp_path):
    tables, problems = landed(tmp_path, roster_csv=b"ID,Name\n1,Ana\n2,Bo\n", more_tsv=b"ID\tName\n3\tCy\n")
    assert [row["source_row"] & 0xFFFFFFFF for row in tables["roster.csv"]] == [2, 3]
    assert tables["more.tsv"] == [{"ID": "3", "Name": "Cy", "source_row": (1 << 32) + 2}]
    assert problems == []


def test_lines_above_the_names_of_the_columns_are_passed_over_and_told(tmp_path):
    sent = b"Enrollment report\nPrinted 9/1/2025 8:00\n\nID,Name,Grade\n1,Ana,9\n2,Bo,10\n"
    tables, problems = landed(tmp_path, roster_csv=sent)
    assert [(row["ID"], row["source_row"] & 0xFFFFFFFF) for row in tables["roster.csv"]] == [("1", 5), ("2", 6)]
    assert [(one["rule"], one["source_row"] & 0xFFFFFFFF) for one in problems] == [
        ("above-the-header", 1),
        ("above-the-header", 2),
    ]


def test_a_column_without_a_name_and_a_second_of_one_name_are_kept(tmp_path):
    tables, _ = landed(tmp_path, roster_csv=b"ID,,Score,score\n1,x,7,8\n")
    assert {"column 2": "x", "Score": "7", "score (column 4)": "8"}.items() <= tables["roster.csv"][0].items()


def test_a_damaged_row_is_set_aside_and_the_others_go_on(tmp_path):
    tables, problems = landed(tmp_path, roster_csv=b"ID,Name\n1,Ana,too much\n2,Bo\n")
    assert [row["ID"] for row in tables["roster.csv"]] == ["2"]
    assert [(one["rule"], one["source_row"] & 0xFFFFFFFF) for one in problems] == [("too-many-columns", 2)]


def test_a_file_that_is_no_table_is_told_of(tmp_path):
    _, problems = landed(tmp_path, roster_csv=b"ID\n1\n", notes_md=b"# Read me\n")
    assert [one["rule"] for one in problems] == ["unknown-file"]


def test_bad_rows_are_given_out_below_the_names_of_their_columns_with_the_reason(tmp_path):
    sent = tmp_path / "roster.csv"
    sent.write_bytes(b"Enrollment report\n\nID,Name,Grade\n1,Ana,9\n2,Bo,10\n")
    out = io.BytesIO()
    export(KeptFile(sent), DeliveredFile(1, "roster.csv", "", 0), {5: "Who is this?"}, out)
    assert out.getvalue() == b'ID,Name,Grade,homeroom_reason\n2,Bo,10,"Who is this?"\n'
    tables, _ = landed(tmp_path, mended_csv=out.getvalue())
    assert "homeroom_reason" not in tables["mended.csv"][0]


def test_passwords_are_not_landed(tmp_path):
    tables, _ = landed(tmp_path, roster_csv=b"ID,Password\n1,secret\n")
    assert list(tables["roster.csv"][0]) == ["ID", "source_row"]


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([["ID", "Name"], ["1", "Ana"]], 0),
        ([["Roster"], ["ID", "Name", "Grade"], ["1", "Ana", "9"]], 1),
        ([["School:", "Birch"], ["Date:", "9/1/2025"], ["ID", "Name", "Grade"], ["1", "Ana", "9"], ["2", "", "9"]], 2),
        ([["1", "2"], ["3", "4"]], 0),
        ([], 0),
    ],
    ids=["at the top", "below a title", "below pairs", "none at all", "an empty table"],
)
def test_the_row_of_names_is_found(rows, at):
    assert header_row(rows) == at


@given(st.binary(max_size=400))
@example(b"\x01\r\x01,\x01")
@example(b"a\r\nb,c\r\n1,2\r\n")
def test_whatever_comes_the_names_begin_at_the_start_of_a_line(data):
    offset = header_of_text(data).offset
    assert offset == 0 or data[offset - 1 : offset] == b"\n"


@given(st.text(min_size=1).filter(lambda path: "\0" not in path), st.none() | st.text())
def test_the_name_of_a_landed_table_gives_back_its_file_and_sheet(path, sheet):
    name = table_of(path, sheet)
    assert "/" not in name
    assert file_of(name) == (path, sheet)
