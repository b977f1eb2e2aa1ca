"""The mark of a sandbox: made with its record, never afterwards, and never taken away.

A district that holds anything, or ever showed anything to anybody, can't be marked, which the database itself holds:
so that nothing which a sandbox allows can be allowed for real students. And a marked one takes no deliveries.
"""

from __future__ import annotations

import psycopg

from homeroom.access.door import Use
from homeroom.errors import WrongUse


def mark_sandbox(url: str) -> None:
    """Mark the prepared record at `url` as a sandbox's. Raises WrongUse where it holds anything."""
    try:
        with psycopg.connect(url) as record:
            record.execute("insert into access.sandbox default values on conflict do nothing")
    except psycopg.errors.RaiseException:
        raise WrongUse(
            "A district that holds anything can't become a sandbox. Make one: homeroom init DIR --sandbox"
        ) from None


async def is_sandbox(use: Use) -> bool:
    """Whether the record is a sandbox's."""
    return await use.row("select marked from access.sandbox") is not None
