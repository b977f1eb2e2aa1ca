"""Agreements as they are kept: asked for, taken from state to state, and looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.file import terms_of, told
from homeroom.access.agreements.states import Change, State, check_step
from homeroom.access.agreements.terms import Terms
from homeroom.access.door import Use
from homeroom.access.egress.budget import agreed_budget
from homeroom.access.egress.counting import implied_by
from homeroom.access.profiles.kept import profile_named
from homeroom.errors import WrongUse

LONGEST_WORDS = 500
# The terms of so many agreements are kept as they were read: each request of an app asks for its own.
_KEPT = 500


async def ask(use: Use, terms: Terms, by: str, why: str = "") -> Agreement:
    """Ask for an agreement. Raises WrongUse where it names a school or a profile that there is not."""
    check_step((), State.ASKED, by)
    if terms.organizations and not terms.sandbox:
        asked = sorted(terms.organizations)
        there = {row["id"] for row in await use.rows(_ORGANIZATIONS, organizations=asked)}
        if missing := sorted(terms.organizations - there):
            raise WrongUse(
                f"The record has no education organization {', '.join(map(str, missing))}. Write the ids that they "
                "have in the record, and consolidate first what tells of them."
            )
    if terms.schools is not None:
        known = {row["school_id"] for row in await use.rows(f"{_NAMES} where {_NAMED}", schools=sorted(terms.schools))}
        if unknown := sorted(terms.schools - known):
            raise WrongUse(
                f"The record has no school {', '.join(map(str, unknown))}. Write the ids that schools have in the "
                "record, and consolidate first what tells of them."
            )
    for name in terms.profiles:
        if await profile_named(use, name) is None:
            raise WrongUse(f"There is no profile {name[:60]}. Add it first: homeroom profile add FILE.xml")
    row = await use.row(_ASK, terms=json.dumps(told(terms)))
    number = int(row["number"]) if row else 0
    await _note(use, number, State.ASKED, by, why)
    return await agreement(use, number)


async def change(use: Use, number: int, state: State, by: str, why: str = "", widen_budget: bool = False) -> Agreement:
    """Take an agreement to `state`; `widen_budget`: its own budget may be more than what it implies.

    Raises WrongUse where that is no step from where it stands, or not for `by`; and where somebody would approve a
    budget of more than is implied, and does not say so.
    """
    # Two who change it at a time come one after the other, and the second sees what the first did.
    await use.row(_LOCK, number=number)
    asked = await agreement(use, number)
    check_step(asked.changes, state, by)
    widens = state is State.APPROVED and await _widens(use, asked.terms)
    if widens and not widen_budget:
        implied = await implied_by(use.record, asked.terms)
        raise WrongUse(
            f"Agreement {number} asks for more students than it implies: {implied.students_per_hour:,} an hour "
            f"and {implied.students_per_day:,} a day. If that is meant, say so: --widen-budget"
        )
    await _note(use, number, state, by, why, widens)
    return await agreement(use, number)


async def agreement(use: Use, number: int) -> Agreement:
    """The agreement of that number. Raises WrongUse where there is none."""
    found = await _found(use, number)
    if not found:
        raise WrongUse(f"There is no agreement {number}. Look for its number in: homeroom agreement list")
    return found[0]


async def agreements(use: Use) -> Sequence[Agreement]:
    """All agreements, the newest first."""
    return await _found(use, None)


async def schools_of(use: Use, agreement: Agreement) -> list[tuple[int, str]]:
    """The schools of an agreement, with their names."""
    schools, organizations = agreement.terms.schools, sorted(agreement.terms.organizations)
    rows = await use.rows(
        _NAMES if schools is None else f"{_NAMES} where {_NAMED} or {_BELOW}",
        schools=sorted(schools or ()),
        organizations=organizations,
    )
    return sorted((row["school_id"], row["name_of_institution"]) for row in rows)


async def covers_district(use: Use, agreement: Agreement) -> bool:
    """Whether the agreement is for every school that the record has, however it says so."""
    return len(await schools_of(use, agreement)) == len(await use.rows(_NAMES))


async def _found(use: Use, number: int | None) -> list[Agreement]:
    return [agreement_of(row) for row in await use.rows(_AGREEMENTS, number=number)]


def agreement_of(row: Mapping[str, Any]) -> Agreement:
    """The agreement that a row of `AGREEMENT` tells of."""
    changes = [Change(State(state), *rest) for state, *rest in
               zip(row["states"], row["bys"], row["ats"], row["whys"], row["widened"], strict=True)]  # fmt: skip
    return Agreement(row["number"], _terms(row["terms"]), changes)


@lru_cache(_KEPT)
def _terms(told_once: str) -> Terms:
    """The terms by their text: the same text is the same object, so that what is made of it is found again at once."""
    return terms_of(json.loads(told_once))


async def _widens(use: Use, terms: Terms) -> bool:
    """Whether the agreement's own budget is more than what it implies."""
    if terms.budget is None:
        return False
    return agreed_budget(terms.budget, await implied_by(use.record, terms), widened=False) != terms.budget


async def _note(use: Use, number: int, state: State, by: str, why: str, widens: bool = False) -> None:
    words = {name: value.replace("\0", "").strip()[:LONGEST_WORDS] for name, value in (("by", by), ("why", why))}
    await use.row(_CHANGE, number=number, state=str(state), widens=widens, **words)


_NAMES = "select school_id, name_of_institution from edfi.school"
_NAMED = "school_id = any(%(schools)s)"
_BELOW = "school_id in (select access.schools_below(%(organizations)s::bigint[]))"
_ORGANIZATIONS = """
    select education_organization_id as id from edfi.education_organization
    where education_organization_id = any(%(organizations)s)
"""
_ASK = "insert into access.agreement (terms) values (%(terms)s) returning number"
_LOCK = "select number from access.agreement where number = %(number)s for update"
_CHANGE = """
    insert into access.agreement_change (agreement, state, by, why, widens_budget)
    values (%(number)s, %(state)s, %(by)s, %(why)s, %(widens)s) returning id
"""
# Agreements with their steps; what follows says which.
AGREEMENT = """
    select number, terms::text as terms, array_agg(state order by id) as states, array_agg(by order by id) as bys,
        array_agg(at order by id) as ats, array_agg(why order by id) as whys,
        array_agg(widens_budget order by id) as widened
    from access.agreement join access.agreement_change on agreement = number
"""
_AGREEMENTS = f"""
    {AGREEMENT} where number = coalesce(%(number)s::bigint, number) group by number, terms order by number desc
"""
