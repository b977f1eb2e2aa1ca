"""The second wall: PostgreSQL itself keeps from an app what is out of reach, also where a statement forgets to ask.

Apps are answered as one of three roles that own nothing and can do nothing but read. For who sees some schools, a
policy on each table lets through what `homeroom.access.resources.scope` says; for who sees the whole district, all; and
for who sees it but for those who opted out, all but these. They are three, since one policy with an `or` for all would
read every row. What apps write is written as another role, under policies that look at each row before and after
(`homeroom.access.resources.write_security`). People are answered as one more, behind policies of their own
(`homeroom.access.accounts.wall`). Whoever owns the record is under no policy.
"""

from __future__ import annotations

import hashlib
from functools import cache

import psycopg
from psycopg import sql

from homeroom.access.accounts import wall
from homeroom.access.agreements.terms import Extent
from homeroom.access.disclosures import SCHEMA as ACCESS
from homeroom.access.resources.reach import functions
from homeroom.access.resources.scope import OPTED_OUT, scope_of
from homeroom.access.resources.write_reach import write_functions
from homeroom.access.resources.write_security import APP_WRITING, write_policies
from homeroom.errors import CannotRun
from homeroom.model import RESOURCES
from homeroom.model.columns import table_name
from homeroom.record.identifiers import SCHEMA, table

APP_OF_SCHOOLS = "homeroom_app_of_schools"
APP_OF_DISTRICT = "homeroom_app_of_district"
APP_OF_WILLING = "homeroom_app_of_willing"
_EXTENTS = {
    APP_OF_SCHOOLS: Extent.SCHOOLS,
    APP_OF_DISTRICT: Extent.DISTRICT,
    APP_OF_WILLING: Extent.WILLING,
}
_READING = tuple(_EXTENTS)
ROLES = (*_READING, APP_WRITING)

# What the policies ask for who sees some schools, with what each function takes.
_ASKED_FOR_SCHOOLS = {"organizations": "", "students": "", "contacts": "", "staff": "", "unrestricted": "text"}
# Codes, and the keys of abstract resources, which each stand in a table of their own too.
_NOBODYS = ("descriptor", "education_organization")
# Any number that no other program uses for its lock.
_LOCK = 4_611_686_018_427_000_007
_PATIENCE = "10s"


def prepare_row_security(record: psycopg.Connection) -> None:
    """Make the roles, the functions and the policies, where they are not there as they are said here.

    The caller's transaction decides. Raises CannotRun where the tables are in use for long. Where this user of the
    server may make no roles nothing is made, and no app can read.
    """
    statements, made = _statements(), _content()
    if _is_made(record, made):
        return
    record.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
    if _is_made(record, made) or not _make_roles(record):
        return
    try:
        with record.transaction():
            record.execute("select set_config('lock_timeout', %s, true)", [_PATIENCE])
            record.execute(statements)
            record.execute(
                sql.SQL("comment on function {}() is {}").format(
                    sql.Identifier(ACCESS, "terms_in_force"), sql.Literal(made)
                )
            )
            record.execute("select set_config('lock_timeout', '0', true)")
    except psycopg.errors.LockNotAvailable as problem:
        raise CannotRun(
            "What apps may read could not be made ready: the record's tables are in use. Try again when the run that "
            "is under way is done."
        ) from problem


def _make_roles(record: psycopg.Connection) -> bool:
    """Make the roles where they are not there; False where this user of the server may not, or may not be one."""
    try:
        with record.transaction():
            for role in (*ROLES, wall.PERSON):
                record.execute(
                    sql.SQL(
                        "do $$ begin create role {role} nologin noinherit;"
                        " exception when duplicate_object or unique_violation then null; end $$"
                    ).format(role=sql.Identifier(role))
                )
                record.execute(
                    sql.SQL(
                        "do $$ begin if not pg_has_role(current_user, {name}, 'member') then"
                        " grant {role} to current_user; end if; end $$"
                    ).format(role=sql.Identifier(role), name=sql.Literal(role))
                )
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def _is_made(record: psycopg.Connection, made: str) -> bool:
    """Whether what `made` says stands on every table; one that was made anew since has no policy."""
    row = record.execute(
        """
        select obj_description(to_regprocedure('access.terms_in_force()')) = %s
            and (select count(*) from pg_policies where schemaname = %s and policyname = %s) = %s
        """,
        [made, SCHEMA, APP_OF_SCHOOLS, len(RESOURCES)],
    ).fetchone()
    return bool(row and row[0])


@cache
def _content() -> str:
    return hashlib.sha256(_statements().as_string(None).encode()).hexdigest()


@cache
def _statements() -> sql.Composed:
    roles = sql.SQL(", ").join(map(sql.Identifier, (*_READING, wall.PERSON)))
    tables = [table(resource) for resource in RESOURCES]
    readable = [*tables, *(sql.Identifier(SCHEMA, name) for name in _NOBODYS)]
    parts: list[sql.Composable] = [
        functions(),
        write_functions(),
        wall.functions(),
        sql.SQL("revoke execute on all functions in schema {} from public").format(sql.Identifier(ACCESS)),
        sql.SQL("grant usage on schema {}, {} to {}").format(sql.Identifier(SCHEMA), sql.Identifier(ACCESS), roles),
        sql.SQL("grant select on {} to {}").format(sql.SQL(", ").join(readable), roles),
        sql.SQL("grant execute on function {} to {}").format(
            sql.SQL(", ").join(
                sql.SQL("{}({})").format(sql.Identifier(ACCESS, name), sql.SQL(takes))
                for name, takes in _ASKED_FOR_SCHOOLS.items()
            ),
            sql.Identifier(APP_OF_SCHOOLS),
        ),
        sql.SQL("grant execute on function {}(), {}() to {}").format(
            *(sql.Identifier(ACCESS, name) for name in OPTED_OUT.values()), sql.Identifier(APP_OF_WILLING)
        ),
        wall.grants(),
    ]
    for resource in RESOURCES:
        parts.append(sql.SQL("alter table {} enable row level security").format(table(resource)))
        conditions = {
            **{role: scope_of(resource).condition(table_name(resource), extent) for role, extent in _EXTENTS.items()},
            wall.PERSON: wall.policy(resource),
        }
        for role, condition in conditions.items():
            parts.append(sql.SQL("drop policy if exists {} on {}").format(sql.Identifier(role), table(resource)))
            parts.append(
                sql.SQL("create policy {role} on {table} for select to {role} using ({condition})").format(
                    role=sql.Identifier(role), table=table(resource), condition=condition
                )
            )
    return sql.SQL(";\n").join([*parts, *write_policies()])
