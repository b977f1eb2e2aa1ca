"""A sandbox as somebody makes, uses and drops it at a terminal."""

import json
import subprocess
import sys

import pytest

from homeroom.settings import Workspace

CLIENT = ["client", "add", "--claim-set", "SIS Vendor", "--education-organization", "255901"]
CLIENT += ["--namespace", "uri://ed-fi.org"]


def homeroom(*words, cwd=None):
    command = [sys.executable, "-m", "homeroom.cli", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)
    assert "Traceback" not in done.stderr
    return done.stdout if done.returncode == 0 else f"{done.returncode} {done.stderr}"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    """Its folder. The template is made for these tests alone."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        place = folder / "trial"
        said = homeroom("init", "--sandbox", place)
        assert "a sandbox, for made-up data alone" in said
        yield place


def test_it_says_that_it_is_one(sandbox):
    found = json.loads(homeroom("status", "--json", "--workspace", sandbox))
    assert (found["district"], found["sandbox"], found["record"]["students"]) == ("Sandbox", True, 0)
    assert "is a sandbox: all that it holds is made up." in homeroom("status", "--workspace", sandbox)


def test_a_key_is_given_at_once_in_the_way_of_any_key(sandbox):
    given = json.loads(homeroom(*CLIENT, "--json", "--workspace", sandbox))
    assert list(given) == ["key", "secret", "base_url", "token_url"]
    assert given["token_url"] == f"{given['base_url']}/oauth/token"
    (agreement,) = json.loads(homeroom("agreement", "list", "--json", "--workspace", sandbox))["agreements"]
    assert agreement["in_force"]
    assert agreement["terms"]["education_organizations"] == [255901]
    assert agreement["terms"]["sandbox"] is True


def test_it_takes_no_sources_and_has_no_runs(sandbox, tmp_path):
    for words in (["source", "add", "sis", tmp_path, "--kind", "oneroster-csv"], ["consolidate"]):
        assert "takes no deliveries of a district's systems" in homeroom(*words, "--workspace", sandbox)


def test_it_is_dropped_with_all_that_it_holds(sandbox):
    other = sandbox.parent / "other"
    homeroom("init", "--sandbox", other, "--district", "Trial")
    assert homeroom("drop", "--workspace", other) == f"The sandbox in {other} is gone.\n"
    assert not other.exists()


def test_a_real_district_is_not_dropped_and_gives_no_key_by_a_claim_set(record, tmp_path):
    place = Workspace.create(tmp_path / "district", "Maple Grove")
    place.settings_file.write_text(place.settings_file.read_text() + f'\n[record]\nurl = "{record}"\n')
    assert "is no sandbox, and is not dropped by a command" in homeroom("drop", "--workspace", place.root)
    assert place.settings_file.exists()
    assert "A key by a claim set is for a sandbox alone" in homeroom(*CLIENT, "--workspace", place.root)


@pytest.mark.parametrize("words", [[], ["7", *CLIENT[2:]], ["7", "--namespace", "uri://ed-fi.org"]])
def test_a_key_is_under_an_agreement_or_by_a_claim_set(words, tmp_path):
    place = Workspace.create(tmp_path / "district", "Maple Grove")
    assert homeroom("client", "add", *words, "--workspace", place.root).startswith("2 homeroom: Name the agreement")


def test_a_district_needs_a_folder_and_a_name(tmp_path):
    assert homeroom("init", tmp_path / "district").startswith("2 homeroom: Name the folder and the district")
