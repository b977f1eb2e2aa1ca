"""Files that nobody has written since are known again without being read; any change of one is seen."""

import os
import shutil

import pytest

from homeroom.sources.delivery import land
from homeroom.sources.seen_files import fingerprint, remember, seen_before


@pytest.fixture
def sent(tmp_path):
    folder = tmp_path / "sent"
    folder.mkdir()
    (folder / "users.csv").write_text("sourcedId\nu1\n")
    return folder


@pytest.fixture
def taken(tmp_path, sent):
    """The landing of a source from which a delivery was taken."""
    seen = fingerprint(sent)
    delivery = land("sis", "oneroster-csv", sent, tmp_path / "landing", 1)
    remember(tmp_path / "landing" / "sis", seen, delivery)
    return tmp_path / "landing" / "sis", delivery


def test_files_that_nobody_touched_are_the_delivery_that_was_taken(taken, sent):
    landing, delivery = taken
    assert seen_before(landing, fingerprint(sent)) == delivery


def rewrite_with_the_same_size_and_time(sent):
    file = sent / "users.csv"
    before = file.stat()
    file.write_text("sourcedId\nu2\n")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def put_another_in_its_place(sent):
    (sent / "new.csv").write_text("sourcedId\nu1\n")
    (sent / "new.csv").replace(sent / "users.csv")


@pytest.mark.parametrize(
    "change",
    [
        rewrite_with_the_same_size_and_time,
        put_another_in_its_place,
        lambda sent: (sent / "orgs.csv").write_text("sourcedId\n"),
        lambda sent: (sent / "users.csv").unlink(),
        lambda sent: (sent / "users.csv").rename(sent / "people.csv"),
    ],
    ids=["rewritten", "replaced", "added", "removed", "renamed"],
)
def test_any_change_of_a_file_is_seen(taken, sent, change):
    landing, _ = taken
    change(sent)
    assert seen_before(landing, fingerprint(sent)) is None


def test_what_decides_how_files_are_taken_counts_too(taken, sent):
    landing, _ = taken
    assert seen_before(landing, fingerprint(sent, "another limit")) is None


def test_a_delivery_that_is_kept_no_more_is_taken_again(taken, sent):
    landing, delivery = taken
    shutil.rmtree(delivery.folder)
    assert seen_before(landing, fingerprint(sent)) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_a_note_that_can_not_be_read_is_as_none(taken, sent, text):
    landing, _ = taken
    (landing / "seen.json").write_text(text)
    assert seen_before(landing, fingerprint(sent)) is None
