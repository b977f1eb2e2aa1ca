"""Actions, strategies, resource claims and the standard's claim sets by numbers, as the Ed-Fi Admin API knows them.

A number is the place in the lists of this Homeroom: it can be another in the next version, where the standard puts
something in between. What is kept of claim sets is kept by names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from homeroom.access.claim_sets.claim_set import claim_sets
from homeroom.access.claim_sets.resource_claims import ClaimAction, Strategies, resource_claims

# The resources of one claim have the numbers from here times its own.
_EACH = 1_000
_CLAIMS = "http://ed-fi.org/identity/claims"
# As the ODS/API numbers them.
ACTIONS: Mapping[ClaimAction, int] = {action: number for number, action in enumerate(ClaimAction, 1)}


@dataclass(frozen=True)
class NumberedClaim:
    """A resource claim, or one resource under it. `name`: as Homeroom has it, `told`: as the standard writes it; `uri`:
    the claim itself; `parent`: of a resource, the number of the claim under which it stands."""

    number: int
    name: str
    told: str
    uri: str
    parent: int | None
    strategies: Strategies


@cache
def numbered_claims() -> Mapping[int, NumberedClaim]:
    """All resource claims and the resources under them, by their numbers."""
    found: dict[int, NumberedClaim] = {}
    for number, claim in enumerate(resource_claims().values(), 1):
        # Some stand under no claim, and are one themselves.
        alone = [told for told in map(_told, claim.resources) if told == claim.name]
        uri = f"{_CLAIMS}/{'ed-fi' if alone else 'domains'}/{claim.name}"
        found[number] = NumberedClaim(number, claim.name, claim.name, uri, None, claim.usual)
        for place, (resource, strategies) in enumerate(() if alone else claim.resources.items(), 1):
            told = _told(resource)
            below = number * _EACH + place
            found[below] = NumberedClaim(below, resource, told, f"{_CLAIMS}/ed-fi/{told}", number, strategies)
    return found


@cache
def claims_by_name() -> Mapping[str, NumberedClaim]:
    """The same by their names as the standard writes them, in small letters."""
    return {claim.told.lower(): claim for claim in numbered_claims().values()}


@cache
def strategies() -> Mapping[str, int]:
    """The numbers of all authorization strategies that a resource claim has, by their names."""
    names = {name for claim in numbered_claims().values() for of in claim.strategies.values() for name in of}
    return {name: number for number, name in enumerate(sorted(names), 1)}


@cache
def standard_numbers() -> Mapping[int, str]:
    """The names of the standard's claim sets, by their numbers."""
    return dict(enumerate(claim_sets(), 1))


def _told(resource: str) -> str:
    return resource[0].lower() + resource[1:]


def told_action(action: ClaimAction) -> str:
    """An action as the standard writes it: `ReadChanges`."""
    return action[0].upper() + action[1:]


def action_named(word: str) -> ClaimAction | None:
    """The action that a word means, however it is written; None where it is none."""
    return next((action for action in ClaimAction if action.lower() == word.lower()), None)


def strategy_named(word: str) -> str | None:
    """The strategy that a word means, however it is written; None where it is none."""
    return next((name for name in strategies() if name.lower() == word.lower()), None)


def words_of_strategy(name: str) -> str:
    """A strategy's name in words: `Namespace Based`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
