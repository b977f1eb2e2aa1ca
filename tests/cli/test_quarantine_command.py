"""`homeroom quarantine` tells what was set aside, and gives out the rows, at the terminal."""

import json

import pytest
from commands import homeroom
from own_workspace import own_workspace


@pytest.fixture
def workspace(tmp_path, copied_record, maple_grove):
    """A workspace with a copy of Maple Grove's record, and its deliveries."""
    made = own_workspace(tmp_path / "district", copied_record)
    made.landing.rmdir()
    made.landing.symlink_to(maple_grove.landing)
    return made


def quarantine(workspace, *words):
    return homeroom("quarantine", *words, "--workspace", workspace.root)


def test_each_reason_is_told_once_with_its_files(workspace):
    groups = json.loads(quarantine(workspace, "--json").stdout)["groups"]
    assert groups
    told = quarantine(workspace).stdout
    assert told.startswith("Rows that are not in the record:")
    for group in groups:
        assert told.count(f"{group['source']}: {group['sentence']}") == 1
        assert group["file"] in told


def test_the_rows_of_a_source_are_written_where_the_person_says(workspace, tmp_path):
    written = quarantine(workspace, "export", "warehouse", "--into", tmp_path / "rows")
    assert written.returncode == 0, written.stderr
    assert all(
        str(path.relative_to(tmp_path / "rows")) in written.stdout for path in (tmp_path / "rows").rglob("*.xml")
    )
    again = quarantine(workspace, "export", "warehouse", "--into", tmp_path / "rows")
    assert again.returncode == 2
    assert "not empty" in again.stderr
