"""What the Admin API looks after is kept so that nobody can be let in whom the district did not name."""

import asyncio

import psycopg
import pytest
from own_database import own_database

from homeroom.access import door
from homeroom.access.administration.administrators import add_administrator, administrator_of, administrators
from homeroom.access.administration.changes import begin, changes
from homeroom.access.permissions import Action
from homeroom.access.sandbox.mark import mark_sandbox

ADD = "insert into access.administrator (key, secret_sha256, added_by) values ('k', 's', 'Ines Duarte')"


@pytest.fixture(scope="module")
def district(postgres_url, template_database):
    with own_database(postgres_url, template_database) as url:
        door.prepare(url)
        yield url


def ask(url, question, action=Action.LOOK_AFTER_ACCOUNTS):
    return asyncio.run(door.ask(url, action, question))


def test_a_districts_record_holds_no_credential_that_is_nobodys(district):
    with psycopg.connect(district) as record, pytest.raises(psycopg.errors.RaiseException, match="sandbox alone"):
        record.execute(ADD)


def test_a_sandbox_has_one_without_an_account(postgres_url, template_database):
    with own_database(postgres_url, template_database) as url:
        door.prepare(url)
        mark_sandbox(url)
        given = ask(url, lambda use: add_administrator(use, None, "Vera"))
        assert ask(url, lambda use: administrator_of(use, given.key, given.secret))
        assert ask(url, lambda use: administrator_of(use, given.key, "another")) is None
        (one,) = ask(url, administrators)
        assert (one["lets_in"], given.secret.encode() in bytes(one["secret_sha256"])) == (True, False)


@pytest.mark.parametrize("statement", ["update access.administrative_change set by = 'nobody'",
                                       "delete from access.administrative_change"])  # fmt: skip
def test_what_was_changed_stays_written(district, statement):
    async def noted(use):
        await (await begin(use, "Ines Duarte")).note("vendor 1 added")
        return await changes(use, 1)

    assert ask(district, noted, Action.SEE_AGREEMENTS)[0]["what"] == "vendor 1 added"
    with psycopg.connect(district) as record, pytest.raises(psycopg.errors.RaiseException, match="stays as it was"):
        record.execute(statement)
