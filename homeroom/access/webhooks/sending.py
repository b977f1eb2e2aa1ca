"""Sends what is written down, to the address that the agreement names and to no other, until somebody takes it.

Whatever answers 2xx has taken it. Redirects are not followed, nothing of an answer is read, and no proxy is asked:
an answer can't lead us anywhere else.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx

from homeroom.access.agreements.kept import agreement
from homeroom.access.door import Door, Use
from homeroom.access.permissions import THIS_MACHINE, Action, Purpose, decide, purpose_of
from homeroom.access.webhooks.noticing import app_of
from homeroom.access.webhooks.signing import signed

# Seconds from one attempt to the next: nine in a day.
WAITS = (5, 60, 300, 1_800, 7_200, 18_000, 28_800, 28_800)
_TIMEOUT = 15
_GONE = 410
_AT_A_TIME = 4


async def send_due(door: Door, secret_of: Callable[[int], bytes], client: httpx.AsyncClient) -> int:
    """Send some messages whose time has come, each once; gives how many there were."""
    async with _use(door) as use:
        due = await use.rows(_CLAIM, waits=[*WAITS], most=_AT_A_TIME)
    # Who answers slowly keeps nobody else waiting but those of this round.
    await asyncio.gather(*(_deliver(door, message, secret_of, client) for message in due))
    return len(due)


def new_client() -> httpx.AsyncClient:
    """What asks apps."""
    return httpx.AsyncClient(
        follow_redirects=False, timeout=_TIMEOUT, trust_env=False, headers={"User-Agent": "Homeroom"}
    )


async def _deliver(
    door: Door, message: dict[str, Any], secret_of: Callable[[int], bytes], client: httpx.AsyncClient
) -> None:
    taken, answer, again = await _send(door, message, secret_of, client)
    async with _use(door) as use:
        await use.row(_ANSWERED, id=message["id"], taken=taken, answer=answer, again=again)


async def _send(
    door: Door, message: dict[str, Any], secret_of: Callable[[int], bytes], client: httpx.AsyncClient
) -> tuple[bool, str, bool]:
    """Whether it was taken, what was answered in a few words, and whether it is to be tried again."""
    async with _use(door) as use:
        found = await agreement(use, message["agreement"])
    app = app_of(found)
    decision = decide(app, Action.READ_RESOURCES, purpose_of(app, Action.READ_RESOURCES))
    if not decision.allowed or not found.terms.webhook:
        return False, decision.reason, False
    headers = signed(secret_of(found.number), message["id"], int(time.time()), message["body"])
    try:
        async with client.stream(
            "POST",
            found.terms.webhook,
            content=message["body"].encode(),
            headers={"Content-Type": "application/json", **headers},
        ) as answered:
            status = answered.status_code
    except httpx.HTTPError as problem:
        return False, type(problem).__name__, True
    return 200 <= status < 300, str(status), status != _GONE


def _use(door: Door) -> AbstractAsyncContextManager[Use]:
    return door.use(THIS_MACHINE, Action.SEE_AGREEMENTS, Purpose.CONSOLIDATION)


# They are due again later, whatever happens to us meanwhile.
_CLAIM = """
    update access.webhook_message as message set attempts = attempts + 1,
        next_at = now() + make_interval(secs => (%(waits)s::int[])[attempts + 1])
    where id in (select id from access.webhook_message where next_at <= now() order by next_at
        for update skip locked limit %(most)s)
    returning id, agreement, body
"""
_ANSWERED = """
    update access.webhook_message set last_answer = %(answer)s,
        delivered_at = case when %(taken)s then now() else delivered_at end,
        next_at = case when %(taken)s or not %(again)s then null else next_at end
    where id = %(id)s returning id
"""
