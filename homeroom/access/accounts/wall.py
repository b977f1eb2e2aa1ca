"""The second wall for people: PostgreSQL itself keeps from somebody who is out of their reach.

Whoever has a role of the record is answered as one role of the database that owns nothing and can do nothing but read.
A policy on each table lets through what `homeroom.access.accounts.scope` says; it asks functions that go by the
transaction's own settings: which account asks, and as what. Whom the account reaches they find in the record
themselves. Where nothing is set, nobody is within reach.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from homeroom.access.accounts.reach import KINDS, REACH
from homeroom.access.accounts.scope import condition
from homeroom.access.disclosures import SCHEMA as ACCESS
from homeroom.access.permissions import OF_THE_RECORD, Principal
from homeroom.errors import CannotRun
from homeroom.model.columns import table_name

PERSON = "homeroom_person"
# The transaction's settings that say whose account asks, and as what.
ACCOUNT, ROLE = "homeroom.account", "homeroom.role"

_FUNCTIONS = {"Student": "students_of_person", "Contact": "contacts_of_person", "Staff": "staff_of_person"}
# What lies beside the record and names nobody: which file said something.
_FILES = ("delivered_file", "delivery")


async def stand_behind(record: Any, principal: Principal) -> None:
    """Let the database answer from now to the transaction's end only what the principal may see.

    Of whoever sees the whole district it asks nothing. Raises CannotRun where the database knows no people.
    """
    if principal.role not in OF_THE_RECORD:
        return
    settings = [ACCOUNT, str(principal.account or ""), ROLE, str(principal.role), PERSON]
    try:
        await record.execute(
            "select set_config(%s, %s, true), set_config(%s, %s, true), set_config('role', %s, true)", settings
        )
    except (psycopg.errors.InvalidParameterValue, psycopg.errors.InsufficientPrivilege) as problem:
        raise CannotRun(
            f"The record's PostgreSQL does not know people yet. Have whoever may make its roles make {PERSON}, make "
            "the record's user a member of it, and start Homeroom again."
        ) from problem


def functions() -> sql.Composed:
    """The statements that make the functions."""
    return sql.SQL(";\n").join(
        sql.SQL(
            "create or replace function {}() returns setof text language sql stable security definer"
            " set search_path = pg_catalog, pg_temp as {}"
        ).format(sql.Identifier(ACCESS, name), sql.Literal(_of_all_roles(kind)))
        for kind, name in _FUNCTIONS.items()
    )


def grants() -> sql.Composed:
    """The statements that let people read, behind the policies, what a person's page shows."""
    person = sql.Identifier(PERSON)
    return sql.SQL(
        """
        grant usage on schema consolidation to {person};
        grant select on {files}, consolidation.identity to {person};
        grant execute on function {functions} to {person};
        alter table consolidation.identity enable row level security;
        drop policy if exists {person} on consolidation.identity;
        create policy {person} on consolidation.identity for select to {person} using ({identities})
        """
    ).format(
        person=person,
        files=sql.SQL(", ").join(sql.Identifier("consolidation", name) for name in _FILES),
        functions=sql.SQL(", ").join(sql.SQL("{}()").format(sql.Identifier(ACCESS, n)) for n in _FUNCTIONS.values()),
        identities=_composed(
            " or ".join(f"(kind = '{kind}' and {_reached('unique_id', kind)})" for kind in _FUNCTIONS)
        ),
    )


def policy(resource: str) -> sql.Composed:
    """The condition of the policy on a resource's table."""
    return _composed(condition(resource, table_name(resource), _reached))


def _of_all_roles(kind: str) -> str:
    """The reach of whoever asks, as what they ask: of the other roles nothing is even looked for."""
    return " union all ".join(
        f"select * from ({question.format(person=_who(KINDS[role]))}) as within_reach"
        f" where current_setting('{ROLE}', true) = '{role}'"
        for role, question in REACH[kind].items()
    )


def _who(kind: str) -> str:
    """The unique id of the account that asks."""
    return (
        f"(select {kind}_unique_id from access.account where ended_at is null"
        f" and number = nullif(current_setting('{ACCOUNT}', true), '')::bigint)"
    )


def _reached(column: str, kind: str) -> str:
    return f"({column} in (select {ACCESS}.{_FUNCTIONS[kind]}())) is true"


def _composed(words: str) -> sql.Composed:
    # Made of the model's names and of our own words alone.
    return sql.Composed([sql.SQL(words)])
