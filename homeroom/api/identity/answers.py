"""Answers in the form of the Ed-Fi Identity API 2.0: one list of possible persons for each that was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from homeroom.access import identities
from homeroom.access.door import Use
from homeroom.access.identities import Match

# Who has the id that was asked for is surely meant.
SURE = 100.0
INCOMPLETE = {"SearchResponses": [], "Status": "Incomplete"}


async def answer(use: Use, found: Sequence[Sequence[Match]]) -> dict[str, Any]:
    """What the app may know of those who were found; they are logged as shown."""
    told = await identities.told(use, {match.unique_id for matches in found for match in matches})
    return {
        "SearchResponses": [{"Responses": list(_responses(matches, told))} for matches in found],
        "Status": "Complete",
    }


def by_id(unique_ids: Iterable[str]) -> list[list[Match]]:
    """The ids that were asked for, as what was found."""
    return [[Match(unique_id, SURE)] for unique_id in unique_ids]


def _responses(matches: Sequence[Match], told: Mapping[str, Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for match in matches:
        if match.unique_id in told:
            yield _response(told[match.unique_id]) | {"Score": match.score}


def _response(values: Mapping[str, Any]) -> dict[str, Any]:
    """One person: names with a dot stand inside an object, and what is not known is left out."""
    response: dict[str, Any] = {}
    for name, value in values.items():
        if value is None:
            continue
        outer, _, inner = name.rpartition(".")
        place = response.setdefault(outer, {}) if outer else response
        place[inner] = f"{value.isoformat()}T00:00:00" if isinstance(value, date) else value
    return response
