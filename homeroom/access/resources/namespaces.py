"""Which rows belong to whoever owns their namespace: those that say nothing of any person, as an assessment's."""

from __future__ import annotations

from homeroom.access.resources.scope import Rule, scope_of
from homeroom.model.columns import columns

_NAMESPACE = "namespace"


def namespace_column(resource: str) -> str | None:
    """The column that holds the namespace by which rows of a resource are written; None where others decide.

    Where rows say something of somebody, whom they are about decides. Raises KeyError where there is no such resource.
    """
    if scope_of(resource).rule is not Rule.EVERYBODYS:
        return None
    return next((column.name for column in columns(resource) if column.name == _NAMESPACE), None)
