"""The parts in which a run goes on: none of a part's tables needs what comes with a later one."""

from homeroom.consolidate.identities import kinds_named
from homeroom.consolidate.parts import parts
from homeroom.consolidate.rules import rules
from homeroom.model import RESOURCES
from homeroom.model.columns import foreign_keys


def place_of() -> dict[str, int]:
    return {resource: place for place, part in enumerate(parts()) for resource in part.resources}


def test_every_resource_is_in_one_part() -> None:
    assert sorted(resource for part in parts() for resource in part.resources) == sorted(RESOURCES)


def test_whom_a_table_names_is_linked_with_its_part_or_before() -> None:
    linked_in = {part.kind: place for place, part in enumerate(parts())}
    for resource, place in place_of().items():
        assert all(linked_in[kind] <= place for kind in kinds_named(resource)), resource


def test_with_each_part_all_are_known_who_were_linked_before_it() -> None:
    known: dict[str, set[str]] = {}
    for part in parts():
        earlier = set(known)
        known[part.name] = {part.name}.union(*(known[name] for name in (part.after, part.beside) if name))
        assert known[part.name] == earlier | {part.name}


def test_what_a_table_refers_to_is_written_with_its_part_or_before() -> None:
    places = place_of()
    for resource, place in places.items():
        for foreign in foreign_keys(resource):
            targets = [r for r in RESOURCES if foreign.target in (r, RESOURCES[r].subclass_of)]
            assert all(places[target] <= place for target in targets), (resource, foreign.target)


def test_what_a_rule_asks_together_is_merged_together() -> None:
    places = place_of()
    for rule in rules().values():
        assert len({places[resource] for resource in rule.needs}) <= 1, rule.name


def test_enrollments_need_not_wait_for_contacts() -> None:
    places = place_of()
    assert places["StudentSchoolAssociation"] < places["StudentContactAssociation"]
