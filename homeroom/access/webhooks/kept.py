"""Messages as they are kept: looked at, and sent again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from homeroom.access.door import Use

MOST = 100


async def messages(use: Use, agreement: int, most: int = MOST) -> Sequence[dict[str, Any]]:
    """The messages of an agreement's app, the newest first: with what became of each, and what it says as `body`."""
    return await use.rows(_MESSAGES, agreement=agreement, most=most)


async def replay(use: Use, agreement: int, message: str | None = None, since: int = 0) -> int:
    """Send messages of an agreement's app again, under their ids; gives how many. One, or all that tell of change
    versions from `since` on."""
    return len(await use.rows(_REPLAY, agreement=agreement, message=message, since=since))


_MESSAGES = """
    select id, body, made_at, attempts, delivered_at, next_at, last_answer from access.webhook_message
    where agreement = %(agreement)s order by made_at desc, id limit %(most)s
"""
_REPLAY = """
    update access.webhook_message set next_at = now(), attempts = 0, delivered_at = null
    where agreement = %(agreement)s and id = coalesce(%(message)s, id) and max_change_version >= %(since)s
    returning id
"""
