"""A source may be a pattern: what fits it and was changed last is its delivery."""

import os

from homeroom.patterns import newest_match


def test_of_several_the_one_that_was_changed_last_is_meant(tmp_path):
    for moment, name in [(20, "roster-0901.zip"), (30, "roster-0831.zip"), (40, "other.zip")]:
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (moment, moment))
    assert newest_match(tmp_path / "roster-*.zip").name == "roster-0831.zip"


def test_a_path_that_is_there_is_no_pattern(tmp_path):
    (tmp_path / "roster[1].zip").touch()
    (tmp_path / "roster1.zip").touch()
    assert newest_match(tmp_path / "roster[1].zip").name == "roster[1].zip"


def test_a_pattern_that_nothing_fits_stays_as_it_is(tmp_path):
    assert newest_match(tmp_path / "roster-*.zip") == tmp_path / "roster-*.zip"
