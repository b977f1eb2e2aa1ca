"""A OneRoster bundle is landed as it was sent, each row with the line on which it starts."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeroom.sources.delimited import read_delimited
from homeroom.sources.delivery import land
from homeroom.sources.oneroster_csv import KIND, read
from homeroom.sources.report import Report

DATA = Path(__file__).parents[2].parent / "shared" / "data"


def bundle(tmp_path: Path, **files: bytes) -> tuple[dict[str, list[dict[str, Any]]], list[dict[str, Any]]]:
    """The landed rows by table, and the problems, of a bundle of these files."""
    sent = tmp_path / "sent"
    sent.mkdir(exist_ok=True)
    for name, content in files.items():
        (sent / f"{name}.csv").write_bytes(content)
    report = Report()
    tables = read(land("sis", KIND, sent, tmp_path / "landing", 1), tmp_path / "landed", report)
    return {t.name: pq.read_table(t.path).to_pylist() for t in tables}, report.table().to_pylist()


def lines_of(rows: list[dict[str, Any]]) -> list[int]:
    return [row["source_row"] & 0xFFFFFFFF for row in rows]


def test_rows_bear_the_number_of_their_file_and_line(tmp_path: Path) -> None:
    landed, _ = bundle(tmp_path, orgs=b"sourcedId,name\no1,A\n", users=b"sourcedId,givenName\nu1,Ann\nu2,Bo\n")
    assert [(row["source_row"] >> 32, row["source_row"] & 0xFFFFFFFF) for row in landed["users"]] == [(2, 2), (2, 3)]


def test_a_value_over_several_lines_counts_each_of_them(tmp_path: Path) -> None:
    landed, _ = bundle(
        tmp_path, results=b'sourcedId,lineItemSourcedId,studentSourcedId,comment\nr1,l,s,"a\nb\nc"\n\nr2,l,s,d\n'
    )
    assert lines_of(landed["results"]) == [2, 6]
    assert landed["results"][0]["comment"] == "a\nb\nc"


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfsourcedId,givenName\r\nu1,Zo\xc3\xab\r\n",
        b'"sourcedId","givenName"\n"u1","Zo\xc3\xab"\n',
        b"SOURCEDID;GivenName\nu1;Zo\xc3\xab\n",
        "givenName,sourcedId\nZoë,u1\n".encode("utf-16"),
        b"sourcedId,givenName\ru1,Zo\xc3\xab\r",
    ],
    ids=["BOM and CRLF", "quoted", "case and semicolons", "order and UTF-16", "CR only"],
)
def test_every_way_of_writing_a_table_lands_the_same(tmp_path: Path, content: bytes) -> None:
    landed, problems = bundle(tmp_path, users=content)
    assert [(row["sourcedId"], row["givenName"]) for row in landed["users"]] == [("u1", "Zoë")]
    assert problems == []


@pytest.mark.parametrize("end", [b"", b"\n\n", b"\r\n \r\n\t\r\n", b"\n   "])
def test_blank_lines_at_the_end_are_no_rows(tmp_path: Path, end: bytes) -> None:
    landed, problems = bundle(tmp_path, orgs=b"sourcedId,name\r\no1,A\r\no2,B\r\n" + end)
    assert [(row["sourcedId"], row["name"]) for row in landed["orgs"]] == [("o1", "A"), ("o2", "B")]
    assert problems == []


def test_unknown_and_metadata_columns_are_kept_and_passwords_are_not(tmp_path: Path) -> None:
    landed, _ = bundle(tmp_path, users=b"sourcedId,metadata.bus,locker,password\nu1,7,12,secret\n")
    assert {k: v for k, v in landed["users"][0].items() if k != "source_row"} == {
        "sourcedId": "u1",
        "metadata.bus": "7",
        "locker": "12",
    }


def test_text_is_trimmed_of_nothing(tmp_path: Path) -> None:
    landed, _ = bundle(tmp_path, users=b"sourcedId,givenName\nu1, Ann  \n")
    assert landed["users"][0]["givenName"] == " Ann  "


def test_rows_to_be_deleted_are_landed(tmp_path: Path) -> None:
    landed, _ = bundle(tmp_path, users=b"sourcedId,status\nu1,tobedeleted\n")
    assert len(landed["users"]) == 1


BAD_ROWS = {
    "nul-byte": b"u2,B\0o",
    "too-many-columns": b"u2,Bo,x",
    "too-few-columns": b"u2",
    "field-too-large": b"u2," + b"x" * 10_000_000,
    "unbalanced-quotes": b'u2,"Bo',
}


@pytest.mark.parametrize("rule", BAD_ROWS)
def test_a_damaged_row_is_set_aside_and_the_others_go_on(tmp_path: Path, rule: str) -> None:
    landed, problems = bundle(tmp_path, users=b"sourcedId,givenName\nu1,Ann\n" + BAD_ROWS[rule] + b'\nu3,"Cy"\n')
    assert [row["sourcedId"] for row in landed["users"]] == ["u1", "u3"]
    assert [(p["rule"], p["source_row"] & 0xFFFFFFFF, p["severity"]) for p in problems] == [(rule, 3, "row")]


BAD_FILES = {
    "empty-file": b"",
    "wrong-header": b"id,first name\nu1,Ann\n",
}


@pytest.mark.parametrize("rule", BAD_FILES)
def test_a_file_that_cannot_be_read_is_told_and_the_others_are_landed(tmp_path: Path, rule: str) -> None:
    landed, problems = bundle(tmp_path, users=BAD_FILES[rule], orgs=b"sourcedId\no1\n")
    assert [(p["rule"], p["file_number"], p["severity"]) for p in problems] == [(rule, 2, "file")]
    assert list(landed) == ["orgs"]


def test_a_quotation_mark_inside_a_bare_value_is_kept(tmp_path: Path) -> None:
    landed, problems = bundle(tmp_path, users=b'sourcedId,givenName\nu1,William "Bill" J\nu2,"Bo"\n')
    assert [row["givenName"] for row in landed["users"]] == ['William "Bill" J', "Bo"]
    assert problems == []


def test_text_that_is_not_utf8_is_read_as_windows_text_and_told(tmp_path: Path) -> None:
    landed, problems = bundle(tmp_path, users=b"sourcedId,givenName\nu1,Zo\xeb\nu2,Jos\xc3\xa9\n")
    assert [row["givenName"] for row in landed["users"]] == ["Zoë", "José"]
    assert [p["rule"] for p in problems] == ["encoding-guessed"]


def test_a_file_that_the_manifest_promises_and_is_not_there_is_told(tmp_path: Path) -> None:
    manifest = b"propertyName,value\noneroster.version,1.1\nfile.users,bulk\nfile.orgs,bulk\nfile.roles,absent\n"
    _, problems = bundle(tmp_path, manifest=manifest, orgs=b"sourcedId\no1\n")
    assert [p["rule"] for p in problems] == ["missing-file"]
    assert "users.csv" in problems[0]["sentence"]


def test_refused_files_are_in_the_report(tmp_path: Path) -> None:
    _, problems = bundle(tmp_path, users=b"sourcedId,ssn\nu1,219-09-9999\n", orgs=b"sourcedId\no1\n")
    assert [p["rule"] for p in problems] == ["social-security-numbers"]
    assert "219" not in problems[0]["sentence"]


def test_no_problem_holds_what_a_row_says(tmp_path: Path) -> None:
    _, problems = bundle(tmp_path, users=b"sourcedId,givenName\nu1,Wilhelmina,x\n")
    assert "Wilhelmina" not in str(problems)


# Text without control characters: what a careful exporter writes, with quotes, commas and newlines in values.
_value = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from('",\n;'), max_size=8)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_value, min_size=3, max_size=3), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_every_properly_quoted_table_is_read_exactly(rows: list[list[str]], newline: str) -> None:
    quoted = [",".join('"' + value.replace('"', '""') + '"' for value in row) for row in rows]
    data = newline.join(["a,b,c", *quoted]).encode()
    (text,) = read_delimited([data], "made.csv", lambda names: names)
    assert [list(row.values()) for row in text.columns.to_pylist()] == rows
    starts = [2 + sum(1 + quoted[i].count("\n") for i in range(n)) for n in range(len(rows))]
    assert text.lines.tolist() == starts
    assert text.damaged == {}


@pytest.mark.skipif(not DATA.exists(), reason="the real files are not here")
def test_school_data_syncs_bundle_lands_whole(tmp_path: Path) -> None:
    sent = DATA / "microsoft-sds" / "SDS v2.1"
    report = Report()
    tables = read(land("sds", KIND, sent, tmp_path / "landing", 1), tmp_path / "landed", report)
    expected = {f.stem: len(f.read_text("utf-8-sig").splitlines()) - 1 for f in sent.glob("*.csv")}
    assert {t.name: t.rows for t in tables} == expected
    assert report.table().num_rows == 0
