"""Ids for apps: one is made at a time, and each thing that can be told is a field of the model."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from asking import answer, change, rows
from made_up_agreement import agreement_file, made_active

from homeroom.access import identities
from homeroom.access.agreements import kept
from homeroom.access.agreements.terms import fields_of
from homeroom.access.door import Door, Refused
from homeroom.access.identities import TOLD, Description
from homeroom.access.matches import awaiting_review
from homeroom.access.permissions import THIS_MACHINE, Action, Principal, Purpose, Role
from homeroom.model.columns import columns

OTTO = Description("Otto", "Emil", "Quistorp", None, date(2014, 3, 9), "Male")


@pytest.fixture
def app(record, tmp_path):
    """A record, and an app under an agreement that is active."""
    number = answer(record, lambda use: made_active(use, agreement_file(tmp_path)), Action.DECIDE_AGREEMENTS)
    agreement = answer(record, lambda use: kept.agreement(use, number), Action.SEE_AGREEMENTS)
    return record, Principal("an app", Role.APP, agreement)


def creating(door, principal):
    return door.use(principal, Action.CREATE_IDENTITIES, Purpose.ROSTERING)


@pytest.mark.parametrize("name", TOLD)
def test_what_can_be_told_is_a_field_that_an_agreement_can_name(name):
    element, column = TOLD[name]
    assert element.field in fields_of(element.resource)
    (declared,) = [one for one in columns(element.resource) if one.name == column]
    assert declared.paths == (element.field,)


def test_whoever_makes_an_id_waits_until_the_one_before_is_made(app):
    url, principal = app

    async def both():
        order = []

        async def second(door):
            async with creating(door, principal) as use:
                assert await identities.one_at_a_time(use)
                order.append("second")

        async with Door(url) as door:
            async with creating(door, principal) as use:
                assert await identities.one_at_a_time(use)
                waiting = asyncio.create_task(second(door))
                await asyncio.sleep(0.5)
                order.append("first")
                await identities.create(use, OTTO)
            await waiting
        return order

    assert asyncio.run(both()) == ["first", "second"]


def test_an_id_that_is_made_is_one_that_nobody_has_and_on_the_log(app):
    url, principal = app

    async def made():
        async with Door(url) as door, creating(door, principal) as use:
            return [await identities.create(use, replace(OTTO, first_name=name)) for name in ("Otto", "Emil")]

    one, other = asyncio.run(made())
    assert one != other
    assert rows(url, "select student_unique_ids, action, role from access.disclosure order by id") == [
        ([one], "create students' ids", "provider's app"),
        ([other], "create students' ids", "provider's app"),
    ]


def test_whoever_decides_a_match_sees_what_the_app_said(app):
    url, principal = app

    async def made():
        async with Door(url) as door, creating(door, principal) as use:
            return await identities.create(use, OTTO)

    unique_id = asyncio.run(made())
    change(
        url,
        "insert into edfi.student (student_unique_id, first_name, last_surname, birth_date) values"
        f" ('7', 'Otto', 'Quast', '2014-03-09');"
        "insert into consolidation.identity (source, kind, source_id, unique_id, decided_by) values"
        f" ('Identities API', 'Student', '{unique_id}', '{unique_id}', 'single'),"
        " ('sis', 'Student', '7', '7', 'single');"
        "insert into consolidation.match values"
        f" ('Student', 'Identities API', '{unique_id}', 'sis', '7', 0.7, 'review', '{{}}')",
    )
    (pair,) = answer(url, awaiting_review, Action.SEE_MATCHES).pairs
    said = {field.name: (field.left, field.right) for field in pair.fields}
    assert said["Last name"] == ("Quistorp", "Quast")
    assert said["Birth date"] == ("9 March 2014", "9 March 2014")
    assert pair.left.name == "Otto Emil Quistorp"


def test_who_is_no_app_asks_elsewhere(record):
    async def ask():
        async with Door(record) as door, door.use(THIS_MACHINE, Action.SEE_STUDENT, Purpose.CONSOLIDATION) as use:
            await identities.told(use, ["1"])

    with pytest.raises(Refused):
        asyncio.run(ask())
