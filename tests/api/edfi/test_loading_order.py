"""In which order resources can be loaded is told as a list and as a graph, which say the same."""

from xml.etree import ElementTree

import pytest

from homeroom.api.edfi.dependencies import loading_graph, loading_order, prerequisites
from homeroom.model import DESCRIPTORS, RESOURCES

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
PLACES = {one["resource"]: one["order"] for one in loading_order()}
ADDRESS = "/api/metadata/data/v3/dependencies"


def test_everything_has_a_place():
    endpoints = [one.endpoint for one in (*RESOURCES.values(), *DESCRIPTORS.values())]
    assert set(PLACES) == {f"/ed-fi/{endpoint}" for endpoint in endpoints}


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("gradeLevelDescriptors", "schools"),
        ("localEducationAgencies", "schools"),
        ("schools", "studentSchoolAssociations"),
        ("students", "studentSchoolAssociations"),
        # Named inside of a collection alone.
        ("schoolYearTypes", "stateEducationAgencies"),
        ("classPeriods", "bellSchedules"),
        ("grades", "reportCards"),
        # Named as an organization of any kind.
        ("communityProviders", "organizationDepartments"),
    ],
)
def test_what_is_referred_to_comes_before(first, then):
    assert PLACES[f"/ed-fi/{first}"] < PLACES[f"/ed-fi/{then}"]


def test_nothing_comes_before_what_it_refers_to():
    late = [(one, then) for then, before in prerequisites().items() for one in before if PLACES[one] >= PLACES[then]]
    assert late == []


def test_the_graph_has_an_edge_for_each_reference():
    graph = ElementTree.fromstring(loading_graph()).find(f"{GRAPHML}graph")  # noqa: S314 - it was made here
    assert graph is not None
    edges = {(edge.get("source"), edge.get("target")) for edge in graph.iter(f"{GRAPHML}edge")}
    assert {node.get("id") for node in graph.iter(f"{GRAPHML}node")} == set(PLACES)
    assert edges == {(one, then) for then, before in prerequisites().items() for one in before}


def test_whoever_accepts_graphml_is_given_the_graph(served):
    answered = served.client.get(ADDRESS, headers={"Accept": "application/graphml"})
    assert answered.headers["content-type"] == "application/graphml"
    assert answered.content == loading_graph()


def test_others_are_given_the_list(served):
    assert served.client.get(ADDRESS).json() == loading_order()
