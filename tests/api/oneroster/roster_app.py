"""An app that reads rosters, and what it may be told."""

from __future__ import annotations

import json
from typing import Any

import httpx

from homeroom.access.agreements.terms import fields_of
from homeroom.access.oneroster.collections import ALL_CLASSES

# Every element of which a class of OneRoster is made, and no other.
ELEMENTS_OF_ROSTERS: dict[str, set[str]] = {}
for _of in ALL_CLASSES.values():
    for _part in _of.parts:
        for _values in _part.values.values():
            for _element in (element for value in _values for element in value.made_of):
                _resource, _, _path = _element.partition(".")
                ELEMENTS_OF_ROSTERS.setdefault(_resource, set()).add(_path)

V1P2, V1P1 = "ims/oneroster/rostering/v1p2", "ims/oneroster/v1p1"
GRADEBOOK, RESOURCES = "ims/oneroster/gradebook/v1p2", "ims/oneroster/resources/v1p2"


def elements(**changed: set[str]) -> str:
    """The elements as an agreement's file has them; `changed`: what is named of some resources instead."""
    named = ELEMENTS_OF_ROSTERS | changed
    assert all(names <= fields_of(resource) for resource, names in named.items())
    return "\n".join(f"{resource} = {json.dumps(sorted(names))}" for resource, names in sorted(named.items()) if names)


def get(client: httpx.Client, path: str, status: int = 200, **asked: Any) -> httpx.Response:
    answered = client.get(path, params=asked or None)
    assert answered.status_code == status, answered.text
    return answered


def every(client: httpx.Client, path: str, **asked: Any) -> list[dict[str, Any]]:
    """All objects of a collection, from page to page."""
    found: list[dict[str, Any]] = []
    address: str | None = path
    while address:
        answered = client.get(address, params=asked if address == path else None)
        assert answered.status_code == 200, answered.text
        (rows,) = answered.json().values()
        found += rows
        address = answered.links.get("next", {}).get("url")
    assert len(found) == int(answered.headers["X-Total-Count"])
    return found
