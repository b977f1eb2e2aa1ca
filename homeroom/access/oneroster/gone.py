"""Objects that are gone: rows that were deleted, as far as an app may know of it under its agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from psycopg import sql
from psycopg.rows import tuple_row

from homeroom.access.agreements.terms import Extent
from homeroom.access.door import Use
from homeroom.access.oneroster.statements import GONE, Asked
from homeroom.access.resources.agreed import under_agreement
from homeroom.access.resources.changes import may_be_known, students_of
from homeroom.record.change_queries import Log
from homeroom.record.identifiers import SCHEMA


@dataclass
class Gone:
    """Ids of deleted rows, when each was deleted, and the student whom it told about."""

    ids: Sequence[UUID] = ()
    at: Sequence[datetime] = ()
    students: Sequence[str | None] = ()

    @property
    def parameters(self) -> dict[str, Any]:
        return dict(zip(GONE, (list(self.ids), list(self.at), list(self.students)), strict=True))


async def gone(use: Use, asked: Asked, since: datetime | None) -> Gone:
    """The rows of a collection that were deleted since a moment. What was made of several rows is no row itself.

    To which objects a deleted row belonged nothing tells: of a collection that a path names none are gone.
    """
    resources = tuple(one.part.resource for one in asked.parts if one.part.is_row)
    if not resources or not asked.collection.is_whole or any(c != "true" for c in asked.collection.conditions.values()):
        return Gone()
    async with under_agreement(use), use.record.cursor(row_factory=tuple_row) as cursor:
        statement = _statement(resources, asked.extent)
        row = await (await cursor.execute(statement, {"since": since}, prepare=True)).fetchone()
    ids, at, students = row or (None, None, None)
    return Gone(ids or (), at or (), students or ())


@lru_cache(200)
def _statement(resources: tuple[str, ...], extent: Extent) -> sql.Composed:
    found = sql.SQL(" union all ").join(_deleted(resource, extent) for resource in resources)
    return sql.SQL("select array_agg(id), array_agg(deleted_at), array_agg(student) from ({}) as gone").format(found)


def _deleted(resource: str, extent: Extent) -> sql.Composed:
    return sql.SQL(
        "select id, deleted_at, {student} as student from {tombstone} as row where resource = {resource}"
        " and ({within}) and (%(since)s::timestamptz is null or deleted_at >= %(since)s)"
    ).format(
        student=_student(resource),
        tombstone=sql.Identifier(SCHEMA, "tombstone"),
        resource=sql.Literal(resource),
        within=sql.SQL("true") if extent is Extent.DISTRICT else may_be_known(Log.DELETES, resource, extent),
    )


def _student(resource: str) -> sql.Composable:
    named = students_of(Log.DELETES, resource)
    return sql.SQL("({})[1]").format(named) if named else sql.SQL("null::text")
