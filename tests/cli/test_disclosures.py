"""`homeroom disclosures` gives a family its log, and `homeroom verify` checks it with nothing but the file."""

import csv
import json

import psycopg
import pytest
from commands import homeroom
from own_workspace import own_workspace


@pytest.fixture
def workspace(tmp_path, copied_record):
    """A workspace whose record is a copy of Maple Grove's."""
    return own_workspace(tmp_path / "district", copied_record)


@pytest.fixture
def student(copied_record, workspace):
    """A student's id, who was shown to somebody once."""
    with psycopg.connect(copied_record) as record:
        (found,) = record.execute("select student_unique_id from edfi.student order by 1 limit 1").fetchone()
    homeroom("explain", "student", found, "--workspace", workspace.root)
    return found


def test_a_file_for_a_family_is_checked_without_a_workspace(tmp_path, workspace, student):
    file = tmp_path / "mine.json"
    given = homeroom("disclosures", "export", student, file, "--workspace", workspace.root)
    assert given.returncode == 0, given.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    key = homeroom("disclosures", "key", "--workspace", workspace.root).stdout.strip()
    checked = homeroom("verify", file, "--key", key)
    assert checked.returncode == 0, checked.stderr
    assert f"2 entries about student {student} stand in the log of Maple Grove" in checked.stdout
    assert "whoever works at the district's own machine: see a student" in checked.stdout
    assert "names its own key" not in checked.stdout
    assert "names its own key" in homeroom("verify", file).stdout


def test_a_file_that_was_changed_is_told_in_a_sentence(tmp_path, workspace, student):
    file = tmp_path / "mine.json"
    homeroom("disclosures", "export", student, file, "--workspace", workspace.root)
    document = json.loads(file.read_text())
    document["entries"][0]["entry"]["principal"] = "nobody"
    file.write_text(json.dumps(document))
    told = homeroom("verify", file)
    assert told.returncode == 1
    assert "Entry 1 is not in the log that the district signed" in told.stderr


@pytest.mark.parametrize("content", ["", "[]", "{}", "no json"])
def test_what_is_no_file_of_disclosures_is_told(tmp_path, content):
    (tmp_path / "file.json").write_text(content)
    told = homeroom("verify", tmp_path / "file.json")
    assert told.returncode == 2
    assert "no file of disclosures" in told.stderr


def test_the_record_that_the_law_asks_for_says_of_each_line_whether_it_does(tmp_path, workspace, student):
    file = tmp_path / "record.csv"
    assert homeroom("disclosures", "record", student, file, "--workspace", workspace.root).returncode == 0
    lines = list(csv.DictReader(file.read_text().splitlines()))
    assert [line["what was done"] for line in lines] == ["see a student", "see to whom students were shown"]
    assert {line["asked for by 34 CFR 99.32"] for line in lines} == {"no: a school official, 99.32(d)(2)"}


def test_an_audit_says_whether_the_log_is_what_it_was(tmp_path, workspace, student, copied_record):
    kept = tmp_path / "checkpoint"
    kept.write_text(homeroom("disclosures", "checkpoint", "--workspace", workspace.root).stdout)
    audit = ("disclosures", "audit", "--checkpoint", kept, "--workspace", workspace.root)
    whole = homeroom(*audit)
    assert whole.returncode == 0, whole.stderr
    assert "Every entry is as it was when it got its place." in whole.stdout
    with psycopg.connect(copied_record) as record:
        record.execute("alter table access.disclosure disable trigger user")
        record.execute("update access.disclosure set principal = 'nobody'")
    changed = homeroom(*audit)
    assert changed.returncode == 1
    assert "was changed after it got its place" in changed.stdout
    assert "The disclosure log is not what it was." in changed.stderr


def test_of_somebody_unknown_there_is_no_file(tmp_path, workspace):
    told = homeroom("disclosures", "export", "nobody", tmp_path / "file.json", "--workspace", workspace.root)
    assert told.returncode == 1
    assert "homeroom identities --csv" in told.stderr
    assert not (tmp_path / "file.json").exists()
