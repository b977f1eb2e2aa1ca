"""Rows of a resource, as an app may read them under its agreement: finished JSON, a page or one.

Which rows is asked in the statement itself (`scope`), and once more by the database (`row_security`); which fields is
decided by what the statement selects, so that what was not agreed is not even read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from psycopg import sql
from psycopg.rows import tuple_row

from homeroom.access import reasons
from homeroom.access.agreements.terms import Extent
from homeroom.access.door import Refused, Use
from homeroom.access.resources.agreed import fields_named, terms_of, under_agreement
from homeroom.access.resources.queryable import query_fields
from homeroom.access.resources.scope import NAMED, persons_besides, scope_of
from homeroom.errors import WrongUse
from homeroom.model.columns import columns
from homeroom.record.query import count_statement, one_statement, page_statement, value_asked
from homeroom.record.shown_document import ItemsTold, Reached, students_inside

# A number of more than a page tells of nobody in particular.
FEW_COUNTED = 500
# So many statements are kept as they were made: agreements name fields of few resources.
_KEPT = 2_000


@dataclass(frozen=True)
class Page:
    """A JSON list in UTF-8, how many rows it holds, the id of the last, and how many there are in all, if asked."""

    body: bytes
    rows: int
    last: UUID | None
    total: int | None = None


async def page(
    use: Use,
    resource: str,
    where: Mapping[str, object],
    *,
    limit: int,
    offset: int = 0,
    after: UUID | None = None,
    until: UUID | None = None,
    min_change_version: int | None = None,
    max_change_version: int | None = None,
    total: bool = False,
) -> Page:
    """Rows in the order of their ids, those with `after` < id <= `until`. Both change versions are inclusive.

    `where`: values, as JSON has them, by the parameters of `query_fields`. Whoever is in the answer is logged as shown;
    and of a `total` of few that fit, whoever is counted in it: that somebody fits is something that it tells.
    Raises Refused where the agreement names nothing of the resource, or not what is asked by; WrongUse for a parameter
    that there is not, or a value of another type.
    """
    terms = terms_of(use)
    fields = fields_named(terms, resource)
    paths = [_path(fields, resource, name) for name in where]
    values = [value_asked(resource, path, value) for path, value in zip(paths, where.values(), strict=True)]
    bounds = {"after": after, "until": until, "min": min_change_version, "max": max_change_version}
    given = tuple(name for name, bound in bounds.items() if bound is not None)
    values += [bounds[name] for name in given]
    asked = (resource, tuple(paths), given, terms.extent)
    async with under_agreement(use, as_app=True):
        found = await _row(use, _page(*asked, fields, terms.items_told), [*values, limit, offset])
        counted = await _row(use, _count(*asked), values) if total else None
        body, rows, last, students = found or (b"[]", 0, None, None)
        hidden = None
        if counted and where and rows < counted[0] <= FEW_COUNTED:
            hidden = await _row(use, _page(*asked, frozenset(paths)), [*values, counted[0], 0])
    await _disclose(use, resource, fields, students)
    if hidden:
        await _disclose(use, resource, frozenset(paths), hidden[3])
    return Page(body, rows, last, counted[0] if counted else None)


async def one(use: Use, resource: str, id_: UUID) -> bytes | None:
    """A row by its id, as a JSON object in UTF-8; None where there is none that may be known of.

    Whoever is in the answer is logged as shown. Raises Refused where the agreement names nothing of the resource.
    """
    found = await _answer(use, resource, id_)
    if found is None:
        return None
    await _disclose(use, resource, fields_named(terms_of(use), resource), found[1])
    return bytes(found[0])


async def unlogged_one(use: Use, resource: str, id_: UUID) -> bytes | None:
    """What `one` answers, of which nothing leaves: for whoever explains why. Raises what `one` does."""
    found = await _answer(use, resource, id_)
    return bytes(found[0]) if found else None


async def _answer(use: Use, resource: str, id_: UUID) -> tuple[Any, ...] | None:
    terms = terms_of(use)
    fields = fields_named(terms, resource)
    async with under_agreement(use, as_app=True):
        return await _row(use, _one(resource, terms.extent, fields, terms.items_told), [id_])


def _path(fields: frozenset[str], resource: str, name: str) -> str:
    """The path that a parameter asks by: of what is not named, no value may be found out by asking."""
    field = query_fields(resource).get(name)
    if field is None:
        raise WrongUse(f"A {resource} can't be asked for by {name[:60] if name.isidentifier() else 'that'}.")
    if fields.isdisjoint(field.paths):
        raise Refused(f"{reasons.does_not_name(resource, field.path)}: nothing can be asked for by it.")
    return field.path


async def _row(use: Use, statement: sql.Composed, values: Sequence[Any]) -> tuple[Any, ...] | None:
    async with use.record.cursor(binary=True, row_factory=tuple_row) as cursor:
        return await (await cursor.execute(statement, values, prepare=True)).fetchone()


async def _disclose(use: Use, resource: str, fields: frozenset[str], students: Sequence[str] | None) -> None:
    if students:
        await use.disclose(students, {resource: fields})


@lru_cache(_KEPT)
def _page(
    resource: str,
    where: tuple[str, ...],
    given: tuple[str, ...],
    extent: Extent,
    fields: frozenset[str],
    items: tuple[ItemsTold, ...] = (),
) -> sql.Composed:
    within = within_of(resource, extent, where)
    others = NAMED[extent]
    return page_statement(resource, where, given, fields, within, about(resource, fields, others), others, items)


@lru_cache(_KEPT)
def _one(resource: str, extent: Extent, fields: frozenset[str], items: tuple[ItemsTold, ...]) -> sql.Composed:
    within, others = within_of(resource, extent), NAMED[extent]
    return one_statement(resource, fields, within, about(resource, fields, others), others, items)


@lru_cache(_KEPT)
def _count(resource: str, where: tuple[str, ...], given: tuple[str, ...], extent: Extent) -> sql.Composed:
    return count_statement(resource, where, given, within_of(resource, extent, where))


def within_of(resource: str, extent: Extent, where: Sequence[str] = ()) -> sql.Composable | None:
    """The rows within reach; where they are asked for by a person whom they name besides, that person is as well."""
    named = NAMED[extent]
    if named is None:
        return None
    asked = [column for column in persons_besides(resource) if not set(where).isdisjoint(column.paths)]
    others = [named(sql.Identifier("row", column.name), str(column.identifies)) for column in asked]
    return sql.SQL(" and ").join([scope_of(resource).condition(extent=extent), *others])


def about(resource: str, fields: frozenset[str], others: Reached | None) -> sql.Composable:
    """The students whom a `row` tells about: those whom it names in what is shown, and of a contact the children.

    `others`: who of those whom it names beside its key is shown; None for all.
    """
    held = {kind: [column.name for column in columns(resource) if column.identifies == kind]
            for kind in ("Student", "Contact")}  # fmt: skip
    if held["Student"]:
        named = sql.SQL("array[{}]::text[]").format(
            sql.SQL(", ").join(sql.Identifier("row", name) for name in held["Student"])
        )
        every = sql.SQL(" || ").join([named, *students_inside(resource, fields)])
        if others is None or (len(held["Student"]) == 1 and not students_inside(resource, fields)):
            return every
        return sql.SQL("array(select one from unnest({}) as one where {})").format(
            every, others(sql.Identifier("one"), "Student")
        )
    if held["Contact"]:
        of_reach = (
            sql.SQL(" and {}").format(others(sql.Identifier("student_unique_id"), "Student")) if others else sql.SQL("")
        )
        return sql.SQL(
            "array(select student_unique_id from edfi.student_contact_association as of_contact"
            " where of_contact.contact_unique_id = {}{})::text[]"
        ).format(sql.Identifier("row", held["Contact"][0]), of_reach)
    return sql.SQL("null::text[]")
