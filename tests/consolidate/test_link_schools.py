"""Which schools of two sources are one."""

from __future__ import annotations

import pytest

from homeroom.consolidate.database import connect
from homeroom.consolidate.link import link_schools


@pytest.fixture
def linked():
    def run(*rows):
        with connect() as connection:
            connection.execute(
                """create temp table school (source varchar, source_id varchar, name varchar, identifiers varchar[],
                street varchar, city varchar, postal_code varchar, grade_levels varchar[], kind varchar)"""
            )
            for source, source_id, name, identifiers in rows:
                connection.execute(
                    "insert into school values (?, ?, ?, ?, null, 'Maple Grove', null, null, 'School')",
                    [source, source_id, name, identifiers],
                )
            link_schools(connection)
            ids = dict(connection.execute("select source || ' ' || source_id, unique_id from identity").fetchall())
            return ids, connection.execute("select state from match").fetchall()

    return run


def test_one_name_in_different_words_is_one_school(linked):
    ids, _ = linked(("a", "101", "St. Mary Elem. School", []), ("b", "x-1", "Saint Mary Elementary", []))
    assert ids == {"a 101": "101", "b x-1": "101"}


def test_a_shared_identifier_makes_them_one(linked):
    ids, _ = linked(("a", "101", "Lincoln High", ["nces:9"]), ("b", "7", "Lincoln High School of Arts", ["nces:9"]))
    assert ids["a 101"] == ids["b 7"]


def test_the_middle_school_is_not_the_elementary_school_of_that_name(linked):
    ids, _ = linked(("a", "101", "Lincoln Elementary", []), ("b", "7", "Lincoln Middle School", []))
    assert ids["a 101"] != ids["b 7"]


def test_two_schools_of_one_name_go_to_a_person(linked):
    ids, states = linked(("a", "1", "Lincoln", []), ("a", "2", "Lincoln", []), ("b", "3", "Lincoln", []))
    assert len(set(ids.values())) == 3
    assert ("review",) in states


def test_ids_are_whole_numbers(linked):
    ids, _ = linked(("a", "north", "North", []), ("b", "south", "South", []))
    assert all(0 < int(unique_id) < 2**63 for unique_id in ids.values())
