"""What a person, an app or an agreement is shown of a row of the record, and what decided.

It is the decision, not told a second time: the statements that answer are asked as whoever it is about, and the steps
are the functions and conditions of which those statements are made.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from psycopg.rows import tuple_row

from homeroom.access.accounts.kept import account
from homeroom.access.accounts.sessions import principals_of
from homeroom.access.agreements.kept import agreement
from homeroom.access.agreements.keys import Client, clients
from homeroom.access.door import Use
from homeroom.access.explaining.apps import explain_app
from homeroom.access.explaining.fields import fields_asked, resource_called
from homeroom.access.explaining.people import explain_person
from homeroom.access.explaining.steps import Explanation, FieldAnswer, Step
from homeroom.access.permissions import Principal, Role
from homeroom.access.words import day
from homeroom.errors import WrongUse
from homeroom.model.columns import columns, table_name
from homeroom.record.query import one_statement

_NOT_SOMEBODY = (
    "Say who: the number of an account, as account:12; an app's key; or an agreement, as agreement:3. See: homeroom "
    "account list, homeroom client list, homeroom agreement list"
)


async def explain(use: Use, who: str, resource: str, id_: str, field: str = "") -> Sequence[Explanation]:
    """What `who` is shown of a row, for each of the things that they are; what decided, the first things first.

    `resource`: as the API's addresses or the model call it; `id_`: the row's, or a person's unique id; `field`: a JSON
    path, all fields without one. Whom the row names is logged as shown to whoever asks. Raises WrongUse where there is
    no such principal, resource, row or field.
    """
    name = resource_called(resource)
    fields = fields_asked(name, field)
    principals, nobody = await _asked_about(use, who)
    row = await _row(use, name, id_)
    async with use.record.cursor(row_factory=tuple_row) as cursor:
        found = await (await cursor.execute(one_statement(name), [row])).fetchone()
    document: Any = json.loads(bytes(found[0])) if found else {}
    told = []
    for principal in principals:
        about = explain_app if principal.role is Role.APP else explain_person
        told.append(await about(use, principal, name, row, document, fields))
    if nobody:
        told.append(Explanation(nobody[0], "nobody", name, row.hex, [nobody[1]],
                                [FieldAnswer(path, False, []) for path in fields]))  # fmt: skip
    await use.disclose(await _students(use, name, row), {name: []})
    return told


async def _asked_about(use: Use, who: str) -> tuple[Sequence[Principal], tuple[str, Step] | None]:
    """All that somebody is now; or, where they are nothing, their name and why."""
    kind, _, number = who.strip().partition(":")
    if kind == "account" and number.isdecimal():
        found = await account(use, int(number))
        if found.ended_at:
            words = f"The account has ended on {day(found.ended_at.astimezone().date())}, by {found.ended_by}."
            return [], (found.name, Step("account", False, words))
        held = await principals_of(use, found.number)
        if held:
            return held, None
        words = "The district's record does not say now that they teach, lead or counsel at a school, or are a student "
        return [], (found.name, Step("role", False, words + "or a student's parent."))
    if kind == "agreement" and number.isdecimal():
        agreed = await agreement(use, int(number))
        return [Principal(f"{agreed.terms.app} of {agreed.terms.provider}", Role.APP, agreed)], None
    for one in await clients(use):
        if one["key"] == who.strip():
            return [Client(one["key"], await agreement(use, one["agreement"])).principal], None
    raise WrongUse(_NOT_SOMEBODY)


async def _row(use: Use, resource: str, id_: str) -> UUID:
    """The id of the row that is meant. Raises WrongUse where there is none."""
    table, asked = table_name(resource), id_.strip()
    try:
        found = await use.row(f"select id from edfi.{table} where id = %(id)s", id=UUID(asked))
    except ValueError:
        found = None
    unique = next((c for c in columns(resource) if c.key and c.identifies == resource), None)
    if found is None and unique:
        found = await use.row(f"select id from edfi.{table} where {unique.name} = %(id)s", id=asked.replace("\0", ""))
    if found is None:
        hint = ", or the person's unique id" if unique else ""
        raise WrongUse(f"The record holds no {resource} with this id. Give the id that the API tells{hint}.")
    return UUID(str(found["id"]))


async def _students(use: Use, resource: str, id_: UUID) -> list[str]:
    """Whom the row names."""
    named = [column.name for column in columns(resource) if column.identifies == "Student"]
    if not named:
        return []
    row = await use.row(f"select {', '.join(named)} from edfi.{table_name(resource)} where id = %(id)s", id=id_)
    return [value for value in (row or {}).values() if value]
