"""What an agreement implies of how many students its keys may be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeroom.access.agreements.terms import PURPOSES
from homeroom.access.egress.budget import Budget, implied_budget
from homeroom.access.permissions import Purpose

DISTRICTS = st.integers(min_value=0, max_value=2_000_000)
SOME_PURPOSES = st.lists(st.sampled_from(PURPOSES), min_size=1)


@pytest.mark.parametrize("purpose", [Purpose.ROSTERING, Purpose.OPERATIONS, Purpose.REQUIRED_REPORTING])
def test_who_works_for_every_student_may_see_all_of_them_at_once_and_those_who_come(purpose: Purpose) -> None:
    assert implied_budget([purpose], 100_000) == Budget(110_000, 110_000)


@pytest.mark.parametrize(
    "purpose", [Purpose.INSTRUCTION, Purpose.ASSESSMENT, Purpose.PROGRESS_REPORTING, Purpose.ACCOMMODATIONS]
)
def test_who_works_for_single_students_may_not_see_a_district_in_a_day(purpose: Purpose) -> None:
    assert implied_budget([purpose], 100_000) == Budget(10_000, 25_000)


def test_a_small_school_can_go_on_with_its_work() -> None:
    assert implied_budget([Purpose.INSTRUCTION], 60) == Budget(100, 250)


def test_a_share_is_rounded_up_to_a_whole_student() -> None:
    assert implied_budget([Purpose.INSTRUCTION], 10_001) == Budget(1_001, 2_501)


@given(SOME_PURPOSES, st.sampled_from(PURPOSES), DISTRICTS)
def test_another_purpose_never_makes_a_budget_smaller(purposes: list[Purpose], more: Purpose, students: int) -> None:
    fewer, all_ = implied_budget(purposes, students), implied_budget([*purposes, more], students)
    assert all_.students_per_hour >= fewer.students_per_hour
    assert all_.students_per_day >= fewer.students_per_day


@given(SOME_PURPOSES, DISTRICTS)
def test_a_day_holds_no_fewer_students_than_an_hour(purposes: list[Purpose], students: int) -> None:
    budget = implied_budget(purposes, students)
    assert budget.students_per_day >= budget.students_per_hour
