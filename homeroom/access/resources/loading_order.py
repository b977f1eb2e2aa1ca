"""In which order resources can be loaded, so that what a row refers to is there before it."""

from __future__ import annotations

from functools import cache

from homeroom.model import RESOURCES
from homeroom.model.columns import foreign_keys
from homeroom.record.order import writing_order


@cache
def loading_order() -> tuple[tuple[str, int], ...]:
    """Every resource with its place, from 1 on: all that it refers to at the top have a lower one, but for itself and
    for kinds of one thing, as organizations are, which come one after another."""
    places: dict[str, int] = {}
    for group in writing_order():
        before = 0
        for resource in group:
            targets = {foreign.target for foreign in foreign_keys(resource)}
            named = targets | {name for name, one in RESOURCES.items() if one.subclass_of in targets}
            before = max([before, *(places[name] for name in named if name in places and name != resource)])
            places[resource] = before + 1
    return tuple(sorted(places.items(), key=lambda one: (one[1], one[0])))
