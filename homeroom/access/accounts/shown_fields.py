"""What of a row each role is shown, by the privacy class of its fields: what is not shown is not logged as shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from homeroom.access.permissions import Role
from homeroom.model import PrivacyClass
from homeroom.model.columns import columns

# Who teaches a student has no need of all that a school knows: health, discipline, disability, poverty.
KEPT_FROM: Mapping[Role, frozenset[PrivacyClass]] = {Role.TEACHER: frozenset({PrivacyClass.SENSITIVE})}


def is_shown(role: Role, resource: str) -> bool:
    """Whether somebody in a role may know that there is such a row: not where its key says too much."""
    return not any(column.key and column.name in _kept_from(role, resource) for column in columns(resource))


def shown_to(role: Role, resource: str, row: dict[str, Any]) -> dict[str, Any]:
    """The row with nothing in the fields that are kept from the role."""
    kept = _kept_from(role, resource)
    return {name: None if name in kept else value for name, value in row.items()} if kept else row


@cache
def _kept_from(role: Role, resource: str) -> frozenset[str]:
    classes = KEPT_FROM.get(role, frozenset())
    return frozenset(column.name for column in columns(resource) if column.privacy in classes)
