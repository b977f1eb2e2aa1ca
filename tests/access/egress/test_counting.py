"""A key that would be shown more students than its budget lets it is stopped, and shown nothing of that page."""

import asyncio

import pytest
from asking import answer, change, rows
from made_up_agreement import agreement_file, given_key

from homeroom.access.agreements import keys
from homeroom.access.door import Door, Refused
from homeroom.access.permissions import Action, Purpose
from homeroom.errors import WrongUse

GIVE = Action.GIVE_KEYS


@pytest.fixture
def app(record, tmp_path):
    """A record, and an app that may be shown three students in an hour and five in a day."""
    file = agreement_file(tmp_path, begin="2020-01-01", end="2030-07-31")
    key = answer(record, lambda use: given_key(use, file), GIVE)
    client = answer(record, lambda use: keys.client_of(use, key.key, key.secret), GIVE)
    budget = "insert into access.client_budget (client, students_per_hour, students_per_day, at)"
    change(record, f"{budget} values ('{key.key}', 3, 5, now())")
    return record, key, client


def shown(url, client, *pages):
    """Show pages of students at once, each in a transaction of its own; how many were refused."""

    async def page(door, students):
        purpose = client.agreement.terms.purposes[0]
        async with door.use(client.principal, Action.FIND_IDENTITIES, Purpose(purpose)) as use:
            await use.disclose(students)

    async def all_pages():
        async with Door(url) as door:
            return await asyncio.gather(*(page(door, one) for one in pages), return_exceptions=True)

    refused = [one for one in asyncio.run(all_pages()) if one is not None]
    assert all(isinstance(one, Refused) for one in refused), refused
    return len(refused)


def entries(url):
    return rows(url, "select count(*) from access.disclosure")[0][0]


def test_the_same_student_counts_once(app):
    url, _, client = app
    for _ in range(3):
        assert shown(url, client, ["1", "2", "3"]) == 0


def test_passing_the_budget_shows_nothing_and_stops_the_key_and_its_tokens(app):
    url, key, client = app
    assert shown(url, client, ["1", "2"]) == 0
    before = entries(url)
    assert shown(url, client, ["3", "4"]) == 1
    assert entries(url) == before
    assert answer(url, lambda use: keys.client_of(use, key.key, key.secret), GIVE) is None
    assert rows(url, "select state, by from access.client_change") == [("suspended", "Homeroom")]


def test_pages_at_the_same_time_do_not_slip_past_together(app):
    url, _, client = app
    assert shown(url, client, *([str(one)] for one in range(4))) == 1
    assert entries(url) == 3


@pytest.mark.parametrize(("ago", "refused"), [("59 minutes", 1), ("61 minutes", 0)])
def test_the_hour_slides(app, ago, refused):
    url, _, client = app
    assert shown(url, client, ["1", "2"]) == 0
    change(url, f"update access.client_student set shown_at = now() - interval '{ago}'")
    assert shown(url, client, ["3", "4"]) == refused


@pytest.mark.parametrize(("ago", "refused"), [("23 hours 59 minutes", 1), ("24 hours 1 minute", 0)])
def test_the_day_slides(app, ago, refused):
    url, _, client = app
    assert shown(url, client, ["1", "2", "3"]) == 0
    change(url, f"update access.client_student set shown_at = now() - interval '{ago}'")
    assert shown(url, client, ["4", "5", "6"]) == refused


def test_pages_that_pass_the_budget_at_the_same_time_suspend_the_key_once(app):
    url, _, client = app
    assert shown(url, client, ["1", "2", "3", "4"], ["5", "6", "7", "8"], ["9", "10", "11", "12"]) == 3
    assert rows(url, "select count(*) from access.client_change") == [(1,)]
    (listed,) = answer(url, keys.clients, Action.SEE_AGREEMENTS)
    assert "3 students in an hour" in listed["suspended_why"]


def test_a_page_that_was_on_its_way_when_the_key_was_suspended_is_not_shown(app):
    url, _, client = app
    assert shown(url, client, ["1", "2", "3", "4"]) == 1
    assert shown(url, client, ["1"]) == 1
    assert entries(url) == 0


def test_whom_it_was_shown_long_ago_is_not_counted_though_many_pages_came_since(app):
    url, _, client = app
    for day in range(4):
        assert shown(url, client, [f"{day}-1", f"{day}-2", f"{day}-3"]) == 0
        change(url, "update access.client_student set shown_at = shown_at - interval '25 hours'")


def test_a_reinstated_key_opens_again_and_is_counted_anew(app):
    url, key, client = app
    assert shown(url, client, ["1", "2", "3", "4"]) == 1
    answer(url, lambda use: keys.reinstate_client(use, key.key, "Ines", "a new class"), GIVE)
    assert answer(url, lambda use: keys.client_of(use, key.key, key.secret), GIVE) is not None
    assert shown(url, client, ["5", "6", "7"]) == 0
    with pytest.raises(WrongUse, match="not suspended"):
        answer(url, lambda use: keys.reinstate_client(use, key.key, "Ines", "again"), GIVE)
