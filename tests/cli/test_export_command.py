"""`homeroom export oneroster`: files for the app of an agreement, or none and a sentence."""

from __future__ import annotations

import csv
import json
import subprocess
from pathlib import Path

import psycopg
import pytest
from commands import homeroom
from made_up_agreement import APPROVED_BY, agreement_file, made_active
from own_workspace import own_workspace

from homeroom.access.agreements import kept
from homeroom.access.agreements.states import State
from homeroom.access.door import prepare
from homeroom.access.permissions import Action

NAMES = 'Student = ["studentUniqueId", "firstName"]\nSchool = ["schoolId", "nameOfInstitution"]'


class District:
    """A copy of Maple Grove, and an agreement with it."""

    def __init__(self, record: str, folder: Path) -> None:
        import asyncio

        from homeroom.access.door import ask

        prepare(record)
        self.record, self.folder = record, folder
        self.workspace = own_workspace(folder / "district", record)
        self._ask = lambda question: asyncio.run(ask(record, Action.DECIDE_AGREEMENTS, question))
        file = agreement_file(folder, elements=NAMES)
        self.agreement = self._ask(lambda use: made_active(use, file))

    def suspend(self) -> None:
        self._ask(lambda use: kept.change(use, self.agreement, State.SUSPENDED, APPROVED_BY))

    def export(
        self, folder: Path, *options: str, by: str = "Ines Duarte", approved_by: str = "Omar Haddad"
    ) -> subprocess.CompletedProcess[str]:
        people = ("--by", by, "--approved-by", approved_by)
        terms = ("--agreement", self.agreement, "--workspace", self.workspace.root)
        return homeroom("export", "oneroster", folder, *people, *terms, *options)

    def logged(self) -> list[tuple]:
        with psycopg.connect(self.record) as record:
            return record.execute("select principal, on_behalf_of, shown from access.disclosure").fetchall()


@pytest.fixture
def district(copied_record, tmp_path) -> District:
    return District(copied_record, tmp_path)


def test_the_files_hold_what_is_agreed_and_the_log_who_took_them(district, tmp_path):
    folder = tmp_path / "bundle"
    done = district.export(folder, "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["agreement"], set(told["rows"])) == (district.agreement, {"users", "orgs"})
    with (folder / "users.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == told["rows"]["users"] > 100
    filled = {name for row in rows for name, value in row.items() if value}
    assert filled == {"sourcedId", "enabledUser", "givenName"}
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        manifest = dict(csv.reader(file))
    assert (manifest["oneroster.version"], manifest["file.users"], manifest["file.demographics"]) == (
        "1.2", "bulk", "absent"
    )  # fmt: skip
    taken_by = "Ines Duarte, approved by Omar Haddad"
    assert district.logged() == [("Reading Trail of Reading Trail, Inc.", taken_by, {"Student": ["firstName"]})]


def test_nothing_is_written_where_the_agreement_is_not_in_force(district, tmp_path):
    district.suspend()
    refused = district.export(tmp_path / "bundle")
    assert (refused.returncode, "The agreement is suspended" in refused.stderr) == (1, True)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("bundle")] == []
    assert district.logged() == []


def test_changes_are_told_since_bundles_of_which_the_first_is_whole(district, tmp_path):
    whole, changes = tmp_path / "whole", tmp_path / "changes"
    assert district.export(whole).returncode == 0
    assert district.export(changes, "--since", whole / "manifest.csv").returncode == 0
    for since, words in (
        ((tmp_path / "manifest.csv",), "can't be read"),
        ((changes / "manifest.csv",), "is not that of a bundle which is whole"),
        ((whole / "manifest.csv", whole / "manifest.csv"), "is not that of a bundle which holds changes"),
    ):
        options = [word for path in since for word in ("--since", path)]
        refused = district.export(tmp_path / "more", *options)
        assert (refused.returncode, words in refused.stderr) == (2, True), refused.stderr
    (whole / "users.csv").write_text("a,b\n")
    refused = district.export(tmp_path / "more", "--since", whole / "manifest.csv")
    assert (refused.returncode, "not as an earlier export wrote it" in refused.stderr) == (2, True), refused.stderr
    assert not (tmp_path / "more").exists()


@pytest.mark.parametrize("approved_by", ["", "ines duarte"])
def test_nobody_takes_a_whole_district_alone(district, tmp_path, approved_by):
    refused = district.export(tmp_path / "bundle", approved_by=approved_by)
    assert (refused.returncode, "somebody else has to approve it" in refused.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("bundle")] == []
    assert district.logged() == []


@pytest.mark.parametrize(("there", "by", "sentence"), [(True, "Ines", "is there already"), (False, " ", "Say who")])
def test_wrong_use_is_told_and_nothing_is_written(district, tmp_path, there, by, sentence):
    folder = tmp_path / "bundle"
    if there:
        folder.mkdir()
    refused = district.export(folder, by=by)
    assert (refused.returncode, sentence in refused.stderr) == (2, True)
    assert district.logged() == []
