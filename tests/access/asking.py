"""Ask the record through its door, as a page does."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import psycopg

from homeroom.access.door import Use, ask, prepare
from homeroom.access.permissions import Action

# A test asks for the answer alone: what is allowed for what is the subject of test_permissions.
SEE = Action.SEE_STUDENT


def answer(url: str, question: Callable[[Use], Awaitable[Any]], action: Action = SEE, as_of: date | None = None) -> Any:
    """What the record answers, in a use of its own."""
    prepare(url)
    return asyncio.run(ask(url, action, question, as_of))


def rows(url: str, statement: str) -> list[tuple]:
    """What really is in the database."""
    with psycopg.connect(url) as connection:
        return connection.execute(statement).fetchall()


def change(url: str, statement: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statement)
