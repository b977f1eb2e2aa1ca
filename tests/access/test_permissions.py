"""Who may do what: where no rule says yes, the answer is no, and it has a reason."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.states import Change, State
from homeroom.access.agreements.terms import EVERY_MEMBER, LEARNING_EVENT, PURPOSES, AtTheEnd, Terms
from homeroom.access.door import Door, Refused
from homeroom.access.permissions import (
    ANYBODY,
    DOORKEEPER,
    GATEKEEPER,
    OF_THE_RECORD,
    RULES,
    THIS_MACHINE,
    Action,
    Principal,
    Purpose,
    Role,
    decide,
    may,
    purpose_of,
)

NOT_THE_DISTRICTS = {
    Action.CHECK_KEYS,
    Action.SIGN_IN,
    Action.FIND_IDENTITIES,
    Action.CREATE_IDENTITIES,
    Action.READ_RESOURCES,
    Action.WRITE_RESOURCES,
    Action.DELETE_RESOURCES,
    Action.SEND_LEARNING_EVENTS,
    Action.READ_SENT_EVENTS,
}
DAY = date(2026, 9, 1)
TERMS = Terms("Reading Trail, Inc.", "Reading Trail", PURPOSES, frozenset(), None, DAY, DAY, (), "A year.",
              AtTheEnd.DELETED, "Ada", "ada@reading-trail.example",
              {"Student": EVERY_MEMBER, LEARNING_EVENT: EVERY_MEMBER})  # fmt: skip
# An agreement that lets an app do all that agreements can.
ACTIVE = Agreement(1, TERMS, [Change(State.ACTIVE, "Tom Becker", datetime(2026, 9, 1, tzinfo=UTC), "")])
SOMEBODY = {
    Role.DISTRICT_DATA_MANAGER: THIS_MACHINE,
    Role.GATEKEEPER: GATEKEEPER,
    Role.APP: Principal("an app", Role.APP, ACTIVE),
    Role.ANYBODY: ANYBODY,
    Role.PRIVACY_OFFICER: Principal("Tom Becker", Role.PRIVACY_OFFICER, account=1),
} | {role: Principal("somebody", role, account=2, person="900") for role in OF_THE_RECORD}


@pytest.mark.parametrize("action", [action for action in Action if action not in NOT_THE_DISTRICTS])
def test_whoever_works_at_the_districts_own_machine_may_check_the_districts_own_record(action):
    assert decide(THIS_MACHINE, action, Purpose.CONSOLIDATION).allowed


@pytest.mark.parametrize("rule", list(RULES), ids=" ".join)
def test_without_its_rule_each_action_is_refused(rule, monkeypatch):
    role, action, purpose = rule
    assert decide(SOMEBODY[role], action, purpose, DAY).allowed
    monkeypatch.delitem(RULES, rule)
    assert not decide(SOMEBODY[role], action, purpose, DAY).allowed


@pytest.mark.parametrize("role", [Role.GATEKEEPER, Role.APP, Role.ANYBODY])
def test_what_is_no_persons_may_nothing_for_the_districts_own_purpose(role):
    assert not any(decide(SOMEBODY[role], action, Purpose.CONSOLIDATION, DAY).allowed for action in Action)


@pytest.mark.parametrize("role", Role)
def test_what_anybody_may_do_they_do_for_one_thing(role):
    """A person is asked for no purpose: what they are there for is what their rules say."""
    if role not in (Role.APP, Role.GATEKEEPER):
        purposes = {purpose for one, _, purpose in RULES if one is role}
        assert {purpose_of(SOMEBODY[role], Action.SEE_STUDENT)} == purposes


def test_who_lets_people_in_sees_none_of_them():
    allowed = {action for action in Action if may(DOORKEEPER, action)}
    assert allowed == {Action.SIGN_IN, Action.CHECK_KEYS}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DISTRICT_DATA_MANAGER])
def test_nobody_else_looks_after_accounts_or_the_record(role):
    refused = (Action.LOOK_AFTER_ACCOUNTS, Action.DECIDE_MATCHES, Action.DECIDE_DELIVERIES, Action.EXPORT_QUARANTINE)
    assert not any(may(SOMEBODY[role], action) for action in refused)


def test_a_refusal_says_who_may_not_do_what_and_what_for(monkeypatch):
    monkeypatch.delitem(RULES, (THIS_MACHINE.role, Action.SEE_STUDENT, Purpose.CONSOLIDATION))
    assert decide(THIS_MACHINE, Action.SEE_STUDENT, Purpose.CONSOLIDATION).reason == (
        "No rule lets a district data manager see a student for checking the district's own record."
    )


@pytest.mark.parametrize("action", [Action.WRITE_RESOURCES, Action.DELETE_RESOURCES])
def test_an_agreement_that_names_nothing_to_write_lets_nothing_be_written(action):
    reading = Principal("an app", Role.APP, replace(ACTIVE, terms=replace(TERMS, writes={})))
    decision = decide(reading, action, Purpose.ROSTERING, DAY)
    assert (decision.allowed, decision.reason) == (
        False,
        "The agreement lets the app read the record, and not write it.",
    )
    assert decide(reading, Action.READ_RESOURCES, Purpose.ROSTERING, DAY).allowed


def test_every_rule_has_a_reason():
    assert all(reason.endswith(".") for reason in RULES.values())


def test_advertising_and_sale_are_no_purposes():
    assert not {"advertising", "marketing", "sale", "profiling"} & {str(purpose).lower() for purpose in Purpose}


def test_the_door_asks_before_it_opens(monkeypatch):
    monkeypatch.delitem(RULES, (THIS_MACHINE.role, Action.SEE_COUNTS, Purpose.CONSOLIDATION))

    async def go_in() -> None:
        # No server is there: a door that opened the record before it asked would say so instead.
        async with Door("postgresql://nobody@127.0.0.1:1/nothing").use(
            THIS_MACHINE, Action.SEE_COUNTS, Purpose.CONSOLIDATION
        ):
            pass

    with pytest.raises(Refused):
        asyncio.run(go_in())
