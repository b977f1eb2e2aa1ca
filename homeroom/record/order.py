"""The order in which resources can be written, so that what a row refers to is there before it."""

from __future__ import annotations

from graphlib import TopologicalSorter

from homeroom.model import RESOURCES
from homeroom.model.columns import foreign_keys


def dependency_order() -> tuple[str, ...]:
    """Every resource after those that it refers to.

    A reference to an abstract resource (any education organization) counts as one to each of its subclasses; a
    subclass's own reference to its abstract resource is left out, since the base table holds that key before any
    subclass is written.
    """
    graph: dict[str, set[str]] = {}
    for resource, definition in RESOURCES.items():
        targets: set[str] = set()
        for foreign in foreign_keys(resource):
            if foreign.target in RESOURCES:
                targets.add(foreign.target)
            elif foreign.target != definition.subclass_of:
                targets.update(name for name, d in RESOURCES.items() if d.subclass_of == foreign.target)
        graph[resource] = targets - {resource}
    return tuple(TopologicalSorter(graph).static_order())
