"""A document that an app sent, looked at as a whole before anything is written: every fault is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg import AsyncCursor

from homeroom.access.door import Refused, Use
from homeroom.access.resources.refusals import NotValid
from homeroom.access.resources.writer import Writer
from homeroom.model import RESOURCES
from homeroom.model.columns import columns, own_path
from homeroom.record.descriptors import UNKNOWN, arrays_of
from homeroom.record.document import Document, Fault, InvalidDocument, take_apart
from homeroom.record.upsert import unknown_codes


async def checked(use: Use, writer: Writer, resource: str, document: object) -> Document:
    """The document taken apart.

    Raises NotValid with all that is wrong with its values, codes that the record does not hold among them, and Refused
    where it says something that the agreement doesn't let the app write.
    """
    try:
        taken = take_apart(resource, document)
    except InvalidDocument as problem:
        async with use.record.cursor() as cursor:
            raise NotValid([*problem.faults, *await unknown_in(cursor, problem.codes)]) from None
    if spaces := _spaces_around_keys(taken):
        raise NotValid(spaces)
    _check_members(writer, resource, document)
    return taken


async def unknown_in(cursor: AsyncCursor[Any], codes: Mapping[str, tuple[str, str]]) -> list[Fault]:
    """What is wrong with codes, by path."""
    if not codes:
        return []
    rows = await (await cursor.execute(UNKNOWN, arrays_of(codes.values()))).fetchall()
    return unknown_codes(codes, [tuple(row.values()) if isinstance(row, dict) else row for row in rows])


def _check_members(writer: Writer, resource: str, document: object) -> None:
    """A reference or a list is written as a whole, or not at all."""
    members = writer.terms.members_written(resource)
    sent = document if isinstance(document, Mapping) else {}
    beyond = [name for name in RESOURCES[resource].members if name not in members and sent.get(name) not in (None, [])]
    if beyond:
        named = ", ".join(f"{resource}.{name}" for name in beyond)
        raise Refused(f"The agreement does not let the app write {named}. Leave it out: it stays as it is.")


def _spaces_around_keys(taken: Document) -> list[Fault]:
    """Text of a key with a space before or behind it would be another key, which nobody sees."""
    return [
        Fault(path, f"{path} must not begin or end with a space.")
        for column in columns(taken.resource)
        if column.key and isinstance(value := taken.values[column.name], str) and value != value.strip()
        for path in [own_path(taken.resource, column)]
    ]
