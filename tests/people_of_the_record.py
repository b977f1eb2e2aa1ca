"""People of Maple Grove's record in each role, and accounts for them."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg

from homeroom.access.accounts.kept import add
from homeroom.access.accounts.reach import KINDS, STUDENTS
from homeroom.access.door import Door, Use, prepare
from homeroom.access.permissions import DOORKEEPER, OF_THE_RECORD, Action, Principal, Purpose, Role

GIVEN = (Role.DISTRICT_DATA_MANAGER, Role.PRIVACY_OFFICER)


def at_the_door(url: str, question: Callable[[Use], Awaitable[Any]]) -> Any:
    """What is answered to whoever lets people in."""

    async def asked() -> Any:
        async with Door(url) as door, door.use(DOORKEEPER, Action.SIGN_IN, Purpose.ADMISSION) as use:
            return await question(use)

    prepare(url)
    # Playwright keeps a loop of its own going in the thread of the tests.
    with ThreadPoolExecutor(1) as other:
        return other.submit(lambda: asyncio.run(asked())).result()


def somebody(url: str, role: Role) -> tuple[str, set[str]]:
    """The unique id of somebody in a role of the record, and the students whom they reach: whoever reaches most."""
    kind = KINDS[role]
    reached = STUDENTS[role].format(person=f"person.{kind}_unique_id")
    with psycopg.connect(url) as record:
        found = record.execute(
            f"select {kind}_unique_id, students from edfi.{kind} as person, lateral (select"
            f" array_agg(distinct student_unique_id) as students from ({reached}) as reached) as all_of_theirs"
            " where students is not null order by cardinality(students) desc, 1 limit 1"
        ).fetchone()
    assert found, f"nobody in Maple Grove is a {role}"
    return found[0], set(found[1])


def account(url: str, role: Role) -> int:
    """The number of a new account of somebody in a role."""
    if role in GIVEN:
        return at_the_door(url, lambda use: add(use, "Ines Duarte", "a test", role=role, approved_by="another")).number
    person = {KINDS[role]: somebody(url, role)[0]}
    return at_the_door(url, lambda use: add(use, f"Somebody, {role}", "a test", persons=person)).number


def principal(url: str, role: Role) -> Principal:
    """Somebody in a role of the record, with an account."""
    assert role in OF_THE_RECORD
    return Principal(f"a {role}", role, account=account(url, role), person=somebody(url, role)[0])
