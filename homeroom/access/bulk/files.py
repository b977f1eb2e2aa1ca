"""The files that are kept for whoever ordered them: made once, beside the requests that wait for them, and then gone.

Whoever fetches a file in several pieces gets pieces of the same one. It is encrypted for one app, and only the key that
ordered it is given it.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from uuid import UUID, uuid4

from homeroom.access.bulk.making import Made, Order, State, make, state_of_now
from homeroom.access.door import Door, Refused
from homeroom.access.permissions import Principal
from homeroom.access.resources.refusals import Busy

# How long a file is kept when it is whole.
KEPT = timedelta(hours=1)
# How many there are at a time, and how many are being made: each costs what a page of all rows costs.
MOST = 64
_AT_A_TIME = 2
# For so many seconds a request waits for a file.
PATIENCE = 10


@dataclass(frozen=True)
class _Ordered:
    """What tells one file from another: whose it is, what is in it, and which snapshot it is made from."""

    client: str
    agreement: int
    order: Order
    snapshot: UUID | None


class BulkFiles:
    """The files of one district, in a folder of the workspace. Open it once for a program, as the door."""

    def __init__(self, url: str, folder: Path) -> None:
        self._url = url
        self._parent = folder
        self._making: dict[_Ordered, asyncio.Task[Made]] = {}
        self._room = asyncio.Semaphore(_AT_A_TIME)

    async def __aenter__(self) -> BulkFiles:
        self._parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # What a program left that was killed is of no use to anybody.
        for left in self._parent.iterdir():
            if left.stat().st_mtime < time.time() - 2 * KEPT.total_seconds():
                shutil.rmtree(left, ignore_errors=True)
        self._folder = Path(mkdtemp(dir=self._parent))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._making.values():
            task.cancel()
        await asyncio.gather(*self._making.values(), return_exceptions=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    async def file(
        self,
        door: Door,
        principal: Principal,
        order: Order,
        on_behalf_of: str | None,
        state: State | None = None,
        snapshot: UUID | None = None,
        anew: bool = False,
    ) -> Made | None:
        """The file that was ordered; None while it is being made.

        `state`: where the rows are read, of the `snapshot`; else the record as it is when the file is made. `anew`: a
        file that is there is not taken. Raises whatever `make` raised, and Busy where there are too many files.
        """
        if principal.client is None or principal.agreement is None:
            raise Refused("Only an app with a key is given files.")
        ordered = _Ordered(principal.client, principal.agreement.number, order, snapshot)
        if anew and ordered in self._making and self._making[ordered].done():
            self._forget(ordered, self._making[ordered])
        task = self._making.get(ordered)
        if task is None:
            if len(self._making) >= MOST:
                raise Busy("There are as many files as there may be. Ask again in some minutes.", 300)
            seen = state or partial(state_of_now, self._url)
            task = asyncio.create_task(self._make(door, principal, order, seen, on_behalf_of))
            self._making[ordered] = task
            task.add_done_callback(partial(self._keep, ordered))
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        return task.result() if done else None

    async def _make(
        self, door: Door, principal: Principal, order: Order, state: State, on_behalf_of: str | None
    ) -> Made:
        async with self._room:
            return await make(door, principal, order, state, on_behalf_of, self._folder / f"{uuid4().hex}.age")

    def _keep(self, ordered: _Ordered, task: asyncio.Task[Made]) -> None:
        if task.cancelled() or task.exception() is not None:
            # Whoever asks next may try again.
            self._forget(ordered, task)
        else:
            asyncio.get_running_loop().call_later(KEPT.total_seconds(), self._forget, ordered, task)

    def _forget(self, ordered: _Ordered, task: asyncio.Task[Made]) -> None:
        if self._making.get(ordered) is task:
            del self._making[ordered]
        if task.done() and not task.cancelled() and task.exception() is None:
            with suppress(OSError):
                task.result().path.unlink()
