"""The one door to the record: its first line is the check, and what it shows of a student is logged with it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from time import monotonic
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from homeroom.access import disclosures
from homeroom.access.accounts.reach import within
from homeroom.access.accounts.wall import stand_behind
from homeroom.access.disclosure_log.entry import new_salt
from homeroom.access.egress.counting import KeySuspended, OverBudget, count, suspend
from homeroom.access.migrations.scope import OPTIONS
from homeroom.access.permissions import OF_THE_RECORD, THIS_MACHINE, Action, Principal, Purpose, decide, may
from homeroom.access.resources.row_security import prepare_row_security
from homeroom.errors import CannotRun, HomeroomError
from homeroom.record.earlier_days import SET_MOMENT, prepare_earlier_days
from homeroom.record.identifiers import EARLIER_DAYS, SCHEMA
from homeroom.record.opening import prepare as prepare_record
from homeroom.record.revisions import is_newest, upgrade

Record = psycopg.AsyncConnection[DictRow]
Answer = TypeVar("Answer")

_STEPS = "homeroom.access.migrations"
# A connection that was used since then is there still: a server takes longer to stop and to start.
_SECONDS = 1.0


class Refused(HomeroomError):
    """The answer was no; the message is the reason."""


@dataclass(frozen=True)
class Use:
    """One allowed use of the record, in a transaction of its own.

    `as_of`: the last day of which the record's tables tell, in this machine's time; None where they tell of now. What
    lies beside them, such as who is who and the log, is always that of now. `log`: where what is shown is written, when
    `record` is at another moment than now (`homeroom.access.snapshots`).
    """

    record: Record
    principal: Principal
    action: Action
    purpose: Purpose
    as_of: date | None = None
    log: Record | None = None

    async def rows(self, question: str, **parameters: Any) -> list[dict[str, Any]]:
        return await (await self.record.execute(self._of_the_day(question), self._asked(parameters))).fetchall()

    async def row(self, question: str, **parameters: Any) -> dict[str, Any] | None:
        return await (await self.record.execute(self._of_the_day(question), self._asked(parameters))).fetchone()

    def may(self, action: Action) -> bool:
        """Whether the principal may do something else as well."""
        return may(self.principal, action)

    def within(self, column: str, kind: str) -> str:
        """The condition that a column names a Student, a Contact or a Staff within the principal's reach.

        The first wall, for the questions of this use; the second stands in the database. Who sees the whole district
        sees everybody.
        """
        if self.principal.role not in OF_THE_RECORD:
            return "true"
        return within(self.principal.role, column, kind, "%(whose_reach)s::text")

    @asynccontextmanager
    async def beyond_the_wall(self) -> AsyncIterator[None]:
        """A block in which the database does not ask whom the principal may see: for what lies beside the record alone,
        the log of disclosures, agreements, and what a family decides about them."""
        if self.principal.role not in OF_THE_RECORD:
            yield
            return
        found = await self.record.execute("select current_setting('role') as before, set_config('role', 'none', true)")
        row = await found.fetchone()
        yield
        # Where the block is left by an error, the transaction ends with it.
        await self.record.execute("select set_config('role', %s, true)", [row["before"] if row else "none"])

    def _asked(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return parameters | {"whose_reach": self.principal.person}

    def _of_the_day(self, question: str) -> str:
        return question if self.as_of is None else question.replace(f"{SCHEMA}.", f"{EARLIER_DAYS}.")

    async def disclose(
        self,
        student_unique_ids: Iterable[str],
        shown: Mapping[str, Iterable[str]] | None = None,
        *,
        on_behalf_of: str | None = None,
    ) -> None:
        """Log that these students' data is shown. It is in the same transaction: no entry, no page.

        `shown`: the fields by resource, by their JSON paths in the model, where they are known; `on_behalf_of`: for
        whom the principal asks. An app's agreement is told with it.
        """
        students = sorted(set(student_unique_ids))
        if students:
            record = self.log or self.record
            await count(record, self.principal, students)
            entry = {
                "at": datetime.now(UTC),
                "principal": self.principal.name,
                "role": str(self.principal.role),
                "purpose": str(self.purpose),
                "action": str(self.action),
                "students": students,
                "on_behalf_of": on_behalf_of,
                "agreement": self.principal.agreement.number if self.principal.agreement else None,
                "shown": Jsonb({resource: sorted(set(fields)) for resource, fields in (shown or {}).items()}),
                "salt": new_salt(),
            }
            async with self.beyond_the_wall():
                await record.execute(disclosures.WRITE, entry)


class Door:
    """The way to one district's record, prepared before. Open it once for a program: `async with Door(url) as door`."""

    def __init__(self, url: str) -> None:
        self._pool: AsyncConnectionPool[Record] = AsyncConnectionPool(
            url,
            kwargs={"row_factory": dict_row},
            min_size=1,
            max_size=8,
            timeout=5,
            check=self._check,
            reset=self._note_use,
            open=False,
        )
        self._used: WeakKeyDictionary[Record, float] = WeakKeyDictionary()

    async def __aenter__(self) -> Door:
        await self._pool.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._pool.close()

    async def _note_use(self, record: Record) -> None:
        self._used[record] = monotonic()

    async def _check(self, record: Record) -> None:
        """A server that was started anew must not cost the next reader a page; within a second none is."""
        if monotonic() - self._used.get(record, 0) > _SECONDS:
            await AsyncConnectionPool.check_connection(record)

    @asynccontextmanager
    async def use(
        self, principal: Principal, action: Action, purpose: Purpose, as_of: date | None = None
    ) -> AsyncIterator[Use]:
        """The record, for one purpose, as it was at the end of the day `as_of` where one is named.

        Raises Refused with the reason, and CannotRun where the record is away.
        """
        check(principal, action, purpose)
        if as_of is not None:
            check(principal, Action.SEE_EARLIER_DAYS, purpose)
        try:
            async with self._pool.connection() as record:
                if as_of is not None:
                    await record.execute(SET_MOMENT, {"moment": _end_of(as_of)})
                await stand_behind(record, principal)
                yield Use(record, principal, action, purpose, as_of)
        except KeySuspended as suspended:
            # The page's transaction is gone; that the key is suspended stays.
            if isinstance(suspended, OverBudget):
                async with self._pool.connection() as record:
                    await suspend(record, suspended)
            raise Refused(str(suspended)) from None
        except (PoolTimeout, psycopg.OperationalError) as problem:
            raise CannotRun(
                "The record's PostgreSQL does not answer. Look whether it runs, and try again."
            ) from problem


def check(principal: Principal, action: Action, purpose: Purpose) -> None:
    """Raises Refused with the reason where this may not be done."""
    decision = decide(principal, action, purpose)
    if not decision.allowed:
        raise Refused(decision.reason)


def _end_of(day: date) -> datetime:
    """The last moment of a day on this machine."""
    return datetime.combine(day, time.max).astimezone()


def prepare(url: str) -> None:
    """Make the record's tables and the log's, where they are not there yet. Raises CannotRun where that can't be."""
    try:
        prepare_record(url)
        with psycopg.connect(url) as record:
            prepare_earlier_days(record)
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
        with engine.begin() as connection:
            if not is_newest(connection, _STEPS, OPTIONS):
                upgrade(connection, _STEPS)
        engine.dispose()
        with psycopg.connect(url) as record:
            prepare_row_security(record)
    except (SQLAlchemyError, psycopg.Error) as problem:
        raise CannotRun(
            "The record's tables could not be made ready. Look whether its PostgreSQL runs and lets this user make "
            "tables, and try again."
        ) from problem


async def ask(
    url: str, action: Action, question: Callable[[Use], Awaitable[Answer]], as_of: date | None = None
) -> Answer:
    """One question of the record, by whoever works at this machine: for a command, which opens no pages."""
    async with Door(url) as door, door.use(THIS_MACHINE, action, Purpose.CONSOLIDATION, as_of) as use:
        return await question(use)
