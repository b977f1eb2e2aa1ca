"""Rows of a resource, as an app may write them under its agreement: new or changed by their natural key, changed by
their id, deleted.

What the agreement doesn't let be written stays as it is. A row has to be within reach before and afterwards, which the
database holds by itself (`write_security`); where it refuses, `unwritten` finds out for what reasons.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncCursor, AsyncRawCursor, sql
from psycopg.rows import tuple_row

from homeroom.access import reasons
from homeroom.access.agreements.terms import Extent
from homeroom.access.door import Refused, Use
from homeroom.access.resources.changed_key import KEYS_THAT_CHANGE, change_key_of_row
from homeroom.access.resources.checked_document import checked
from homeroom.access.resources.named_persons import check_named_persons, names_persons
from homeroom.access.resources.refusals import (
    ChangedSince,
    InTheWay,
    KeyFixed,
    KeyInUse,
    NoSuchRow,
    NotValid,
    Unresolved,
)
from homeroom.access.resources.tables import DELETED
from homeroom.access.resources.unwritten import explain, take_base_key
from homeroom.access.resources.write_scope import may_be_named
from homeroom.access.resources.write_statement import write_statement
from homeroom.access.resources.writer import (
    AS_OWNER,
    AS_WRITER,
    ROLE,
    Writer,
    busy,
    columns_written,
    noted,
    writer_of,
    writing,
)
from homeroom.model import RESOURCES
from homeroom.model.columns import key_columns
from homeroom.record.deletion import delete_statement, still_referred_to
from homeroom.record.descriptors import arrays_of
from homeroom.record.document import Document, Fault
from homeroom.record.identifiers import names, table
from homeroom.record.nested_references import holder_statement, nested_target, nested_to
from homeroom.record.upsert import by_key, missing_reference, parameters

_TRIES = 2

Cursor = AsyncCursor[tuple[Any, ...]]
# Whether the app's precondition holds for a row with this entity tag.
Fits = Callable[[str], bool]


@dataclass(frozen=True)
class Written:
    """A row that was written: its id, whether it is new, and its entity tag."""

    id: UUID
    created: bool
    tag: str


async def post(use: Use, resource: str, document: object, meant: frozenset[str] | None = None) -> Written:
    """The row with the document's natural key says what the document says; a member that it leaves out becomes empty.

    `meant`: as for `columns_written`. Raises Refused; NotValid with all that is wrong with the document; Unresolved;
    KeyInUse; Busy.
    """
    writer = writer_of(use)
    written = columns_written(writer, resource, meant)
    if isinstance(document, Mapping) and "id" in document:
        raise NotValid([Fault("id", "The record gives ids itself. Leave it out, or send a PUT to the row's address.")])
    taken = await checked(use, writer, resource, document)
    # Where the database refuses a document in which nothing is wrong, somebody took away meanwhile what it refers to.
    for _ in range(_TRIES):
        try:
            async with writing(use, writer, AS_OWNER if _asks_before(writer, taken) else AS_WRITER) as cursor:
                await _look_around(cursor, writer, taken, written)
                return await _upsert(cursor, writer, taken, written)
        except _Unwritten:
            await use.record.rollback()
            await explain(use, writer, taken)
    raise busy()


async def create(use: Use, resource: str, id_: UUID, document: object, meant: frozenset[str] | None = None) -> Written:
    """A new row with an id that the app gives it; `meant`: as for `columns_written`.

    It is tried once, so that several can be created in one transaction: where one of them is refused, none is there.
    Raises what `post` does, and KeyInUse where a row has the id or the document's natural key already.
    """
    writer = writer_of(use)
    written = columns_written(writer, resource, meant)
    taken = await checked(use, writer, resource, document)
    try:
        async with writing(use, writer, AS_OWNER if _asks_before(writer, taken) else AS_WRITER) as cursor:
            await _look_around(cursor, writer, taken, written)
            made = await _upsert(cursor, writer, taken, written, id_)
    except psycopg.errors.UniqueViolation:
        raise KeyInUse(f"Another {resource} has this id.") from None
    except _Unwritten:
        await use.record.rollback()
        await explain(use, writer, taken)
        raise busy() from None
    if made.id != id_:
        raise KeyInUse(f"There is a {resource} with this key already, under an id of its own.")
    return made


async def put(
    use: Use, resource: str, id_: UUID, document: object, fits: Fits, meant: frozenset[str] | None = None
) -> Written:
    """The row says what the document says, also another natural key, where the standard lets a key be changed.

    `meant`: as for `columns_written`. Raises Refused; NoSuchRow; ChangedSince where `fits` says no; KeyFixed; NotValid;
    Unresolved; KeyInUse; SourcesSay; Busy.
    """
    writer = writer_of(use)
    written = columns_written(writer, resource, meant)
    taken = await checked(use, writer, resource, document)
    for _ in range(_TRIES):
        try:
            async with writing(use, writer, AS_WRITER) as cursor:
                present = await _locked(cursor, resource, id_, fits)
                if present == tuple(taken.values[name] for name in key_columns(resource)):
                    if _asks_before(writer, taken):
                        await cursor.execute(ROLE, AS_OWNER)
                        await _look_around(cursor, writer, taken, written)
                    return await _upsert(cursor, writer, taken, written)
            break
        except _Unwritten:
            await use.record.rollback()
            await explain(use, writer, taken)
    else:
        raise busy()
    if resource not in KEYS_THAT_CHANGE:
        raise KeyFixed(f"The key of a {resource} can't be changed. Delete the row, and write it anew.")
    await use.record.rollback()
    change = await asyncio.to_thread(change_key_of_row, use.record.info, writer, taken, document, id_, written, fits)
    return Written(id_, False, str(change))


async def delete(use: Use, resource: str, id_: UUID, fits: Fits) -> None:
    """The row is gone. Raises Refused; NoSuchRow; ChangedSince; InTheWay where another row refers to it; Busy."""
    writer = writer_of(use)
    columns_written(writer, resource)
    async with writing(use, writer, AS_WRITER) as cursor:
        await _locked(cursor, resource, id_, fits)
        if nested_to(resource):
            await cursor.execute(ROLE, AS_OWNER)
            if holder := await (await cursor.execute(holder_statement(resource), {"id": id_})).fetchone():
                raise InTheWay(_still_named(resource, holder[0]))
            await cursor.execute(ROLE, AS_WRITER)
        try:
            values = {"id": id_, "resource": resource, "source": writer.name}
            gone = await (await cursor.execute(delete_statement(resource), values)).fetchone()
        except psycopg.errors.ForeignKeyViolation as problem:
            raise InTheWay(_still_named(resource, still_referred_to(resource, problem).by)) from None
        if gone is None:
            raise Refused(
                f"The agreement lets the app write some members of {resource}: it deletes the rows that it created."
            )
        one = sql.SQL("(select %(id)s::uuid as id) as gone")
        await cursor.execute(noted(sql.SQL("id"), sql.Literal(DELETED), resource, one), writer.settings | {"id": id_})


class _Unwritten(Exception):
    """The database did not write it; why is to be found out."""


def _still_named(resource: str, by: str) -> str:
    return f"This {resource} can't be deleted: a {by} refers to it. Delete or change that first."


async def _locked(cursor: Cursor, resource: str, id_: UUID, fits: Fits) -> tuple[Any, ...]:
    """The key of the row, which nobody else changes until the transaction ends."""
    asked = sql.SQL("select change_version, {} from {} as row where id = %s").format(
        names(key_columns(resource)), table(resource)
    )
    row = await (await cursor.execute(asked + sql.SQL(" for update"), [id_])).fetchone()
    if row is None:
        known = asked + sql.SQL(" and ") + may_be_named(resource, "row")
        if await (await cursor.execute(known, [id_])).fetchone():
            raise Refused(f"The agreement does not let the app write this {resource}.")
        raise NoSuchRow(reasons.NO_ROW)
    if not fits(str(row[0])):
        raise ChangedSince("The row was changed since it was read. Read it again, and then change it.")
    return row[1:]


def _asks_before(writer: Writer, taken: Document) -> bool:
    """Whether something is to be looked at first that the one statement does not ask."""
    return bool(
        taken.nested
        or RESOURCES[taken.resource].subclass_of
        or (writer.terms.extent is not Extent.DISTRICT and names_persons(taken.resource))
    )


async def _look_around(cursor: Cursor, writer: Writer, taken: Document, written: tuple[str, ...]) -> None:
    """Look at what the one statement does not ask, as the owner, and go on as the writer."""
    if not _asks_before(writer, taken):
        return
    if writer.terms.extent is not Extent.DISTRICT and names_persons(taken.resource):
        found_by = {name: taken.values[name] for name in key_columns(taken.resource)}
        await check_named_persons(cursor, taken, written, found_by)
    missing = [
        missing_reference(path, member.target)
        for path, (member, parts) in taken.nested.items()
        if await (await cursor.execute(nested_target(member, _namable(member.target)), list(parts.values()))).fetchone()
        is None
    ]
    if missing:
        raise Unresolved(missing)
    await cursor.execute(ROLE, AS_WRITER)
    await take_base_key(cursor, taken)


def _namable(target: str) -> sql.Composable:
    return may_be_named(target, "named") if target in RESOURCES else sql.SQL("true")


async def _upsert(
    cursor: Cursor, writer: Writer, taken: Document, written: tuple[str, ...], given: UUID | None = None
) -> Written:
    values = parameters(taken, writer.name) | writer.settings | arrays_of(taken.codes.values()) | {"id": given}
    try:
        statement = write_statement(taken.resource, written, given is not None)
        async with AsyncRawCursor(cursor.connection, row_factory=tuple_row) as raw:
            await raw.execute(statement.text, statement.values(values), prepare=True)
            row = await raw.fetchone()
    except (psycopg.errors.ForeignKeyViolation, psycopg.errors.InsufficientPrivilege):
        raise _Unwritten from None
    ok, id_, version, created = row or (False, None, 0, False)
    if not ok:
        raise _Unwritten
    if id_ is None:
        # The record says the same already.
        present = await (await cursor.execute(by_key(taken.resource), values)).fetchone()
        if present is None:
            raise _Unwritten
        id_, version = present
    return Written(id_, bool(created), str(version))
