"""`homeroom account`, as whoever looks after accounts uses it."""

import json
import subprocess
import sys

import pytest

from homeroom.settings import Workspace


@pytest.fixture
def homeroom(record, tmp_path):
    """A command in a workspace of its own; it gives what was printed, or the sentence of the refusal."""
    place = Workspace.create(tmp_path / "district", "Maple Grove")
    place.settings_file.write_text(place.settings_file.read_text() + f'\n[record]\nurl = "{record}"\n')

    def run(*words):
        done = subprocess.run(
            [sys.executable, "-m", "homeroom.cli", "account", *words, "--workspace", place.root],
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr
        return done.stdout if done.returncode == 0 else f"{done.returncode} {done.stderr}"

    return run


def test_an_account_is_added_invited_listed_and_ended(homeroom):
    assert "homeroom account add" in homeroom("list")
    made = json.loads(
        homeroom(
            "add", "Ines Duarte", "--role", "data manager", "--by", "Tom Becker", "--email", "i@x.example", "--json"
        )
    )
    assert (made["account"], made["role"], made["email"]) == (1, "district data manager", "i@x.example")
    link, words = homeroom("invite", "1").splitlines()
    assert link.startswith("http://localhost:8000/sign-in/invitation/")
    assert "Ines Duarte" in words
    listed = homeroom("list")
    assert "Ines Duarte, district data manager; added" in listed
    assert "signs in with nothing yet" in listed
    homeroom("end", "1", "--by", "Tom Becker")
    assert json.loads(homeroom("list", "--json"))["accounts"][0]["ended_by"] == "Tom Becker"
    assert "has ended" in homeroom("invite", "1")


def test_the_privacy_officer_is_named_by_two_people(homeroom):
    add = ("add", "Tom Becker", "--role", "privacy officer", "--by", "Ines Duarte")
    assert "two people decide" in homeroom(*add)
    assert "Account 1 is Tom Becker's." in homeroom(*add, "--approved-by", "Ada Lindqvist")


def test_a_role_that_the_district_does_not_give_is_refused_with_those_that_it_does(homeroom):
    refused = homeroom("add", "Ruth", "--role", "teacher", "--by", "Ines")
    assert refused.startswith("2 ")
    assert "data manager, privacy officer" in refused
