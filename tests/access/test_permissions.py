"""Who may do what: where no rule says yes, the answer is no, and it has a reason."""

import asyncio

import pytest

from homeroom.access.door import Door, Refused
from homeroom.access.permissions import RULES, THIS_MACHINE, Action, Purpose, decide


@pytest.mark.parametrize("action", list(Action))
def test_whoever_works_at_the_districts_own_machine_may_check_the_districts_own_record(action):
    assert decide(THIS_MACHINE, action, Purpose.CONSOLIDATION).allowed


@pytest.mark.parametrize("rule", list(RULES), ids=lambda rule: str(rule[1]))
def test_without_its_rule_each_action_is_refused(rule, monkeypatch):
    monkeypatch.delitem(RULES, rule)
    assert not decide(THIS_MACHINE, rule[1], rule[2]).allowed


def test_a_refusal_says_who_may_not_do_what_and_what_for(monkeypatch):
    monkeypatch.delitem(RULES, (THIS_MACHINE.role, Action.SEE_STUDENT, Purpose.CONSOLIDATION))
    assert decide(THIS_MACHINE, Action.SEE_STUDENT, Purpose.CONSOLIDATION).reason == (
        "No rule lets a district data manager see a student for checking the district's own record."
    )


def test_every_rule_has_a_reason():
    assert all(reason.endswith(".") for reason in RULES.values())


def test_advertising_and_sale_are_no_purposes():
    assert not {"advertising", "marketing", "sale"} & {str(purpose).lower() for purpose in Purpose}


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
