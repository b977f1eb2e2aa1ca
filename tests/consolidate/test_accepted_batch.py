"""A delivery that looks wrong is held; the record keeps what it holds until somebody lets the delivery pass."""

import shutil

import pytest
from held_district import STUDENTS, Sis, whole_export


@pytest.fixture
def sis(tmp_path, record):
    """A system whose first export is in the record, and whose second lacks most of its enrollments."""
    sis = Sis(tmp_path, record)
    sis.deliver()
    sis.tables["enrollments"] = sis.tables["enrollments"][: STUDENTS // 3]
    sis.write()
    return sis


@pytest.fixture
def halved(sis):
    """The same after a run has looked at the second export."""
    sis.run()
    return sis


def test_half_an_export_is_held_and_takes_nobody_out_of_the_record(halved):
    assert halved.outcomes() == ["published", "held published"]
    assert halved.open_enrollments() == STUDENTS
    assert "There are 33 rows of student school association; before there were 100 (67 % fewer)." in halved.reasons()
    assert halved.asked(
        "select count(*) > 0 from consolidation.delivered_file join consolidation.run_delivery using (delivery_id)"
        " where outcome = 'held'"
    ) == [(True,)]


def test_it_stays_held_when_it_comes_again_also_without_what_the_steps_made(halved):
    shutil.rmtree(halved.workspace.staging)
    halved.run()
    assert halved.outcomes()[-1] == "held published"
    assert halved.open_enrollments() == STUDENTS


def test_let_pass_it_is_published_by_the_next_run(halved):
    halved.decide("pass")
    halved.run()
    assert halved.outcomes()[-1] == "published"
    assert halved.open_enrollments() == STUDENTS // 3


def test_what_comes_after_a_delivery_that_was_let_pass_is_compared_with_that(halved):
    halved.decide("pass")
    halved.tables["users"][0]["givenName"] = "Renamed"
    halved.deliver()
    assert halved.outcomes()[-1] == "published"


def test_refused_it_stays_out_and_a_whole_one_after_it_is_published(halved):
    halved.decide("refuse")
    halved.run()
    assert halved.outcomes()[-1] == "published refused"
    assert halved.open_enrollments() == STUDENTS
    halved.tables = whole_export(STUDENTS + 1)
    halved.deliver()
    assert halved.outcomes()[-1] == "published"
    assert halved.open_enrollments() == STUDENTS + 1


def test_a_source_that_is_never_held_is_published_and_what_looks_wrong_is_told(sis):
    sis.set('[held]\nnever = ["sis"]')
    sis.run()
    assert sis.outcomes()[-1] == "published"
    assert sis.reasons()
