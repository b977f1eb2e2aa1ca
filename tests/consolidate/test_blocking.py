"""Pairs are compared that agree on something telling; where many agree, they have to agree on more."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeroom.consolidate.link import blocking
from homeroom.consolidate.link.blocking import Block, blocking_rules, mark_crowded

BLOCKS = (Block(("last_name", "birth_text[1:4]"), ("first_name[1]",)), "l.phone = r.phone")
Person = tuple[str, str | None, str, str | None]


def pairs(persons: list[Person], most: int) -> set[tuple[int, int]]:
    """The pairs that are compared, by the places of both in the list."""
    with duckdb.connect() as connection, pytest.MonkeyPatch.context() as patched:
        patched.setattr(blocking, "MOST_IN_A_BLOCK", most)
        connection.execute(
            "create temp table node (unique_id integer, first_name text, last_name text, birth_text text, phone text)"
        )
        if persons:
            rows = [(place, *person) for place, person in enumerate(persons)]
            connection.executemany("insert into node values (?, ?, ?, ?, ?)", rows)
        mark_crowded(connection, BLOCKS)
        rules = " or ".join(f"({rule})" for rule in blocking_rules(connection, BLOCKS))
        found = connection.execute(
            f"select l.unique_id, r.unique_id from node as l join node as r on l.unique_id < r.unique_id and ({rules})"
        )
        return set(found.fetchall())


LEES: list[Person] = [
    ("ann", "lee", "20100102", None),
    ("amy", "lee", "20100805", None),
    ("bo", "lee", "20101212", "555"),
    ("ann", "lee", "20110102", "555"),
    ("zoe", None, "20100102", None),
]


def test_in_a_block_of_few_all_are_compared() -> None:
    assert pairs(LEES, 3) == {(0, 1), (0, 2), (1, 2), (2, 3)}


def test_in_a_crowded_block_only_those_are_compared_who_agree_on_more() -> None:
    assert pairs(LEES, 2) == {(0, 1), (2, 3)}


_person = st.tuples(
    st.sampled_from(["ann", "amy", "bo"]),
    st.sampled_from(["lee", "ng", None]),
    st.sampled_from(["20100102", "20101212", "20110102"]),
    st.sampled_from(["555", None]),
)


@given(persons=st.lists(_person, max_size=25), most=st.integers(1, 12))
def test_a_person_is_left_out_of_nothing_but_crowded_blocks(persons: list[Person], most: int) -> None:
    every, fewer = pairs(persons, 100), pairs(persons, most)
    assert fewer <= every
    for left, right in every - fewer:
        one, other = persons[left], persons[right]
        sharing = [p for p in persons if p[1] == one[1] and p[2][:4] == one[2][:4]]
        assert len(sharing) > most
        assert one[0][0] != other[0][0]
