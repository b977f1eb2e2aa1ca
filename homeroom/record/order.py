"""The order in which resources can be written, so that what a row refers to is there before it."""

from __future__ import annotations

from functools import cache
from graphlib import TopologicalSorter

from homeroom.model import RESOURCES
from homeroom.model.columns import EDUCATION_ORGANIZATION, foreign_keys


def dependency_order() -> tuple[str, ...]:
    """Every resource after those that it refers to."""
    return tuple(resource for group in writing_order() for resource in group)


@cache
def writing_order() -> tuple[tuple[str, ...], ...]:
    """The resources in groups, each after all those that it refers to; the members of a group are written together.

    All kinds of education organizations are one group: a department may stand below a school or a district, whatever
    the kind. A resource that refers to itself is a group like any other.
    """
    members: dict[str, list[str]] = {}
    graph: dict[str, set[str]] = {}
    for resource in RESOURCES:
        group = _group(resource)
        members.setdefault(group, []).append(resource)
        targets = {name for foreign in foreign_keys(resource) for name in _groups_of(foreign.target)}
        graph.setdefault(group, set()).update(targets - {group})
    order = TopologicalSorter(graph).static_order()
    return tuple(_inside(members[group]) for group in order)


def _group(resource: str) -> str:
    return EDUCATION_ORGANIZATION if RESOURCES[resource].subclass_of == EDUCATION_ORGANIZATION else resource


def _groups_of(target: str) -> set[str]:
    if target in RESOURCES:
        return {_group(target)}
    return {_group(name) for name, definition in RESOURCES.items() if definition.subclass_of == target}


def _inside(members: list[str]) -> tuple[str, ...]:
    """The members of a group, those first that others of it name: a district before its schools."""
    graph = {name: {f.target for f in foreign_keys(name) if f.target in members} - {name} for name in members}
    return tuple(TopologicalSorter(graph).static_order())
