"""The resource claims of the Ed-Fi ODS/API: which resources stand under each, and how each action is authorized."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from homeroom.model import DESCRIPTORS

NO_FURTHER = "NoFurtherAuthorizationRequired"
NAMESPACE_BASED = "NamespaceBased"

_EVERY_DESCRIPTOR = "every descriptor"


class ClaimAction(StrEnum):
    """What an app does to a resource."""

    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    DELETE = "delete"
    READ_CHANGES = "readChanges"


# Names of strategies, by action; none for an action that is not authorized at all.
Strategies = Mapping[ClaimAction, tuple[str, ...]]


@dataclass(frozen=True)
class ResourceClaim:
    """A claim: its name as the standard has it, how its actions are authorized as a rule, and its resources and
    descriptor types with the strategies of each."""

    name: str
    usual: Strategies
    resources: Mapping[str, Strategies]


@cache
def resource_claims() -> Mapping[str, ResourceClaim]:
    """All claims by their names, in the standard's order."""
    told = tomllib.loads(files("homeroom.access.claim_sets").joinpath("resource_claims.toml").read_text("utf-8"))
    named = {resource for claim in told.values() for resource in claim["resources"]}
    return {name: _claim(name, claim, named) for name, claim in told.items()}


def _claim(name: str, told: Mapping[str, Any], named: set[str]) -> ResourceClaim:
    resources: list[str] = told["resources"]
    if resources == [_EVERY_DESCRIPTOR]:
        resources = [descriptor for descriptor in DESCRIPTORS if descriptor not in named]
    own = told.get("except", {})
    return ResourceClaim(
        name, _strategies(told, {}), {resource: _strategies(told, own.get(resource, {})) for resource in resources}
    )


def _strategies(usual: Mapping[str, Any], own: Mapping[str, Any]) -> Strategies:
    return {action: tuple({**usual, **own}[action]) for action in ClaimAction if action in usual or action in own}
