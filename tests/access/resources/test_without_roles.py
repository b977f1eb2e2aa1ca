"""Where the user of a district's own PostgreSQL may make no roles, no app reads, and all else works."""

import asyncio

import psycopg
import pytest
from made_up_agreement import agreement_file, made_active
from own_database import database_of_its_user

from homeroom.access.agreements import kept
from homeroom.access.door import Door, ask, prepare
from homeroom.access.permissions import Action, Principal, Purpose, Role
from homeroom.access.resources import reading
from homeroom.errors import CannotRun


@pytest.fixture
def limited(postgres_url):
    """The URL of a database of a user who owns it and may do nothing else."""
    with database_of_its_user(postgres_url) as url:
        yield url


def test_an_app_is_told_what_is_missing(limited, tmp_path):
    prepare(limited)

    async def asked():
        file = agreement_file(tmp_path)
        number = await ask(limited, Action.DECIDE_AGREEMENTS, lambda use: made_active(use, file))
        agreement = await ask(limited, Action.SEE_AGREEMENTS, lambda use: kept.agreement(use, number))
        app = Principal("Reading Trail", Role.APP, agreement)
        async with Door(limited) as door, door.use(app, Action.READ_RESOURCES, Purpose.ROSTERING) as use:
            await reading.page(use, "Student", {}, limit=1)

    with psycopg.connect(limited) as record:
        assert not record.execute(
            "select rolcreaterole or rolsuper from pg_roles where rolname = current_user"
        ).fetchone()[0]
    with pytest.raises(CannotRun, match="homeroom_app_of_schools"):
        asyncio.run(asked())


def test_a_person_who_sees_some_students_is_told_what_is_missing(limited):
    prepare(limited)
    teacher = Principal("a teacher", Role.TEACHER, account=1, person="20117")

    async def asked():
        async with Door(limited) as door, door.use(teacher, Action.SEARCH_STUDENTS, Purpose.INSTRUCTION):
            pass

    with pytest.raises(CannotRun, match="homeroom_person"):
        asyncio.run(asked())
