"""Why the database did not write a document: asked of it only when it refused, so that what goes well is one statement.

In the order of the Ed-Fi ODS/API: codes, then who and what is out of reach, then references that mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psycopg import AsyncCursor, sql
from psycopg.rows import tuple_row

from homeroom.access.agreements.terms import Extent
from homeroom.access.disclosures import SCHEMA
from homeroom.access.door import Refused, Use
from homeroom.access.resources.checked_document import unknown_in
from homeroom.access.resources.namespaces import namespace_column
from homeroom.access.resources.reach import AGREEMENT, STAFF_AT
from homeroom.access.resources.refusals import KeyInUse, NotValid, Unresolved
from homeroom.access.resources.scope import Rule, scope_of
from homeroom.access.resources.write_reach import PERSONS, reaches
from homeroom.access.resources.writer import Writer
from homeroom.model.columns import EDUCATION_ORGANIZATION, Column, columns, foreign_keys, own_path
from homeroom.record.document import Document
from homeroom.record.identifiers import table
from homeroom.record.upsert import claim_base_key, key_of_another, kind_of, missing_reference, missing_statement

Cursor = AsyncCursor[tuple[Any, ...]]

# What brings a person into an agreement's reach: whom the record does not know is a reference that means nothing here.
_BRINGS = {"StudentSchoolAssociation": "Student", "StudentContactAssociation": "Contact",
           **dict.fromkeys(STAFF_AT, "Staff")}  # fmt: skip
_HINTS = {
    "Student": "No such student is within the agreement's reach. Enroll them first, in StudentSchoolAssociation.",
    "Contact": "No such contact is within the agreement's reach. Relate them first, in StudentContactAssociation.",
    "Staff": "No such member of staff is within the agreement's reach. Assign them first, in "
    "StaffEducationOrganizationAssignmentAssociation.",
    EDUCATION_ORGANIZATION: "The agreement is for no organization with this id.",
}


async def explain(use: Use, writer: Writer, taken: Document) -> None:
    """Raises NotValid, Refused, Unresolved or KeyInUse with all reasons of its kind; nothing where there are none."""
    async with use.record.cursor(row_factory=tuple_row) as cursor:
        await cursor.execute(f"select set_config('{AGREEMENT}', %(_agreement)s::text, true)", writer.settings)
        if faults := await unknown_in(cursor, taken.codes):
            raise NotValid(faults)
        if reasons := await _out_of_reach(cursor, writer, taken):
            raise Refused(" ".join(reasons))
        if asked := missing_statement(taken):
            targets = {foreign.path: foreign.target for foreign in foreign_keys(taken.resource)}
            missing = await (await cursor.execute(*asked)).fetchall()
            if missing:
                raise Unresolved([missing_reference(path, targets[path]) for (path,) in missing])
        if taken.resource == "Student" and not await _may_be_named(cursor, taken):
            raise KeyInUse("This studentUniqueId was given to somebody else. Ask the Identity API for the student's.")
    await use.record.rollback()


async def take_base_key(cursor: Cursor, taken: Document) -> None:
    """Take the key of a kind of an abstract resource. Raises KeyInUse where another kind has it."""
    if claim := claim_base_key(taken):
        take, ask, key = claim
        await cursor.execute(take, key)
        row = await (await cursor.execute(ask, key)).fetchone()
        if row and row[0] != kind_of(taken.resource):
            raise KeyInUse(str(key_of_another(taken.resource, row[0])))


async def _out_of_reach(cursor: Cursor, writer: Writer, taken: Document) -> list[str]:
    """A sentence for each thing in the document that is not within reach."""
    if taken.resource in writer.terms.unrestricted:
        return []
    if column := namespace_column(taken.resource):
        asked = "select access.within_namespace(%s)"
        row = await (await cursor.execute(asked, [taken.values[column]])).fetchone()
        own = ", ".join(writer.terms.namespaces) or "none"
        return [] if row and row[0] else [f"namespace: it is none of the agreement's ({own}), nor below one."]
    whole = writer.terms.schools is None
    scope = scope_of(taken.resource)
    if writer.terms.extent is Extent.DISTRICT or (whole and scope.rule in (Rule.EVERYBODYS, Rule.DISTRICT_ALONE)):
        return []
    if scope.rule in (Rule.EVERYBODYS, Rule.DISTRICT_ALONE):
        return [
            f"{taken.resource} is written under an agreement for the whole district alone: it belongs to no school."
        ]
    reasons = []
    for column_, value in _asked(taken, scope.columns):
        kind = str(column_.identifies)
        within = sql.SQL("select {}").format(reaches(sql.SQL("%(id)s"), kind))
        row = await (await cursor.execute(within, {"id": value})).fetchone()
        held = await _is_held(cursor, kind, value) if not (row and row[0]) else True
        # A person may be new; and whom nobody knows can't be brought into reach.
        new = not held and kind in (taken.resource, _BRINGS.get(taken.resource))
        if not (row and row[0]) and not new:
            reasons.append(f"{own_path(taken.resource, column_)}: {_HINTS[kind]}")
    if scope.rule is Rule.BY_WHOM_IT_NAMES and not whole and not any(_asked(taken, scope.columns)):
        reasons.append(f"A {taken.resource} that names nobody and no school is out of the agreement's reach.")
    return reasons


def _asked(taken: Document, asked: tuple[Column, ...]) -> Iterator[tuple[Column, Any]]:
    for column in asked:
        if taken.values[column.name] is not None:
            yield column, taken.values[column.name]


async def _is_held(cursor: Cursor, kind: str, value: Any) -> bool:
    if kind not in PERSONS:
        return True
    key = next(column.name for column in columns(kind) if column.key)
    asked = sql.SQL("select from {} where {} = %s").format(table(kind), sql.Identifier(key))
    return await (await cursor.execute(asked, [value])).fetchone() is not None


async def _may_be_named(cursor: Cursor, taken: Document) -> bool:
    asked = sql.SQL("select {}(%(student_unique_id)s)").format(sql.Identifier(SCHEMA, "may_name_student"))
    row = await (await cursor.execute(asked, taken.values)).fetchone()
    return bool(row and row[0])
