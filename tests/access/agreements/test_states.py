"""Which way an agreement can go: whatever is tried, none is active unless two people made it so."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeroom.access.agreements.states import STEPS, Change, State, check_step
from homeroom.errors import WrongUse

NOW = datetime(2026, 9, 1, tzinfo=UTC)
ONE, OTHER = "Ines Duarte", "Tom Becker"
TRIES = st.lists(st.tuples(st.sampled_from(State), st.sampled_from([ONE, "INES  duarte", "Inès Duarte", OTHER, ""])))


def taken(tries):
    """The steps that are allowed of those that are tried, one after another."""
    changes = []
    for state, by in tries:
        try:
            check_step(changes, state, by)
        except WrongUse:
            continue
        changes.append(Change(state, by, NOW, ""))
    return changes


@given(TRIES)
def test_no_way_to_an_active_agreement_goes_without_two_people(tries):
    changes = taken(tries)
    if State.ACTIVE in [change.state for change in changes]:
        (approved,) = [change for change in changes if change.state is State.APPROVED]
        assert changes[0].state is State.ASKED
        assert {changes[0].by == OTHER, approved.by == OTHER} == {True, False}


@given(TRIES)
def test_what_has_ended_never_begins_again(tries):
    states = [change.state for change in taken(tries)]
    assert State.ENDED not in states[:-1]


@given(TRIES)
def test_only_the_steps_of_the_table_are_taken(tries):
    states = [change.state for change in taken(tries)]
    assert all(state in STEPS[before] for before, state in pairwise(states))
    assert states[:1] in ([], [State.ASKED])


@given(TRIES)
def test_nobody_takes_a_step_without_a_name(tries):
    assert all(change.by for change in taken(tries))


def test_the_way_to_an_active_agreement_is_open_to_two_people():
    way = [(State.ASKED, ONE), (State.APPROVED, OTHER), (State.ACTIVE, ONE), (State.SUSPENDED, ONE),
           (State.ACTIVE, OTHER), (State.ENDED, ONE)]  # fmt: skip
    assert [(change.state, change.by) for change in taken(way)] == way


@pytest.mark.parametrize("by", [ONE, " ines duarte ", "Inês Duarte", "Ines-Duarte"])
def test_whoever_asked_cant_approve_however_the_name_is_written(by):
    asked = [Change(State.ASKED, ONE, NOW, "")]
    with pytest.raises(WrongUse, match="Somebody else"):
        check_step(asked, State.APPROVED, by)


def test_a_refusal_says_what_can_be_done_instead():
    asked = [Change(State.ASKED, ONE, NOW, "")]
    with pytest.raises(WrongUse, match="It can be approved or ended"):
        check_step(asked, State.ACTIVE, OTHER)
