"""Agreements as they are kept: asked for, taken from state to state, and looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.file import terms_of, told
from homeroom.access.agreements.states import Change, State, check_step
from homeroom.access.agreements.terms import Terms
from homeroom.access.door import Use
from homeroom.errors import WrongUse

LONGEST_WORDS = 500


async def ask(use: Use, terms: Terms, by: str, why: str = "") -> Agreement:
    """Ask for an agreement. Raises WrongUse where it names a school that the record does not have."""
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
    row = await use.row(_ASK, terms=json.dumps(told(terms)))
    number = int(row["number"]) if row else 0
    await _note(use, number, State.ASKED, by, why)
    return await agreement(use, number)


async def change(use: Use, number: int, state: State, by: str, why: str = "") -> Agreement:
    """Take an agreement to `state`. Raises WrongUse where that is no step from where it stands, or not for `by`."""
    # Two who change it at a time come one after the other, and the second sees what the first did.
    await use.row(_LOCK, number=number)
    check_step((await agreement(use, number)).changes, state, by)
    await _note(use, number, state, by, why)
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


async def _found(use: Use, number: int | None) -> list[Agreement]:
    return [agreement_of(row) for row in await use.rows(_AGREEMENTS, number=number)]


def agreement_of(row: Mapping[str, Any]) -> Agreement:
    """The agreement that a row of `AGREEMENT` tells of."""
    changes = [Change(State(state), by, at, why) for state, by, at, why in
               zip(row["states"], row["bys"], row["ats"], row["whys"], strict=True)]  # fmt: skip
    return Agreement(row["number"], terms_of(row["terms"]), changes)


async def _note(use: Use, number: int, state: State, by: str, why: str) -> None:
    words = {name: value.replace("\0", "").strip()[:LONGEST_WORDS] for name, value in (("by", by), ("why", why))}
    await use.row(_CHANGE, number=number, state=str(state), **words)


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
    insert into access.agreement_change (agreement, state, by, why)
    values (%(number)s, %(state)s, %(by)s, %(why)s) returning id
"""
# Agreements with their steps; what follows says which.
AGREEMENT = """
    select number, terms, array_agg(state order by id) as states, array_agg(by order by id) as bys,
        array_agg(at order by id) as ats, array_agg(why order by id) as whys
    from access.agreement join access.agreement_change on agreement = number
"""
_AGREEMENTS = f"""
    {AGREEMENT} where number = coalesce(%(number)s::bigint, number) group by number, terms order by number desc
"""
