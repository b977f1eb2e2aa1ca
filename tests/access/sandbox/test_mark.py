"""A sandbox is marked while its record is empty, or never; and only in one there are agreements for trying out."""

import asyncio

import psycopg
import pytest
from own_database import own_database

from homeroom.access import door
from homeroom.access.agreements import kept
from homeroom.access.claim_sets.claim_set import claim_set_named
from homeroom.access.permissions import Action
from homeroom.access.sandbox.clients import add_sandbox_client, sandbox_terms
from homeroom.access.sandbox.mark import is_sandbox, mark_sandbox
from homeroom.errors import WrongUse

STANDARD = ["uri://ed-fi.org"]
HELD = [
    "insert into consolidation.run (started_at) values (now())",
    "insert into access.agreement (terms) values ('{}')",
    "insert into access.account (name, handle, added_by) values ('A', 'a', 'B')",
    "insert into edfi.education_organization values (1, 'School')",
]


@pytest.fixture(scope="module")
def district(postgres_url, template_database):
    """A prepared record that holds nothing. Each test undoes what it does."""
    with own_database(postgres_url, template_database) as url:
        door.prepare(url)
        yield url


@pytest.fixture(scope="module")
def marked(postgres_url, template_database):
    with own_database(postgres_url, template_database) as url:
        door.prepare(url)
        mark_sandbox(url)
        yield url


def ask(url, action, question):
    return asyncio.run(door.ask(url, action, question))


@pytest.mark.parametrize("statement", HELD)
def test_a_district_that_holds_anything_becomes_no_sandbox(district, statement):
    with psycopg.connect(district) as record:
        record.execute(statement)
        with pytest.raises(psycopg.errors.RaiseException, match="can't become a sandbox"):
            record.execute("insert into access.sandbox default values")
        record.rollback()


@pytest.mark.parametrize("statement", ["delete from access.sandbox", "update access.sandbox set made_at = now()"])
def test_a_sandbox_stays_one(marked, statement):
    with psycopg.connect(marked) as record, pytest.raises(psycopg.errors.RaiseException, match="A sandbox stays one"):
        record.execute(statement)
    assert ask(marked, Action.SEE_COUNTS, is_sandbox)


def test_a_sandbox_takes_no_deliveries(marked):
    with psycopg.connect(marked) as record, pytest.raises(psycopg.errors.RaiseException, match="no deliveries"):
        record.execute(HELD[0])


def test_a_real_district_gives_no_key_by_a_claim_set(district):
    with pytest.raises(WrongUse, match="one person asks for and another approves: homeroom agreement ask"):
        ask(district, Action.GIVE_KEYS, lambda use: add_sandbox_client(use, "SIS Vendor", [1], STANDARD, "Vera"))
    assert not ask(district, Action.SEE_COUNTS, is_sandbox)


def test_no_agreement_for_trying_out_is_kept_in_a_real_district(district):
    terms = sandbox_terms(claim_set_named("SIS Vendor"), [1], STANDARD)
    with pytest.raises(psycopg.errors.RaiseException, match="for a sandbox alone"):
        ask(district, Action.DECIDE_AGREEMENTS, lambda use: kept.ask(use, terms, "Vera"))


def test_a_key_of_a_sandbox_is_under_an_agreement_in_force(marked):
    async def given(use):
        key = await add_sandbox_client(use, "sis vendor", [255901], STANDARD, "Vera Vendor")
        return key, (await kept.agreements(use))[0]

    key, agreement = ask(marked, Action.GIVE_KEYS, given)
    assert key.secret
    assert agreement.terms == sandbox_terms(claim_set_named("SIS Vendor"), [255901], STANDARD)
    assert [step.by for step in agreement.changes] == ["Vera Vendor", "the sandbox itself", "the sandbox itself"]
    assert agreement.terms.sandbox


@pytest.mark.parametrize(
    ("organizations", "namespaces", "sentence"),
    [
        ([], STANDARD, "Name the education organization"),
        ([-1], STANDARD, "Name the education organization"),
        ([1], [], "Name the namespace"),
        ([1], ["ed-fi.org"], "A namespace begins with uri://"),
    ],
)
def test_what_an_app_is_for_has_to_be_said(organizations, namespaces, sentence):
    with pytest.raises(WrongUse, match=sentence):
        sandbox_terms(claim_set_named("SIS Vendor"), organizations, namespaces)
