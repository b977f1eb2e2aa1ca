"""The key is made once, for its owner's eyes, and is the same ever after."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from homeroom.access.disclosure_log.signing_key import signing_key
from homeroom.errors import CannotRun


def test_the_key_is_made_once(tmp_path):
    made = signing_key(tmp_path / "key", "Maple Grove")
    assert str(signing_key(tmp_path / "key", "Another Name").verifier) == str(made.verifier)
    assert made.name == "maple-grove/disclosures"


def test_only_its_owner_may_read_it(tmp_path):
    signing_key(tmp_path / "key", "Maple Grove")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_of_many_who_make_one_at_once_all_have_the_same(tmp_path):
    with ThreadPoolExecutor(16) as threads:
        made = list(threads.map(lambda _: signing_key(tmp_path / "key", "Maple Grove"), range(64)))
    assert len({str(one.verifier) for one in made}) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["key"]


def test_a_key_that_could_not_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotRun, match="No space left on device"):
        signing_key(tmp_path / "key", "Maple Grove")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["Peña + Søn", "東京", ""])
def test_every_district_has_a_name_that_a_signed_note_can_bear(tmp_path, name):
    found = signing_key(tmp_path / "key", name).name
    assert not set(found) & set(" +\n")
    assert found.endswith("/disclosures")


@pytest.mark.parametrize("content", ["", "PRIVATE+KEY+a+b+c", "something else"])
def test_a_broken_key_is_told_and_never_made_anew(tmp_path, content):
    (tmp_path / "key").write_text(content)
    with pytest.raises(CannotRun, match="Put it back from a copy"):
        signing_key(tmp_path / "key", "Maple Grove")
    assert (tmp_path / "key").read_text() == content
