"""The tables of access become what this Homeroom declares, and keep what earlier ones wrote."""

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from own_database import own_database
from sqlalchemy import create_engine

from homeroom.access import door
from homeroom.access.migrations.scope import OPTIONS
from homeroom.access.migrations.target import METADATA
from homeroom.record import opening

BEFORE_THERE_WERE_STEPS = """
    create schema access;
    create table access.disclosure (
        id bigint generated always as identity primary key, at timestamptz not null default now(),
        principal text not null, role text not null, purpose text not null, action text not null,
        student_unique_ids text[] not null);
    create index ix_disclosure_student on access.disclosure using gin (student_unique_ids);
    insert into access.disclosure (principal, role, purpose, action, student_unique_ids)
    values ('somebody', 'a role', 'a purpose', 'see a student', '{900}')
"""


@pytest.fixture
def prepared(postgres_url):
    """A record of which nothing was shown yet: there are no tables of access."""
    with own_database(postgres_url) as url:
        opening.prepare(url)
        yield url


def test_the_migrated_tables_are_exactly_those_that_the_code_declares(prepared):
    door.prepare(prepared)
    engine = create_engine(prepared.replace("postgresql:", "postgresql+psycopg:", 1))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS | {"compare_server_default": True})
        differences = compare_metadata(context, METADATA)
    engine.dispose()
    assert differences == []


def test_a_log_from_before_there_were_steps_is_kept(prepared):
    with psycopg.connect(prepared) as connection:
        connection.execute(BEFORE_THERE_WERE_STEPS)
    door.prepare(prepared)
    door.prepare(prepared)
    with psycopg.connect(prepared) as connection:
        kept = connection.execute("select principal, student_unique_ids from access.disclosure").fetchall()
    assert kept == [("somebody", ["900"])]
