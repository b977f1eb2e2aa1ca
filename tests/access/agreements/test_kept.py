"""Agreements in the database: who took which step stays, and nothing of it can be changed."""

from datetime import date

import psycopg
import pytest
from asking import answer, change, rows
from made_up_agreement import APPROVED_BY, ASKED_BY, agreement_file, made_active

from homeroom.access.agreements import kept
from homeroom.access.agreements.file import read_file
from homeroom.access.agreements.states import State
from homeroom.access.permissions import Action, Principal, Purpose, Role, decide, purpose_of
from homeroom.errors import WrongUse

DECIDE = Action.DECIDE_AGREEMENTS


@pytest.fixture
def active(record, tmp_path):
    """An agreement that is active, with its record."""
    number = answer(record, lambda use: made_active(use, agreement_file(tmp_path)), DECIDE)
    return record, number


def test_each_step_is_kept_with_who_when_and_why(record, tmp_path):
    asked = answer(record, lambda use: kept.ask(use, read_file(agreement_file(tmp_path)), ASKED_BY, "For reading."),
                   DECIDE)  # fmt: skip
    answer(record, lambda use: kept.change(use, asked.number, State.APPROVED, APPROVED_BY, "Looked at."), DECIDE)
    found = answer(record, lambda use: kept.agreement(use, asked.number), Action.SEE_AGREEMENTS)
    assert [(step.state, step.by, step.why) for step in found.changes] == [
        (State.ASKED, ASKED_BY, "For reading."),
        (State.APPROVED, APPROVED_BY, "Looked at."),
    ]
    assert all(step.at for step in found.changes)


def test_an_organization_that_the_record_does_not_have_is_asked_for_in_vain(record, tmp_path):
    file = agreement_file(tmp_path)
    file.write_text(file.read_text().replace('schools = "all"', "education_organizations = [255901]"))
    with pytest.raises(WrongUse, match="The record has no education organization 255901"):
        answer(record, lambda use: kept.ask(use, read_file(file), ASKED_BY), DECIDE)


@pytest.mark.parametrize("statement", [
    "update access.agreement_change set by = 'somebody else'",
    "delete from access.agreement_change",
    "update access.agreement set terms = '{}'",
    "delete from access.agreement",
    "truncate access.agreement, access.agreement_change cascade",
])  # fmt: skip
def test_nothing_of_it_can_be_changed_or_deleted(active, statement):
    url, _ = active
    before = rows(url, "select * from access.agreement_change order by id")
    with pytest.raises(psycopg.errors.RaiseException, match="stays as it was written"):
        change(url, statement)
    assert rows(url, "select * from access.agreement_change order by id") == before
    assert len(before) == 3


def test_a_step_that_is_none_leaves_the_agreement_as_it_was(active):
    url, number = active
    with pytest.raises(WrongUse, match="can't be approved"):
        answer(url, lambda use: kept.change(use, number, State.APPROVED, "Somebody"), DECIDE)
    assert answer(url, lambda use: kept.agreement(use, number), DECIDE).state is State.ACTIVE


def test_a_school_that_the_record_does_not_have_is_refused(record, tmp_path):
    terms = read_file(agreement_file(tmp_path, schools=[4711]))
    with pytest.raises(WrongUse, match="no school 4711"):
        answer(record, lambda use: kept.ask(use, terms, ASKED_BY), DECIDE)


def app_of(url, number):
    agreement = answer(url, lambda use: kept.agreement(use, number), DECIDE)
    return Principal("an app", Role.APP, agreement)


def test_an_app_may_only_what_its_agreement_is_for_and_while_it_lasts(record, tmp_path):
    file = agreement_file(tmp_path, begin="2026-08-01", end="2027-07-31")
    app = app_of(record, answer(record, lambda use: made_active(use, file), DECIDE))

    def may(day, purpose=Purpose.ROSTERING, action=Action.FIND_IDENTITIES):
        return decide(app, action, purpose, day).allowed

    assert may(date(2026, 8, 1))
    assert may(date(2027, 7, 31))
    assert not may(date(2026, 7, 31))
    assert not may(date(2027, 8, 1))
    assert not may(date(2026, 9, 1), Purpose.INSTRUCTION)
    assert not may(date(2026, 9, 1), Purpose.CONSOLIDATION)
    assert not may(date(2026, 9, 1), action=Action.SEE_STUDENT)


@pytest.mark.parametrize("state", [State.SUSPENDED, State.ENDED])
def test_an_app_may_nothing_under_an_agreement_that_is_not_active(active, state):
    url, number = active
    assert decide(app_of(url, number), Action.FIND_IDENTITIES, Purpose.ROSTERING).allowed
    answer(url, lambda use: kept.change(use, number, state, APPROVED_BY), DECIDE)
    decision = decide(app_of(url, number), Action.FIND_IDENTITIES, Purpose.ROSTERING)
    assert (decision.allowed, decision.reason) == (False, f"The agreement is {state}, not active.")


def test_an_app_without_an_agreement_may_nothing():
    assert not decide(Principal("an app", Role.APP), Action.FIND_IDENTITIES, Purpose.ROSTERING).allowed


def test_an_app_acts_for_a_purpose_of_its_agreement_that_lets_it(active):
    app = app_of(*active)
    assert purpose_of(app, Action.CREATE_IDENTITIES) is Purpose.ROSTERING
