"""`homeroom check` needs nothing but the files, and its exit status says whether it could look at them."""

import json

import openpyxl
import pytest
from commands import homeroom

from homeroom.consolidate.source_kinds import SOURCE_KINDS
from homeroom.jobs.map_source import look, source_to_map, write_mapping
from homeroom.settings import Workspace


@pytest.fixture
def sent(tmp_path):
    (tmp_path / "sent").mkdir()
    (tmp_path / "sent" / "orgs.csv").write_text(
        "sourcedId,name,type,identifier\nd,Maple Grove,district,1\n,Elm,school,2\n"
    )
    return tmp_path / "sent"


def check(*words, cwd):
    return homeroom("check", *words, cwd=cwd)


def test_a_sources_owner_checks_files_without_a_workspace(sent, tmp_path):
    told = check("mine", sent, "--kind", "oneroster-csv", cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert "Of 2 rows 1 would be set aside. Nothing was changed." in told.stdout
    assert "The row has no sourcedId." in told.stdout
    assert "First in orgs.csv, line 3." in told.stdout
    assert "there is no earlier delivery" in told.stdout
    assert list(tmp_path.iterdir()) == [sent]


def test_a_row_of_a_workbook_is_told_by_its_sheet(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Rooms"
    students = book.create_sheet("Students")
    for row in (["Student ID", "Last Name", "First Name", "Birth Date"], ["1", "Ortiz", "Ana", "2011-09-04"]):
        students.append(row)
    students.append([None, "Stone", "Ben", "2012-03-01"])
    book.save(tmp_path / "roster.xlsx")
    district = Workspace.create(tmp_path / "district", "Maple Grove")
    source = source_to_map(district, "sis", tmp_path / "roster.xlsx")
    with look(district, source) as looked:
        write_mapping(source, looked.text)
    district.add_source("sis", "excel", tmp_path / "roster.xlsx", tuple(SOURCE_KINDS), {"mapping": "mappings/sis.toml"})
    told = check("sis", tmp_path / "roster.xlsx", "--workspace", district.root, cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    assert "First in roster.xlsx, sheet 2, row 3." in told.stdout


def test_with_strict_a_delivery_that_is_not_faultless_ends_with_1(sent, tmp_path):
    told = check("mine", sent, "--kind", "oneroster-csv", "--strict", "--json", cwd=tmp_path)
    assert told.returncode == 1
    found = json.loads(told.stdout)
    assert (found["rows"], found["set_aside"], found["faultless"], found["compared"]) == (2, 1, False, None)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("mine", "sent"), 2, "not a workspace"),
        (("mine", "sent", "--kind", "fax"), 1, "oneroster-csv"),
        (("mine", "nowhere", "--kind", "oneroster-csv"), 1, "nowhere"),
    ],
)
def test_what_cannot_be_checked_is_said_in_a_sentence(sent, tmp_path, words, status, said):
    told = check(*words, cwd=tmp_path)
    assert told.returncode == status
    assert said in told.stderr
    assert "Traceback" not in told.stderr
