"""An agreement as a profile narrows it: a resource's fields and members that both name. It never says more than the
agreement did.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from homeroom.access.agreements.terms import Terms
from homeroom.access.door import Use
from homeroom.access.profiles.definition import Content
from homeroom.model import RESOURCES


def read_by(use: Use, resource: str, content: Content) -> Use:
    """The same use, in which of a resource no more is read than a profile tells."""

    def narrowed(terms: Terms) -> Terms:
        kept = frozenset(one for one in terms.elements if one.resource != resource or one.field in content.fields)
        return replace(terms, elements=kept, items_told=content.items)

    return _with(use, narrowed)


def written_by(use: Use, resource: str, content: Content) -> Use:
    """The same use, in which of a resource no more is written than a profile takes."""

    def narrowed(terms: Terms) -> Terms:
        return replace(terms, writes={**terms.writes, resource: terms.members_written(resource) & content.members})

    return _with(use, narrowed)


def taken_by(content: Content, document: Any) -> Any:
    """What a profile takes of a document: what is not in it is passed over, as the Ed-Fi ODS/API has it."""
    if not isinstance(document, Mapping):
        return document
    beside = ("id", "_etag", "_lastModifiedDate")
    return {name: value for name, value in document.items() if name in content.members or name in beside}


def lacking(resource: str, content: Content) -> list[str]:
    """The members that no row is without, and that a profile does not take."""
    return [name for name, member in RESOURCES[resource].members.items()
            if member.required and name not in content.members]  # fmt: skip


def _with(use: Use, narrowed: Callable[[Terms], Terms]) -> Use:
    principal = use.principal
    if principal.agreement is None:
        return use
    agreement = replace(principal.agreement, terms=narrowed(principal.agreement.terms))
    return replace(use, principal=replace(principal, agreement=agreement))
