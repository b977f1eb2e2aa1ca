"""Looks and sends for as long as a program runs: the queue is in the record, so that nothing is lost between two."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from homeroom.access.door import Door
from homeroom.access.webhooks.noticing import notice
from homeroom.access.webhooks.sending import new_client, send_due
from homeroom.errors import HomeroomError

# Seconds between two looks at what changed, and at what is due.
LOOK_EVERY = 30
SEND_EVERY = 5

_log = logging.getLogger(__name__)


class Webhooks:
    """The notices of one district. Open it once for a program, as the door."""

    def __init__(self, door: Door, secret_of: Callable[[int], bytes]) -> None:
        self._door = door
        self._secret_of = secret_of
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Webhooks:
        self._client = new_client()
        self._tasks = [
            asyncio.create_task(_again(LOOK_EVERY, partial(notice, self._door))),
            asyncio.create_task(_again(SEND_EVERY, partial(send_due, self._door, self._secret_of, self._client))),
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()


async def _again(seconds: float, work: Callable[[], Awaitable[Any]]) -> None:
    while True:
        try:
            await work()
        except HomeroomError as problem:
            _log.warning("Notices to apps wait: %s", problem)
        except Exception as problem:  # noqa: BLE001 - whatever it is, the next look may find it gone
            _log.error("Notices to apps stopped at something unforeseen: %s", type(problem).__name__)
        await asyncio.sleep(seconds)
