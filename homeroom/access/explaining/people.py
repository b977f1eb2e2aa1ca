"""Why a person is or isn't shown a row and its fields: the pages' own questions, asked as that person."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from homeroom.access import contacts, staff
from homeroom.access.accounts.relationships import reached_otherwise, ties
from homeroom.access.accounts.scope import asked_columns, condition
from homeroom.access.accounts.shown_fields import KEPT_FROM, is_shown, shown_to
from homeroom.access.accounts.wall import stand_behind
from homeroom.access.door import Use
from homeroom.access.explaining.fields import column_at
from homeroom.access.explaining.steps import Explanation, FieldAnswer, Step, holds
from homeroom.access.lineage import is_empty
from homeroom.access.permissions import OF_THE_RECORD, Action, Principal, decide, purpose_of
from homeroom.access.student_parts import resources_shown
from homeroom.model.columns import table_name


async def explain_person(
    use: Use, who: Principal, resource: str, id_: UUID, document: Any, fields: Sequence[str]
) -> Explanation:
    """What somebody, as one of the things that they are, is shown of a row that the record holds.

    `document`: all that it holds of the row; nothing of it is in the explanation.
    """
    action, page = _page_of(resource)
    steps = [Step("page", bool(page), page or f"No page shows rows of {resource} to a person.")]
    decision = decide(who, action, purpose_of(who, action))
    steps.append(Step("role", decision.allowed, decision.reason))
    async with _as(use, who) as theirs:
        table = table_name(resource)
        within = condition(resource, "held", theirs.within) if who.role in OF_THE_RECORD else "true"
        row = await theirs.row(f"select held.* from edfi.{table} as held where id = %(id)s and {within}", id=id_)
    if who.role in OF_THE_RECORD:
        steps += await _relationships(use, who, resource, id_)
    else:
        steps.append(Step("relationship", True, f"A {who.role} is tied to the whole district."))
    if not is_shown(who.role, resource):
        steps.append(Step("privacy class", False, f"That there is such a row is not shown to a {who.role}."))
    held = await use.row(f"select * from edfi.{table} where id = %(id)s", id=id_) or {}
    shown = {}
    if page and decision.allowed and row is not None and is_shown(who.role, resource):
        shown = shown_to(who.role, resource, row)
    answers = [_field(who, resource, path, shown, held, document) for path in fields]
    return Explanation(who.name, str(who.role), resource, id_.hex, steps, answers)


@asynccontextmanager
async def _as(use: Use, who: Principal) -> AsyncIterator[Use]:
    """The record as somebody else is answered, behind their wall; nothing of it leaves the block."""
    await stand_behind(use.record, who)
    yield replace(use, principal=who)
    await use.record.execute("select set_config('role', 'none', true)")


@cache
def _page_of(resource: str) -> tuple[Action, str]:
    """What whoever sees a row does, and the page that shows it; '' where none does."""
    if resource in resources_shown():
        return Action.SEE_STUDENT, "It stands on the page of the student."
    if resource in staff.resources_shown():
        return Action.SEE_STAFF, "It is told of the member of staff."
    if resource in contacts.resources_shown():
        return Action.SEE_CONTACT, "It is told of the contact."
    return Action.SEE_STUDENT, ""


async def _relationships(use: Use, who: Principal, resource: str, id_: UUID) -> list[Step]:
    """A step for each person of whom the row asks whether they are within reach, with the ties that decided."""
    asked = asked_columns(resource)
    if asked is None:
        return [Step("relationship", False, f"Nothing in a {resource} tells whom it is about.")]
    if not asked:
        return [Step("relationship", True, f"A {resource} says nothing of any person.")]
    own = replace(use, principal=who)
    marks = ", ".join(
        f'"{column.name}" as "{column.name}", {own.within(f"held.{column.name}", str(column.identifies))}'
        f' as "reaches {column.name}"'
        for column in asked
    )
    row = await own.row(f"select {marks} from edfi.{table_name(resource)} as held where id = %(id)s", id=id_) or {}
    steps = []
    for column in asked:
        if row.get(column.name) is None:
            continue
        reached = bool(row[f"reaches {column.name}"])
        if column.identifies == "Student":
            found = await ties(own, who, row[column.name])
            steps += [Step("relationship", reached, says) for counts, says in found if counts == reached]
        else:
            steps.append(Step("relationship", reached, reached_otherwise(who, str(column.identifies), reached)))
    return steps or [Step("relationship", False, "The row names nobody.")]


def _field(
    who: Principal, resource: str, path: str, shown: Mapping[str, Any], row: Mapping[str, Any], document: Any
) -> FieldAnswer:
    column = column_at(resource, path)
    kept = column.privacy in KEPT_FROM.get(who.role, frozenset())
    # Pages show a part of a reference also where another part of it is missing.
    held = holds(document, path) if column.collection else not is_empty(row.get(column.name))
    words = f"Its privacy class is {column.privacy}, which is {'not ' if kept else ''}shown to a {who.role}."
    steps = [Step("privacy class", not kept, words)]
    if not held:
        steps.append(Step("value", False, "The record holds no value there."))
    return FieldAnswer(path, held and not is_empty(shown.get(column.name)), steps)
