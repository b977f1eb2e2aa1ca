"""A district's own claim sets: copies of the standard's, or made anew. The standard's stay as they are.

A claim set becomes the terms of an agreement when an application is made with it. So nothing of one is changed while an
application has it: what was agreed would not be what it says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from homeroom.access.administration.changes import Change
from homeroom.access.administration.faults import not_there, not_valid
from homeroom.access.agreements.terms import PURPOSES
from homeroom.access.claim_sets.claim_set import ClaimSet, Granted, claim_set_of, claim_sets
from homeroom.access.claim_sets.numbered import NumberedClaim, numbered_claims, standard_numbers
from homeroom.access.claim_sets.resource_claims import ClaimAction
from homeroom.access.door import Use
from homeroom.access.permissions import Purpose
from homeroom.errors import WrongUse


@dataclass(frozen=True)
class KeptClaimSet:
    """A claim set by its number. `reserved`: it is the standard's; `applications`: the names of those that have it."""

    number: int
    claim_set: ClaimSet
    reserved: bool
    applications: Sequence[str]

    @property
    def name(self) -> str:
        """Its name."""
        return self.claim_set.name


async def all_claim_sets(use: Use) -> Sequence[KeptClaimSet]:
    """The standard's and the district's own."""
    having: dict[str, list[str]] = {}
    for row in await use.rows("select name, claim_set from access.application order by name"):
        having.setdefault(row["claim_set"].lower(), []).append(row["name"])
    standard = [(number, claim_sets()[name], True) for number, name in standard_numbers().items()]
    own = [(row["id"], _read(row), False) for row in await use.rows("select * from access.claim_set order by id")]
    return [KeptClaimSet(number, one, reserved, having.get(one.name.lower(), []))
            for number, one, reserved in (*standard, *own)]  # fmt: skip


async def kept_claim_set(use: Use, number: int) -> KeptClaimSet:
    """The claim set of that number. Raises NotThere where there is none."""
    found = next((one for one in await all_claim_sets(use) if one.number == number), None)
    if found is None:
        raise not_there("claim set", number)
    return found


async def claim_set_called(use: Use, name: str) -> ClaimSet | None:
    """The claim set of that name, the standard's or the district's own; None where there is none."""
    known = {one.name.lower(): one.claim_set for one in await all_claim_sets(use)}
    return known.get(name.strip().lower())


async def add_claim_set(
    change: Change, name: str, granted: Mapping[str, Granted], purposes: Sequence[Purpose] = ()
) -> int:
    """Keep a new claim set; its number. Raises NotValid where there is one of that name."""
    await _check_name(change.use, name, None)
    row = await change.use.row(_ADD, name=name, purposes=list(map(str, purposes)), granted=_told(granted))
    number = int(row["id"]) if row else 0
    await change.note(f"claim set {number} added")
    return number


async def copy_claim_set(change: Change, number: int, name: str) -> int:
    """Keep a copy under another name, for the same purposes; its number. Raises NotThere and NotValid."""
    original = (await kept_claim_set(change.use, number)).claim_set
    return await add_claim_set(change, name, original.granted, original.purposes)


async def rename_claim_set(change: Change, number: int, name: str) -> None:
    """Give one of the district's own another name, also in its applications. Raises NotThere and NotValid."""
    before = await _own(change.use, number)
    await _check_name(change.use, name, number)
    await change.use.row("update access.claim_set set name = %(name)s where id = %(id)s returning id",
                         id=number, name=name)  # fmt: skip
    await change.use.rows(_RENAME, before=before.name, name=name)
    await change.note(f"claim set {number} renamed")


async def grant(change: Change, number: int, claim: NumberedClaim, granted: Granted | None) -> None:
    """Let one of the district's own say this of a resource claim; None: nothing. Raises NotThere and NotValid."""
    before = await _own(change.use, number)
    _check_unused(before)
    said = {name: one for name, one in before.claim_set.granted.items() if name != claim.name}
    if granted is not None:
        said[claim.name] = granted
    await change.use.row("update access.claim_set set granted = %(granted)s where id = %(id)s returning id",
                         id=number, granted=_told(said))  # fmt: skip
    await change.note(f"claim set {number} changed, of {claim.told}")


async def delete_claim_set(change: Change, number: int) -> None:
    """Forget one of the district's own. Raises NotThere, and NotValid where an application has it."""
    _check_unused(await _own(change.use, number))
    await change.use.row("delete from access.claim_set where id = %(id)s returning id", id=number)
    await change.note(f"claim set {number} deleted")


async def say_purposes(change: Change, name: str, purposes: Sequence[str]) -> None:
    """Say what agreements after one of the district's own are for from now on. Raises WrongUse."""
    wrong = [word for word in purposes if word not in PURPOSES]
    if wrong or not purposes:
        raise WrongUse(f"Name one or more of {', '.join(PURPOSES)}. There are no other purposes.")
    kept = list(dict.fromkeys(purposes))
    row = await change.use.row(_SAY_PURPOSES, name=name.strip(), purposes=kept)
    if row is None:
        raise WrongUse(
            f"The district has no claim set of its own named {name[:60]!r}; the purposes of the standard's are given. "
            "See: homeroom claim-set list"
        )
    await change.note(f"claim set {row['id']} is for {', '.join(kept)}")


async def _own(use: Use, number: int) -> KeptClaimSet:
    found = await kept_claim_set(use, number)
    if found.reserved:
        raise not_valid("ClaimSetId", f"{found.name} is the standard's, and stays as it is. Copy it, and change that.")
    return found


def _check_unused(found: KeptClaimSet) -> None:
    if found.applications:
        raise not_valid(
            "ClaimSetId",
            f"{len(found.applications)} applications have {found.name}, and their agreements say what it says now. "
            "Change a copy, and give them that.",
        )


async def _check_name(use: Use, name: str, number: int | None) -> None:
    # The database compares them by its own rules.
    own = await use.row("select id from access.claim_set where lower(name) = lower(%(name)s)", name=name)
    if (own is not None and own["id"] != number) or name.lower() in map(str.lower, claim_sets()):
        raise not_valid("Name", "There is a claim set of this name already. Names differ by more than case.")


def _read(row: Mapping[str, Any]) -> ClaimSet:
    granted = {
        name: Granted(
            tuple(map(ClaimAction, told["actions"])),
            {ClaimAction(action): tuple(names) for action, names in told["strategies"].items()},
        )
        for name, told in row["granted"].items()
        # What an earlier model had is nothing that can be let do.
        if name.lower() in _known()
    }
    return claim_set_of(row["name"], tuple(map(Purpose, row["purposes"])), granted)


@cache
def _known() -> frozenset[str]:
    return frozenset(claim.name.lower() for claim in numbered_claims().values())


def _told(granted: Mapping[str, Granted]) -> str:
    return json.dumps(
        {
            name: {
                "actions": [str(action) for action in one.actions],
                "strategies": {str(action): list(names) for action, names in one.strategies.items()},
            }
            for name, one in granted.items()
        }
    )


_ADD = """
    insert into access.claim_set (name, purposes, granted) values (%(name)s, %(purposes)s, %(granted)s) returning id
"""
_RENAME = """
    update access.application set claim_set = %(name)s where lower(claim_set) = lower(%(before)s) returning id
"""
_SAY_PURPOSES = """
    update access.claim_set set purposes = %(purposes)s where lower(name) = lower(%(name)s) returning id
"""
