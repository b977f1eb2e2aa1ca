"""A claim set: which actions on which resources it lets an app do, and without further authorization."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from homeroom.access.claim_sets.resource_claims import NO_FURTHER, ClaimAction, Strategies, resource_claims
from homeroom.access.permissions import Purpose
from homeroom.errors import WrongUse

_BESIDE_CLAIMS = ("purposes", "further")


@dataclass(frozen=True)
class ClaimSet:
    """`allowed`: by resource or descriptor type, the strategies of each action that an app may do."""

    name: str
    purposes: tuple[Purpose, ...]
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


def _claim_set(name: str, told: Mapping[str, Any]) -> ClaimSet:
    usual = {resource: strategies for claim in resource_claims().values()
             for resource, strategies in claim.resources.items()}  # fmt: skip
    allowed: dict[str, dict[ClaimAction, tuple[str, ...]]] = {}
    for claim, actions in told.items():
        if claim in _BESIDE_CLAIMS:
            continue
        # What a claim set says of one resource is beside what it says of the claim under which that stands.
        for resource in resource_claims()[claim].resources if claim in resource_claims() else [claim]:
            for action in map(ClaimAction, actions):
                strategies = usual[resource].get(action, (NO_FURTHER,))
                allowed.setdefault(resource, {})[action] = strategies if told.get("further", True) else (NO_FURTHER,)
    return ClaimSet(name, tuple(map(Purpose, told["purposes"])), allowed)
