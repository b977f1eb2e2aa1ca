"""Why an app is or isn't told a row and its fields: the statement that answers, asked under its agreement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from homeroom.access import reasons
from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.keys import clients, is_key
from homeroom.access.agreements.states import State
from homeroom.access.door import Refused, Use
from homeroom.access.egress.counting import shown_of_late
from homeroom.access.explaining.steps import Explanation, FieldAnswer, Step, holds
from homeroom.access.permissions import Action, Principal, decide, purpose_of
from homeroom.access.resources.agreed import fields_named
from homeroom.access.resources.reach_reasons import reasons_of_reach
from homeroom.access.resources.reading import unlogged_one
from homeroom.access.words import day

_ACTION = Action.READ_RESOURCES


async def explain_app(
    use: Use, who: Principal, resource: str, id_: UUID, document: Any, fields: Sequence[str]
) -> Explanation:
    """What an app is told of a row that the record holds, over the Ed-Fi Resources API.

    `document`: all that it holds of the row; nothing of it is in the explanation. `who`: the app, with its agreement;
    with its key where that is asked about too.
    """
    agreement = who.agreement
    if agreement is None:
        raise Refused(reasons.NO_AGREEMENT)
    steps = await _key(use, who) if who.client else []
    decision = decide(who, _ACTION, purpose_of(who, _ACTION))
    steps.append(Step("agreement", decision.allowed, _of_agreement(agreement, decision.allowed, decision.reason)))
    try:
        named = fields_named(agreement.terms, resource)
        steps.append(Step("element", True, f"The agreement names {len(named)} of the fields of {resource}."))
    except Refused as refused:
        named = frozenset()
        steps.append(Step("element", False, str(refused)))
    steps += [Step(*reason) for reason in await reasons_of_reach(use, agreement, resource, id_)]
    answer: Any = {}
    if named and decision.allowed and all(step.passed for step in steps if step.kind == "key"):
        told = await unlogged_one(replace(use, principal=who), resource, id_)
        answer = json.loads(told) if told else {}
    answers = [_field(agreement, resource, path, answer, document) for path in fields]
    return Explanation(who.name, str(who.role), resource, id_.hex, steps, answers)


def _of_agreement(agreement: Agreement, allowed: bool, reason: str) -> str:
    terms, last = agreement.terms, agreement.changes[-1]
    if allowed:
        return (
            f"Agreement {agreement.number} is {agreement.state} from {day(terms.begin)} to {day(terms.end)}, for "
            f"{', '.join(terms.purposes)}. {reason}"
        )
    since = f" It is {last.state} since {day(last.at.astimezone().date())}, by {last.by}."
    return f"{reason}{since if agreement.state is not State.ACTIVE else ''}"


async def _key(use: Use, who: Principal) -> list[Step]:
    """Whether the key opens anything, and how much of its budget it has used."""
    key = str(who.client)
    number = who.agreement.number if who.agreement else None
    known = next(one for one in await clients(use, number) if one["key"] == key)
    opens = await is_key(use, key)
    if known["removed_at"]:
        words = f"The key was removed on {day(known['removed_at'].astimezone().date())}, by {known['removed_by']}."
    elif known["suspended_at"]:
        words = f"The key is suspended since {day(known['suspended_at'].astimezone().date())}: {known['suspended_why']}"
    elif not known["enabled"]:
        words = "The key is turned off by whoever looks after it over the Admin API."
    else:
        words = f"The key was given on {day(known['added_at'].astimezone().date())}, by {known['added_by']}."
    steps = [Step("key", opens, words)]
    if late := await shown_of_late(use.record, key):
        words = (
            f"The key was shown {late['hour']:,} different students within the last hour, of "
            f"{late['students_per_hour']:,} that it may be, and {late['day']:,} of {late['students_per_day']:,} within "
            "the last day."
        )
        steps.append(Step("budget", True, words))
    return steps


def _field(agreement: Agreement, resource: str, path: str, answer: Any, document: Any) -> FieldAnswer:
    named = agreement.terms.names(resource, path)
    told, held = holds(answer, path), holds(document, path)
    words = f"The agreement names {resource}.{path}." if named else f"{reasons.does_not_name(resource, path)}."
    steps = [Step("element", named, words)]
    if not held:
        steps.append(Step("value", False, "The record holds no value there."))
    elif named and answer and not told:
        words = "It names somebody else than whom the row is about, who is out of the agreement's reach."
        steps.append(Step("others", False, words))
    return FieldAnswer(path, told, steps)
