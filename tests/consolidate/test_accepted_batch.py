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


def test_half_an_export_is_held_and_stays_held_also_without_what_the_steps_made(sis):
    sis.run()
    shutil.rmtree(sis.workspace.staging)
    sis.run()
    assert sis.outcomes() == ["published", "held published", "held published"]
    assert sis.open_enrollments() == STUDENTS
    assert "There are 33 rows of student school association; before there were 100 (67 % fewer)." in sis.reasons()
    assert sis.asked(
        "select count(*) > 0 from consolidation.delivered_file join consolidation.run_delivery using (delivery_id)"
        " where outcome = 'held'"
    ) == [(True,)]


def test_let_pass_it_is_published_by_the_next_run(sis):
    sis.run()
    sis.decide("pass")
    sis.run()
    assert sis.outcomes()[-1] == "published"
    assert sis.open_enrollments() == STUDENTS // 3


def test_refused_it_stays_out_and_a_whole_one_after_it_is_published(sis):
    sis.run()
    sis.decide("refuse")
    sis.run()
    assert sis.outcomes()[-1] == "published refused"
    assert sis.open_enrollments() == STUDENTS
    sis.tables = whole_export(STUDENTS + 1)
    sis.deliver()
    assert sis.outcomes()[-1] == "published"
    assert sis.open_enrollments() == STUDENTS + 1


def test_a_source_that_is_never_held_is_published_and_what_looks_wrong_is_told(sis):
    sis.set('[held]\nnever = ["sis"]')
    sis.run()
    assert sis.outcomes()[-1] == "published"
    assert sis.reasons()
