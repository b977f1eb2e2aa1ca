"""What an agreement lets its app have of a resource, written as one encrypted file: rows, or what was deleted since.

By the same statements as pages are, behind the same two walls, from one state of the record. Whoever is in it is logged
as shown, and counted against the key's budget, before a byte is written: no entry, no file.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row, tuple_row

from homeroom.access.agreements.terms import Extent
from homeroom.access.bulk.columns import columns_of, columns_of_log
from homeroom.access.bulk.encrypted_file import encrypted_file, sha256_of
from homeroom.access.bulk.writing import Form, sink_of
from homeroom.access.door import Door, Use
from homeroom.access.permissions import Action, Principal, purpose_of
from homeroom.access.resources.agreed import fields_named, terms_of, under_agreement
from homeroom.access.resources.changes import (
    HIGHEST,
    available_change_versions,
    may_be_known,
    named_columns,
    students_of,
)
from homeroom.access.resources.reading import about, within_of
from homeroom.access.resources.refusals import Busy
from homeroom.access.resources.scope import NAMED
from homeroom.record.change_queries import Log, every_change_statement, everybody_changed_statement
from homeroom.record.query import every_document_statement, everybody_statement

# How a use comes to a state of the record that stays while a file is written.
State = Callable[[Use], AbstractAsyncContextManager[tuple[Use, int]]]


@dataclass(frozen=True)
class Order:
    """Which rows a file holds. `log`: what was deleted or had its key changed, instead of rows; both change versions
    are inclusive, None for all."""

    resource: str
    log: Log | None
    form: Form
    min_change_version: int | None = None
    max_change_version: int | None = None

    @property
    def name(self) -> str:
        """What the file may be called."""
        kind = {None: "", Log.DELETES: "-deletes", Log.KEY_CHANGES: "-keyChanges"}[self.log]
        return f"{self.resource}{kind}.{self.form}.age"


@dataclass(frozen=True)
class Made:
    """A file that is whole. `newest_change_version`: the last one of the state that it was made from."""

    path: Path
    sha256: bytes
    newest_change_version: int


@asynccontextmanager
async def state_of_now(url: str, use: Use) -> AsyncIterator[tuple[Use, int]]:
    """The record at `url` as it is now, in a transaction that sees nothing of what comes after.

    Raises Busy where it is being written.
    """
    async with await psycopg.AsyncConnection.connect(url, row_factory=dict_row) as record:
        versions = await available_change_versions(use)
        if versions is None:
            raise Busy("The record is being written right now. Ask again in a minute.", 60)
        await record.execute("set transaction isolation level repeatable read, read only")
        # The state is that of the first question.
        await record.execute("select pg_current_snapshot()")
        # Whoever waits to write goes on, while the file is made.
        await use.record.commit()
        yield replace(use, record=record, log=use.record), versions[1]


async def make(
    door: Door, principal: Principal, order: Order, state: State, on_behalf_of: str | None, path: Path
) -> Made:
    """Write the file at `path`. Raises Refused where the agreement names nothing of the resource or the key is
    suspended, and Busy."""
    purpose = purpose_of(principal, Action.READ_RESOURCES)
    async with door.use(principal, Action.READ_RESOURCES, purpose) as use, state(use) as (seen, newest):
        terms = terms_of(seen)
        fields = fields_named(terms, order.resource)
        extent = terms.extent
        statements = _of_rows(order, fields, extent) if order.log is None else _of_log(order, order.log, fields, extent)
        async with under_agreement(seen, as_app=order.log is None):
            students = await _students(seen, statements)
        await use.disclose(students, {order.resource: statements.shown}, on_behalf_of=on_behalf_of)
        # Written down before the first byte, and without keeping the key's other pages waiting.
        await use.record.commit()
        async with under_agreement(seen, as_app=order.log is None):
            await _write(seen, statements, order.form, terms.bulk_key, path)
    return Made(path, await asyncio.to_thread(sha256_of, path), newest)


@dataclass(frozen=True)
class _Statements:
    documents: sql.Composed
    everybody: sql.Composed | None
    values: Sequence[Any]
    shown: Sequence[str]
    columns: Callable[[], str]


def _of_rows(order: Order, fields: frozenset[str], extent: Extent) -> _Statements:
    bounds = {"min": order.min_change_version, "max": order.max_change_version}
    given = tuple(name for name, bound in bounds.items() if bound is not None)
    within, others = within_of(order.resource, extent), NAMED[extent]
    return _Statements(
        every_document_statement(order.resource, given, fields, within, others),
        everybody_statement(order.resource, given, within, about(order.resource, fields, others)),
        [bounds[name] for name in given],
        sorted(fields),
        partial(columns_of, order.resource, fields),
    )


def _of_log(order: Order, log: Log, fields: frozenset[str], extent: Extent) -> _Statements:
    within = None if extent is Extent.DISTRICT else may_be_known(log, order.resource, extent)
    told = named_columns(order.resource, fields)
    students = students_of(log, order.resource)
    return _Statements(
        every_change_statement(log, order.resource, [column.name for column in told], within),
        everybody_changed_statement(log, order.resource, within, students) if students else None,
        [order.min_change_version or 0, HIGHEST if order.max_change_version is None else order.max_change_version],
        [path for column in told for path in column.paths],
        partial(columns_of_log, log, told),
    )


async def _students(use: Use, statements: _Statements) -> list[str]:
    if statements.everybody is None:
        return []
    async with use.record.cursor(row_factory=tuple_row) as cursor:
        row = await (await cursor.execute(statements.everybody, statements.values)).fetchone()
    return (row[0] if row else None) or []


# Lines of CSV whose marks are signs that no JSON holds as they are: the documents, as they stand.
_LINES = sql.SQL(r"copy ({}) to stdout (format csv, delimiter E'\x02', quote E'\x01', encoding 'UTF8')")


async def _write(use: Use, statements: _Statements, form: Form, public_key: str, path: Path) -> None:
    with encrypted_file(path, public_key) as out:
        sink = sink_of(form, out, statements.columns)
        async with (
            use.record.cursor() as cursor,
            cursor.copy(_LINES.format(statements.documents), statements.values) as rows,
        ):
            async for piece in _pieces(rows):
                await asyncio.to_thread(sink.write, piece)
        await asyncio.to_thread(sink.close)


async def _pieces(rows: AsyncIterable[Any]) -> AsyncIterator[bytes]:
    """The rows in pieces of a quarter of a megabyte: each goes to another thread."""
    held = bytearray()
    async for row in rows:
        held += row
        if len(held) >= 1 << 18:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)
