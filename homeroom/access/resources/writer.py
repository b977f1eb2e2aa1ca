"""The record as it is written under an agreement: as a role of the database that may do what the agreement lets it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import tuple_row

from homeroom.access import reasons
from homeroom.access.agreements.terms import Terms
from homeroom.access.door import Refused, Use
from homeroom.access.permissions import Principal
from homeroom.access.resources.agreed import terms_of
from homeroom.access.resources.reach import AGREEMENT
from homeroom.access.resources.refusals import Busy
from homeroom.access.resources.row_security import ROLES
from homeroom.access.resources.write_reach import WRITER
from homeroom.access.resources.write_security import APP_WRITING
from homeroom.errors import CannotRun
from homeroom.model.columns import columns
from homeroom.record.changes import PUBLISHING, WRITING

# Who writes waits so long for whoever writes the same row, or takes the record for a moment.
_PATIENCE = "5s"
_AGAIN = 5
_AFTER_A_RUN = 60


@dataclass(frozen=True)
class Writer:
    """Who writes, and under which terms. `name` stands in the rows that it writes, as their source."""

    name: str
    agreement: int
    client: str
    terms: Terms

    @property
    def settings(self) -> dict[str, Any]:
        """The parameters of `BECOME` but for the role, and those that statements note a write with."""
        return {"_agreement": self.agreement, "_writer": self.name, "_client": self.client}


def writer_of(use: Use) -> Writer:
    """Whoever writes through `use`. Raises Refused where there is no agreement."""
    terms = terms_of(use)
    principal: Principal = use.principal
    number = principal.agreement.number if principal.agreement else 0
    return Writer(f"{principal.name}, agreement {number}", number, principal.client or "", terms)


def columns_written(writer: Writer, resource: str, meant: frozenset[str] | None = None) -> tuple[str, ...]:
    """The columns of a resource's table that the agreement lets be written. Raises Refused where it lets none.

    `meant`: the members of which a document can say something, where it comes in the words of another standard: of
    all others, what the row says stays.
    """
    members = writer.terms.members_written(resource)
    if not members:
        raise Refused(reasons.not_written(resource))
    members = members if meant is None else members & meant
    return tuple(
        column.name for column in columns(resource) if any(path.partition(".")[0] in members for path in column.paths)
    )


# One statement: what the transaction is under, and the locks that all who write share. Whether no batch is on its way.
BECOME = f"""
    select set_config('lock_timeout', '{_PATIENCE}', true), set_config('{AGREEMENT}', %(_agreement)s::text, true),
        set_config('{WRITER}', %(_writer)s, true), pg_advisory_xact_lock_shared({WRITING}),
        set_config('role', %(_role)s, true), pg_try_advisory_xact_lock_shared({PUBLISHING}) as free
"""
ROLE = "select set_config('role', %(_role)s, true)"
AS_WRITER = {"_role": APP_WRITING}
AS_OWNER = {"_role": "none"}


@asynccontextmanager
async def writing(
    use: Use, writer: Writer, role: dict[str, str]
) -> AsyncIterator[psycopg.AsyncCursor[tuple[Any, ...]]]:
    """A block in which `writer` writes, as a role. Raises Busy where it can't be done just now."""
    async with use.record.cursor(row_factory=tuple_row) as cursor:
        try:
            become = await cursor.execute(BECOME, writer.settings | role, prepare=True)
        except (psycopg.errors.InvalidParameterValue, psycopg.errors.InsufficientPrivilege) as problem:
            raise no_roles() from problem
        except psycopg.errors.LockNotAvailable:
            raise busy() from None
        check_free(await become.fetchone())
        try:
            yield cursor
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            raise busy() from None


def busy() -> Busy:
    """Somebody else is at it."""
    return Busy("Somebody else is writing the same just now. Try again in a moment.", _AGAIN)


def check_free(row: Any) -> None:
    """Raises Busy where `BECOME` told that a batch is on its way."""
    if not (row and row[-1]):
        raise Busy("A run of the district is writing the record just now. Try again in a minute.", _AFTER_A_RUN)


def no_roles() -> CannotRun:
    """What is missing where the database knows no apps."""
    return CannotRun(
        "The record's PostgreSQL does not know apps yet. Have whoever may make its roles make "
        f"{', '.join(ROLES)}, make the record's user a member of each, and start Homeroom again."
    )


def noted(row: sql.Composable, what: sql.Composable, resource: str, written: sql.Composable) -> sql.Composed:
    """A statement that notes that something was done to the `row`s of `written`."""
    return sql.SQL(
        "insert into access.record_write (agreement, client, resource, row_id, what)"
        " select %(_agreement)s, %(_client)s, {}, {}, {} from {}"
    ).format(sql.Literal(resource), row, what, written)
