"""What was deleted and which keys changed since a reader looked last, as an app may know of it under its agreement.

Of a deleted row only its key is left. It belongs to the schools of an agreement where all that the key names is within
reach; or, at organizations within reach, where its student was shown under that agreement before, so that whoever has
a row learns that it is gone, also when the student left with it. Where a key names nobody and the row could say
something of somebody, only who sees the whole district is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import tuple_row

from homeroom.access.agreements.terms import Extent
from homeroom.access.door import Use
from homeroom.access.resources.agreed import fields_named, terms_of, under_agreement
from homeroom.access.resources.reading import Page
from homeroom.access.resources.scope import NAMED, Rule, reached, scope_of
from homeroom.model import DESCRIPTORS
from homeroom.model.columns import EDUCATION_ORGANIZATION, Column, columns
from homeroom.record.change_queries import Log, changes_statement, count_changes_statement
from homeroom.record.changes import WRITING, key_name

HIGHEST = (1 << 63) - 1
_KEPT = 1_000
_PATIENCE = "5s"


async def changes(
    use: Use,
    log: Log,
    resource: str,
    *,
    min_change_version: int | None = None,
    max_change_version: int | None = None,
    limit: int,
    offset: int = 0,
    total: bool = False,
) -> Page:
    """Rows of a log in the order of their change versions, both of which are inclusive; of keys what is named.

    `resource` may be a descriptor type too: codes are everybody's, and are told whole.
    Whoever is in the answer is logged as shown. Raises Refused where the agreement names nothing of the resource.
    """
    terms = terms_of(use)
    fields = None if resource in DESCRIPTORS else fields_named(terms, resource)
    bounds = [min_change_version or 0, HIGHEST if max_change_version is None else max_change_version]
    asked = (log, resource, terms.extent)
    async with under_agreement(use):
        async with use.record.cursor(binary=True, row_factory=tuple_row) as cursor:
            await cursor.execute(_changes(*asked, fields), [*bounds, limit, offset])
            body, rows, students = await cursor.fetchone() or (b"[]", 0, None)
        counted: Any = None
        if total:
            async with use.record.cursor(row_factory=tuple_row) as cursor:
                counted = await (await cursor.execute(_count(*asked), bounds)).fetchone()
    if students and fields:
        await use.disclose(
            students, {resource: [path for column in named_columns(resource, fields) for path in column.paths]}
        )
    return Page(bytes(body), rows, None, counted[0] if counted else None)


async def available_change_versions(use: Use) -> tuple[int, int] | None:
    """The oldest and the newest change version that a reader can ask for; None while the record is being written.

    Whoever writes has numbers that nobody can read yet: a reader who went on from the newest would miss their rows.
    """
    terms_of(use)
    try:
        await use.row("select set_config('lock_timeout', %(patience)s, true)", patience=_PATIENCE)
        await use.row("select pg_advisory_xact_lock(%(lock)s)", lock=WRITING)
    except psycopg.errors.LockNotAvailable:
        await use.record.rollback()
        return None
    row = await use.row("select case when is_called then last_value else 0 end as newest from edfi.change_version")
    return 0, int(row["newest"]) if row else 0


@lru_cache(_KEPT)
def _changes(log: Log, resource: str, extent: Extent, fields: frozenset[str] | None) -> sql.Composed:
    if fields is None:
        return changes_statement(log, resource)
    named = [column.name for column in named_columns(resource, fields)]
    within = None if extent is Extent.DISTRICT else may_be_known(log, resource, extent)
    return changes_statement(log, resource, named, within, students_of(log, resource))


@lru_cache(_KEPT)
def _count(log: Log, resource: str, extent: Extent) -> sql.Composed:
    everybodys = extent is Extent.DISTRICT or resource in DESCRIPTORS
    return count_changes_statement(log, resource, None if everybodys else may_be_known(log, resource, extent))


def named_columns(resource: str, fields: frozenset[str]) -> list[Column]:
    """The columns of the key that the agreement names."""
    return [column for column in columns(resource) if column.key and not fields.isdisjoint(column.paths)]


def _value(key: str, column: Column) -> sql.Composed:
    value = sql.SQL("({} ->> {})").format(sql.Identifier("row", key), sql.Literal(key_name(column)))
    return sql.SQL("{}::bigint").format(value) if column.identifies == EDUCATION_ORGANIZATION else value


def may_be_known(log: Log, resource: str, extent: Extent) -> sql.Composable:
    """What a `row` of the log has to fulfil so that an app may know of it under an agreement of that extent."""
    scope = scope_of(resource)
    if extent is not Extent.SCHOOLS:
        named = NAMED[extent]
        return _all([named(_value(key, column), str(column.identifies)) for _, key in log.value[1]
                     for column in scope.columns if named and column.key])  # fmt: skip
    if scope.rule is not Rule.BY_KEY:
        return sql.SQL("true" if scope.rule is Rule.EVERYBODYS else "false")
    places = [column for column in scope.columns if column.identifies == EDUCATION_ORGANIZATION]
    persons = [column for column in scope.columns if column.identifies != EDUCATION_ORGANIZATION]
    # Where a row was and where it is: a student who was shown does not lead to other schools.
    at = [reached(_value(key, column), EDUCATION_ORGANIZATION) for _, key in log.value[1] for column in places]
    of = [reached(_value(log.key, column), str(column.identifies)) for column in persons]
    shown = [
        sql.SQL("access.was_shown({})").format(_value(log.key, column))
        for column in persons
        if column.identifies == "Student"
    ]
    known = sql.SQL("({} or {})").format(_all(of), _all(shown)) if shown else _all(of)
    return _all([*at, known])


def _all(conditions: Sequence[sql.Composable]) -> sql.Composable:
    return sql.SQL(" and ").join(conditions) if conditions else sql.SQL("true")


def students_of(log: Log, resource: str) -> sql.Composable | None:
    """An array of the students whom the key in a `row` of the log names; None where it can name none."""
    students = [column for column in columns(resource) if column.key and column.identifies == "Student"]
    if not students:
        return None
    return sql.SQL("array[{}]").format(sql.SQL(", ").join(_value(log.key, column) for column in students))
