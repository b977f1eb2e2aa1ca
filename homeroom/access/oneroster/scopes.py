"""The scopes of OneRoster 1.2: what a token opens beside what its agreement names.

A token says for itself what it opens, behind its last dot: it is kept as a hash of all of it, so that nobody can change
a letter of it. One that was asked for without scopes has none behind a dot, and opens all that the agreement names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from homeroom.access.agreements.terms import Terms
from homeroom.access.oneroster.agreed import elements_of, open_parts
from homeroom.access.oneroster.collections import WHOLE
from homeroom.access.oneroster.kept_as import RESOURCES_OF

PREFIXES = tuple(f"https://purl.imsglobal.org/spec/or/v1p{minor}/scope/" for minor in (2, 1))
# Each with the letter that stands for it in a token.
_LETTERS = {
    "roster-core.readonly": "c",
    "roster.readonly": "r",
    "roster-demographics.readonly": "d",
    "gradebook-core.readonly": "h",
    "gradebook.readonly": "g",
    "resource-core.readonly": "s",
    "resource.readonly": "u",
    "gradebook.createput": "p",
    "gradebook.delete": "x",
}
SCOPES = tuple(_LETTERS)
CREATE_AND_PUT, DELETE = "gradebook.createput", "gradebook.delete"


def granted(terms: Terms, asked: Iterable[str]) -> list[str]:
    """Of the scopes that are asked for, those of whose objects the agreement names something, to read or to write."""
    opened = {
        scope
        for collection in WHOLE.values()
        if open_parts(collection.of, elements_of(terms))
        for scope in (*collection.scopes,)
    }
    if any(terms.members_written(one) for resources in RESOURCES_OF.values() for one in resources):
        opened |= {CREATE_AND_PUT, DELETE}
    return [scope for scope in dict.fromkeys(asked) if _short(scope) in opened]


def with_scopes(token: str, scopes: Sequence[str]) -> str:
    """A token that opens these scopes alone; without any the token itself."""
    letters = "".join(sorted({_LETTERS[_short(scope)] for scope in scopes}))
    return f"{token}.{letters}" if letters else token


def scopes_of(token: str) -> frozenset[str] | None:
    """The scopes that a token opens; None where it was asked for without any."""
    _, dot, letters = token.rpartition(".")
    if not dot:
        return None
    return frozenset(scope for scope, letter in _LETTERS.items() if letter in letters)


def _short(scope: str) -> str:
    return next((scope.removeprefix(prefix) for prefix in PREFIXES if scope.startswith(prefix)), "")
