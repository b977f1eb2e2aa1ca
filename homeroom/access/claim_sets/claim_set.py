"""A claim set: which actions on which resources it lets an app do, and without further authorization."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from homeroom.access.claim_sets.resource_claims import NO_FURTHER, ClaimAction, Strategies, resource_claims
from homeroom.access.permissions import Purpose
from homeroom.errors import WrongUse

_BESIDE_CLAIMS = ("purposes", "further")


@dataclass(frozen=True)
class Granted:
    """What a claim set says of one resource claim or one resource. `strategies`: of the actions that it authorizes
    otherwise than is usual."""

    actions: tuple[ClaimAction, ...]
    strategies: Strategies = field(default_factory=dict)


@dataclass(frozen=True)
class ClaimSet:
    """`granted`: what it says, by resource claim, resource or descriptor type; `allowed`: what that comes to, by
    resource or descriptor type, the strategies of each action that an app may do."""

    name: str
    purposes: tuple[Purpose, ...]
    granted: Mapping[str, Granted]
    allowed: Mapping[str, Strategies]

    def may(self, resource: str, action: ClaimAction) -> bool:
        """Whether an app may do `action` to rows of `resource` at all."""
        return action in self.allowed.get(resource, {})


def claim_set_named(name: str) -> ClaimSet:
    """The claim set of that name. Raises WrongUse with all names where there is none."""
    found = {known.casefold(): one for known, one in claim_sets().items()}.get(name.casefold())
    if found is None:
        raise WrongUse(f"There is no claim set {name[:60]!r}. There are: {', '.join(claim_sets())}.")
    return found


@cache
def claim_sets() -> Mapping[str, ClaimSet]:
    """All claim sets by their names."""
    told = tomllib.loads(files("homeroom.access.claim_sets").joinpath("claim_sets.toml").read_text("utf-8"))
    return {name: _claim_set(name, one) for name, one in told.items()}


def claim_set_of(name: str, purposes: tuple[Purpose, ...], granted: Mapping[str, Granted]) -> ClaimSet:
    """The claim set that says this."""
    usual = {resource: strategies for claim in resource_claims().values()
             for resource, strategies in claim.resources.items()}  # fmt: skip
    allowed: dict[str, dict[ClaimAction, tuple[str, ...]]] = {}
    for claim, one in granted.items():
        # What a claim set says of one resource is beside what it says of the claim under which that stands.
        for resource in resource_claims()[claim].resources if claim in resource_claims() else [claim]:
            for action in one.actions:
                strategies = one.strategies.get(action) or usual[resource].get(action, (NO_FURTHER,))
                allowed.setdefault(resource, {})[action] = strategies
    return ClaimSet(name, purposes, granted, allowed)


def _claim_set(name: str, told: Mapping[str, Any]) -> ClaimSet:
    granted = {}
    for claim, words in told.items():
        if claim not in _BESIDE_CLAIMS:
            actions = tuple(map(ClaimAction, words))
            further = told.get("further", True)
            granted[claim] = Granted(actions, {} if further else dict.fromkeys(actions, (NO_FURTHER,)))
    return claim_set_of(name, tuple(map(Purpose, told["purposes"])), granted)
