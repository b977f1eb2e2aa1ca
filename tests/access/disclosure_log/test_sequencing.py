"""Entries get their places one at a time, keep them, and nothing is signed that does not go on from what was."""

import asyncio

import psycopg
import pytest
from asking import answer, change, rows
from own_log import PUT_THERE, SEE, UNGUARDED, audited, checkpoint, exported, show

from homeroom.access.disclosure_log.checkpoint import read_checkpoint
from homeroom.access.disclosure_log.sequencing import sequence
from homeroom.access.disclosure_log.signing_key import signing_key
from homeroom.access.door import Door, prepare
from homeroom.access.permissions import THIS_MACHINE, Action, Purpose
from homeroom.errors import CannotRun


def test_pages_that_come_at_once_wait_for_nobody_and_each_has_its_own_place(record, key):
    prepare(record)

    async def many():
        async with Door(record) as door:

            async def one(number):
                async with door.use(THIS_MACHINE, Action.SEE_STUDENT, Purpose.CONSOLIDATION) as use:
                    await use.disclose([str(number)])
                    await asyncio.sleep(0.01)
                async with door.use(THIS_MACHINE, SEE, Purpose.CONSOLIDATION) as use:
                    await sequence(use.record)

            await asyncio.gather(*(one(number) for number in range(40)))

    asyncio.run(many())
    assert rows(record, "select array_agg(position order by position) from access.disclosure") == [(list(range(40)),)]
    assert audited(record, key).problems == []


def test_what_was_undone_leaves_no_place_behind(record, key):
    async def undone(use):
        await use.disclose(["900"])
        await sequence(use.record)
        await use.record.rollback()

    answer(record, undone)
    show(record, ["901"])
    assert read_checkpoint(checkpoint(record, key), key.verifier).size == 1


@pytest.mark.parametrize(
    "statement",
    [
        "update access.disclosure set action = 'nothing'",
        "update access.disclosure set position = 7",
        "delete from access.disclosure",
        "truncate access.disclosure",
        "insert into access.disclosure (principal, role, purpose, action, student_unique_ids, salt, position)"
        " values ('a', 'b', 'c', 'd', '{900}', '', 1)",
    ],
)
def test_the_database_refuses_to_change_an_entry(record, key, statement):
    show(record, ["900"])
    checkpoint(record, key)
    with psycopg.connect(record) as connection, pytest.raises(psycopg.errors.RaiseException):
        connection.execute(statement)


@pytest.mark.parametrize(
    "tampering",
    [
        "update access.disclosure_tile set hashes = overlay(hashes placing decode(repeat('00', 32), 'hex') from 1)",
        "delete from access.disclosure_tile where level = 0 and number = 1",
        "truncate access.disclosure_tile",
        PUT_THERE,
    ],
)
def test_nothing_is_signed_that_does_not_go_on_from_what_was_signed_before(record, key, tampering):
    show(record, *([["900"]] * 300))
    checkpoint(record, key)
    change(record, UNGUARDED + tampering)
    with pytest.raises(CannotRun, match="homeroom disclosures audit"):
        checkpoint(record, key)
    show(record, ["901"])
    with pytest.raises(CannotRun, match="homeroom disclosures audit"):
        exported(record, key, "901")


def test_another_workspaces_key_does_not_sign_this_log(record, key, tmp_path):
    show(record, ["900"])
    checkpoint(record, key)
    with pytest.raises(CannotRun, match="another key"):
        checkpoint(record, signing_key(tmp_path / "other", "Maple Grove"))
