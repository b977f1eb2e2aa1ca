"""Values of descriptors, as an app may write them: codes of its own, in the namespaces that its agreement names.

A value is known by its URI, which is its namespace and its code: neither can be changed. While one is deleted nobody
writes, since a row that begins to hold it is a row that can't be told from those that held it before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import psycopg
from psycopg import AsyncCursor, sql
from psycopg.rows import tuple_row

from homeroom.access.agreements.terms import DESCRIPTOR_MEMBERS
from homeroom.access.door import Refused, Use
from homeroom.access.resources.descriptors import ID_OF_CODE, TAG_OF_CODE
from homeroom.access.resources.refusals import ChangedSince, InTheWay, KeyFixed, NoSuchRow, NotValid
from homeroom.access.resources.tables import CHANGED, CREATED, DELETED
from homeroom.access.resources.writer import AS_OWNER, AS_WRITER, ROLE, Writer, busy, noted, writer_of, writing
from homeroom.access.resources.writing import Written
from homeroom.model.declaration import DATE, string
from homeroom.record.changes import WRITING
from homeroom.record.descriptors import user_statement
from homeroom.record.document import Fault
from homeroom.record.values import WrongValue, read_value

Cursor = AsyncCursor[tuple[Any, ...]]
_TYPES = {
    "codeValue": string(50),
    "namespace": string(255),
    "shortDescription": string(75),
    "description": string(1024),
    "effectiveBeginDate": DATE,
    "effectiveEndDate": DATE,
}
_REQUIRED = ("codeValue", "namespace", "shortDescription")
# What an answer holds beside: a document may bring it back.
_OF_THE_ANSWER = frozenset({"id", "_etag", "_lastModifiedDate"})


async def post_descriptor(use: Use, descriptor: str, document: object) -> Written:
    """The value with the document's namespace and code says what the document says.

    Raises Refused; NotValid with all that is wrong with the document; Busy.
    """
    writer = _writer(use, descriptor)
    if isinstance(document, Mapping) and "id" in document:
        raise NotValid(
            [Fault("id", "The record gives ids itself. Leave it out, or send a PUT to the value's address.")]
        )
    values = _values(descriptor, document)
    async with writing(use, writer, AS_WRITER) as cursor:
        return await _write(cursor, writer, descriptor, values)


async def put_descriptor(
    use: Use, descriptor: str, id_: UUID, document: object, fits: Callable[[str], bool]
) -> Written:
    """The value says what the document says. Raises Refused; NoSuchRow; ChangedSince; KeyFixed; NotValid; Busy."""
    writer = _writer(use, descriptor)
    values = _values(descriptor, document)
    async with writing(use, writer, AS_WRITER) as cursor:
        if await _locked(cursor, descriptor, id_, fits) != _uri(values):
            raise KeyFixed(f"The namespace and the code of a {descriptor} can't be changed. Write another one.")
        return await _write(cursor, writer, descriptor, values)


async def delete_descriptor(use: Use, descriptor: str, id_: UUID, fits: Callable[[str], bool]) -> None:
    """The value is gone. Raises Refused; NoSuchRow; ChangedSince; InTheWay where a row holds it; Busy."""
    writer = _writer(use, descriptor)
    async with use.record.cursor(row_factory=tuple_row) as alone:
        try:
            await alone.execute("select set_config('lock_timeout', '5s', true)")
            await alone.execute("select pg_advisory_xact_lock(%s)", [WRITING])
        except psycopg.errors.LockNotAvailable:
            raise busy() from None
    async with writing(use, writer, AS_WRITER) as cursor:
        uri = await _locked(cursor, descriptor, id_, fits)
        if asked := user_statement(descriptor):
            await cursor.execute(ROLE, AS_OWNER)
            if user := await (await cursor.execute(asked, {"uri": uri})).fetchone():
                raise InTheWay(f"This {descriptor} can't be deleted: a {user[0]} holds it. Change that first.")
            await cursor.execute(ROLE, AS_WRITER)
        values = {"uri": uri, "id": id_, "type": descriptor} | writer.settings
        await cursor.execute(_DELETE, values)
        await cursor.execute(
            noted(sql.SQL("id"), sql.Literal(DELETED), descriptor, sql.SQL("(select %(id)s::uuid as id) as gone")),
            values,
        )


def _writer(use: Use, descriptor: str) -> Writer:
    writer = writer_of(use)
    if not writer.terms.members_written(descriptor):
        raise Refused(f"The agreement does not let the app write {descriptor}.")
    return writer


def _values(descriptor: str, document: object) -> dict[str, Any]:
    """The values of a document by its members. Raises NotValid with all that is wrong."""
    if not isinstance(document, Mapping):
        raise NotValid([Fault("", f"A {descriptor} must be a JSON object.")])
    values: dict[str, Any] = dict.fromkeys(DESCRIPTOR_MEMBERS)
    faults = [
        Fault("", "One of its names is no field of a descriptor.")
        for name in document
        if name not in _TYPES and name not in _OF_THE_ANSWER
    ]
    for name, type_ in _TYPES.items():
        if document.get(name) is None:
            if name in _REQUIRED:
                faults.append(Fault(name, f"{name} is required."))
            continue
        try:
            values[name] = read_value(type_, document[name])
        except WrongValue as problem:
            faults.append(Fault(name, f"{name} {problem}."))
    for name in ("codeValue", "namespace"):
        if values[name] and values[name] != values[name].strip():
            faults.append(Fault(name, f"{name} must not begin or end with a space."))
    if values["namespace"] and (not values["namespace"].endswith(f"/{descriptor}") or "#" in values["namespace"]):
        faults.append(Fault("namespace", f"namespace must end in /{descriptor}, and hold no #."))
    begin, end = values["effectiveBeginDate"], values["effectiveEndDate"]
    if isinstance(begin, date) and isinstance(end, date) and end < begin:
        faults.append(Fault("effectiveEndDate", "effectiveEndDate lies before effectiveBeginDate."))
    if faults:
        raise NotValid(faults)
    return values


def _uri(values: Mapping[str, Any]) -> str:
    return f"{values['namespace']}#{values['codeValue']}"


async def _locked(cursor: Cursor, descriptor: str, id_: UUID, fits: Callable[[str], bool]) -> str:
    """The URI of the value, which nobody else changes until the transaction ends."""
    asked = f"select uri, {TAG_OF_CODE} from edfi.descriptor where descriptor_type = %(type)s and {ID_OF_CODE} = %(id)s"
    values = {"type": descriptor, "id": id_}
    row = await (await cursor.execute(asked + " for update", values)).fetchone()
    if row is None:
        if await (await cursor.execute(asked, values)).fetchone():
            raise Refused(f"The agreement does not let the app write this {descriptor}: its namespace is another's.")
        raise NoSuchRow("There is no such value.")
    if not fits(row[1]):
        raise ChangedSince("The value was changed since it was read. Read it again, and then change it.")
    return str(row[0])


async def _write(cursor: Cursor, writer: Writer, descriptor: str, values: Mapping[str, Any]) -> Written:
    given = {**values, "type": descriptor, "uri": _uri(values)} | writer.settings
    try:
        row = await (await cursor.execute(_UPSERT, given)).fetchone()
    except psycopg.errors.InsufficientPrivilege:
        own = ", ".join(writer.terms.namespaces) or "none"
        raise Refused(f"namespace: it is none of the agreement's ({own}), nor below one.") from None
    if row is None:
        asked = f"select {ID_OF_CODE}, {TAG_OF_CODE}, false from edfi.descriptor where uri = %(uri)s"
        row = await (await cursor.execute(asked, given)).fetchone()
    if row is None:
        raise busy()
    return Written(row[0], bool(row[2]), row[1])


_UPSERT = f"""
    with written as (
        insert into edfi.descriptor as present (uri, descriptor_type, namespace, code_value, short_description,
            description, effective_begin_date, effective_end_date)
        values (%(uri)s, %(type)s, %(namespace)s, %(codeValue)s, %(shortDescription)s, %(description)s,
            %(effectiveBeginDate)s, %(effectiveEndDate)s)
        on conflict (uri) do update set (short_description, description, effective_begin_date, effective_end_date,
                last_modified) =
            row(excluded.short_description, excluded.description, excluded.effective_begin_date,
                excluded.effective_end_date, now())
        where row(present.short_description, present.description, present.effective_begin_date,
                present.effective_end_date)
            is distinct from row(excluded.short_description, excluded.description, excluded.effective_begin_date,
                excluded.effective_end_date)
        returning {ID_OF_CODE} as id, {TAG_OF_CODE} as tag, xmax = 0 as created
    ), noted as (
        insert into access.record_write (agreement, client, resource, row_id, what)
        select %(_agreement)s, %(_client)s, %(type)s, id, case when created then '{CREATED}' else '{CHANGED}' end
        from written
    )
    select id, tag, created from written
"""
_DELETE = """
    with gone as (delete from edfi.descriptor where uri = %(uri)s returning namespace, code_value)
    insert into edfi.tombstone (resource, id, key_values, deleted_by)
    select %(type)s, %(id)s, jsonb_build_object('codeValue', code_value, 'namespace', namespace), %(_writer)s from gone
"""
