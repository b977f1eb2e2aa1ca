"""In which order resources can be loaded, so that what a row refers to is there before it: as the list and as the graph
that the Ed-Fi ODS/API gives.

References inside of collections count as well: a report card can't be loaded before the grades that it lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import TopologicalSorter
from typing import Any
from xml.etree import ElementTree

from homeroom.model import DESCRIPTORS, RESOURCES
from homeroom.model.declaration import Collection, Member, Reference

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"


def loading_order() -> list[dict[str, Any]]:
    """Every resource and descriptor with its place: all that it refers to have a lower one, but for itself."""
    before = prerequisites()
    places: dict[str, int] = {}
    for endpoint in TopologicalSorter(before).static_order():
        places[endpoint] = 1 + max((places[one] for one in before[endpoint]), default=0)
    # What of it an app may do is in its agreement.
    return [
        {"resource": endpoint, "order": place, "operations": ["Create", "Update"]}
        for endpoint, place in sorted(places.items(), key=lambda one: (one[1], one[0]))
    ]


def loading_graph() -> bytes:
    """The same as GraphML: from each that has to be there, an edge to the one that refers to it."""
    ElementTree.register_namespace("", _NAMESPACE)
    root = ElementTree.Element(f"{{{_NAMESPACE}}}graphml")
    graph = ElementTree.SubElement(root, f"{{{_NAMESPACE}}}graph", id="dependencies", edgedefault="directed")
    for endpoint in sorted(prerequisites()):
        ElementTree.SubElement(graph, f"{{{_NAMESPACE}}}node", id=endpoint)
    for endpoint, before in sorted(prerequisites().items()):
        for one in sorted(before):
            ElementTree.SubElement(graph, f"{{{_NAMESPACE}}}edge", source=one, target=endpoint)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


@cache
def prerequisites() -> Mapping[str, frozenset[str]]:
    """For each resource and descriptor those that have to be there before it, all by their paths below `/data/v3`.

    A reference to any kind of one thing, as to an education organization, wants all of its kinds.
    """
    found = {_path(type_.endpoint): frozenset[str]() for type_ in DESCRIPTORS.values()}
    for resource, definition in RESOURCES.items():
        named = {name for target in _targets(definition.members) for name in _kinds_of(target)} - {resource}
        found[_path(definition.endpoint)] = frozenset(_path(_endpoint(name)) for name in named)
    return found


def _targets(members: Mapping[str, Member]) -> Iterator[str]:
    for member in members.values():
        if isinstance(member, Collection):
            yield from _targets(member.element.members)
        elif isinstance(member, Reference):
            yield member.target
        elif member.type.descriptor:
            yield member.type.descriptor


def _kinds_of(target: str) -> list[str]:
    if target in RESOURCES or target in DESCRIPTORS:
        return [target]
    return [name for name, definition in RESOURCES.items() if definition.subclass_of == target]


def _endpoint(name: str) -> str:
    return (RESOURCES[name] if name in RESOURCES else DESCRIPTORS[name]).endpoint


def _path(endpoint: str) -> str:
    return f"/ed-fi/{endpoint}"
