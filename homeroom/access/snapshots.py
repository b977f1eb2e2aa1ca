"""States of the record that readers hold while they page: rows, deletions and changes of keys as of one moment.

A snapshot is PostgreSQL's own, exported by a transaction that is kept open for it, so that its readers go by the same
statements, policies and indexes as all others. What they see is logged and counted as of now, in a transaction of its
own. While one is held, PostgreSQL keeps whatever is replaced or deleted meanwhile: they are few, and end by themselves.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from homeroom.access.door import Record, Refused, Use
from homeroom.access.resources.changes import available_change_versions
from homeroom.access.resources.refusals import Busy
from homeroom.errors import CannotRun, HomeroomError

# How long one is held at most, and how long while nobody reads it; how many there are at a time, of all keys.
LONGEST = timedelta(hours=1)
IDLE = timedelta(minutes=10)
MOST = 4
_READERS = 4
_SECONDS_TO_WAIT = 60


class NoSnapshot(HomeroomError):
    """There is none, or it has ended."""


class HeldAlready(HomeroomError):
    """The key holds one, and may hold no other beside it."""


@dataclass(frozen=True)
class Snapshot:
    """A state of the record. `newest_change_version`: the last one that is in it."""

    id: UUID
    begun_at: datetime
    ends_at: datetime
    newest_change_version: int


@dataclass
class _Held:
    snapshot: Snapshot
    # What PostgreSQL calls it.
    name: str
    connection: psycopg.AsyncConnection[Any]
    used_at: datetime
    ending: asyncio.Task[None] | None = field(default=None)


class Snapshots:
    """The snapshots of one record, by the key that holds each. Open it once for a program, as the door."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._held: dict[str, _Held] = {}
        self._beginning = asyncio.Lock()
        self._readers: AsyncConnectionPool[Record] = AsyncConnectionPool(
            url, kwargs={"row_factory": dict_row}, min_size=0, max_size=_READERS, timeout=5, open=False
        )

    async def __aenter__(self) -> Snapshots:
        await self._readers.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        for key in list(self._held):
            await self._end(key)
        await self._readers.close()

    async def begin(self, use: Use) -> Snapshot:
        """Hold the record as it is now for the key that asks.

        Raises HeldAlready; Busy where the record is being written, or others hold as many as there may be; and
        Refused for who has no key.
        """
        key = _key(use)
        async with self._beginning:
            if key in self._held:
                raise HeldAlready("This key holds a snapshot already. End it before you begin another.")
            if len(self._held) >= MOST:
                raise Busy("Others hold snapshots, as many as there may be. Ask again later.", _SECONDS_TO_WAIT)
            # Until the transaction of the use ends, nobody writes: all that has a change version is there.
            versions = await available_change_versions(use)
            if versions is None:
                raise Busy("The record is being written right now. Ask again in a minute.", _SECONDS_TO_WAIT)
            connection = await psycopg.AsyncConnection.connect(self._url)
            try:
                await connection.execute("set transaction isolation level repeatable read, read only")
                row = await (await connection.execute("select pg_export_snapshot()")).fetchone()
            except BaseException:
                await connection.close()
                raise
            now = datetime.now(UTC)
            held = _Held(
                Snapshot(uuid4(), now, now + LONGEST, versions[1]), str(row[0]) if row else "", connection, now
            )
            self._held[key] = held
            held.ending = asyncio.create_task(self._end_in_time(key, held))
            return held.snapshot

    def of(self, use: Use) -> Snapshot | None:
        """The snapshot that the key holds; None where it holds none."""
        held = self._held.get(_key(use))
        return held.snapshot if held else None

    async def end(self, use: Use, id_: UUID) -> None:
        """Hold it no longer. Raises NoSnapshot where the key holds none of that id."""
        self._find(use, id_)
        await self._end(_key(use))

    @asynccontextmanager
    async def reading(self, use: Use, id_: UUID | None = None) -> AsyncIterator[Use]:
        """The use with the rows as they were then; it is logged and counted as of now.

        `id_`: which one is meant, where that is said. Raises NoSnapshot where the key holds none, or that one no more.
        """
        held = self._find(use, id_)
        try:
            async with self._readers.connection() as record:
                await self._go_back(record, _key(use), held)
                yield replace(use, record=record, log=use.record)
        except PoolTimeout as problem:
            raise CannotRun("Too many read snapshots at a time. Ask again in a moment.") from problem

    async def _go_back(self, record: Record, key: str, held: _Held) -> None:
        held.used_at = datetime.now(UTC)
        try:
            await record.execute("set transaction isolation level repeatable read, read only")
            await record.execute(sql.SQL("set transaction snapshot {}").format(sql.Literal(held.name)))
        except (psycopg.errors.UndefinedObject, psycopg.errors.InvalidParameterValue):
            # The server that held it was started anew.
            await self._end(key)
            raise NoSnapshot(_GONE) from None

    def _find(self, use: Use, id_: UUID | None) -> _Held:
        held = self._held.get(_key(use))
        if held is None or id_ not in (None, held.snapshot.id):
            raise NoSnapshot(_GONE)
        return held

    async def _end_in_time(self, key: str, held: _Held) -> None:
        while (left := min(held.snapshot.ends_at, held.used_at + IDLE) - datetime.now(UTC)) > timedelta(0):
            await asyncio.sleep(left.total_seconds())
        held.ending = None
        if self._held.get(key) is held:
            await self._end(key)

    async def _end(self, key: str) -> None:
        held = self._held.pop(key, None)
        if held is None:
            return
        if held.ending is not None:
            held.ending.cancel()
        with suppress(psycopg.Error):
            await held.connection.close()


_GONE = (
    "The snapshot was not found: this key holds none, or it has ended. "
    "Begin one by a POST to changeQueries/v1/snapshots."
)


def _key(use: Use) -> str:
    if use.principal.client is None:
        raise Refused("Only an app with a key holds a snapshot.")
    return use.principal.client
