"""Of what people decided, the newest counts, and what counts holds."""

from hypothesis import given
from hypothesis import strategies as st

from homeroom.record.match_decisions import Decision, in_effect

ROWS = [("sis", str(n)) for n in range(4)] + [("vendor", str(n)) for n in range(4)]


@st.composite
def decisions(draw):
    pairs = draw(st.lists(st.tuples(st.sampled_from(ROWS), st.sampled_from(ROWS)).filter(lambda p: p[0] != p[1])))
    return [
        Decision(number, left, right, draw(st.sampled_from(["together", "apart"])))
        for number, (left, right) in enumerate(pairs)
    ]


def person_of(found):
    return {row: number for number, rows in enumerate(found.together) for row in rows}


@given(decisions())
def test_every_decision_that_is_not_contradicted_holds(taken):
    found = in_effect(taken)
    person = person_of(found)
    for one in taken:
        together = person.get(one.left, one.left) == person.get(one.right, one.right)
        if one.number not in found.contradicted:
            assert together == (one.decision == "together")


@given(decisions())
def test_the_newest_decision_always_counts(taken):
    assert not taken or taken[-1].number not in in_effect(taken).contradicted


@given(decisions())
def test_a_decision_gives_way_to_newer_ones_only_and_they_are_told(taken):
    for number, newer in in_effect(taken).contradicted.items():
        assert newer
        assert all(other > number for other in newer)


@given(decisions(), st.randoms())
def test_the_order_in_which_they_are_read_does_not_matter(taken, chance):
    mixed = list(taken)
    chance.shuffle(mixed)
    one, other = in_effect(taken), in_effect(mixed)
    assert sorted(one.together) == sorted(other.together)
    assert one.contradicted == other.contradicted


def test_two_rows_that_are_one_with_a_third_are_one():
    found = in_effect([Decision(1, ROWS[0], ROWS[4], "together"), Decision(2, ROWS[1], ROWS[4], "together")])
    assert found.together == [[ROWS[0], ROWS[1], ROWS[4]]]


def test_an_older_decision_that_would_join_what_is_kept_apart_gives_way():
    found = in_effect(
        [
            Decision(1, ROWS[0], ROWS[4], "together"),
            Decision(2, ROWS[1], ROWS[4], "together"),
            Decision(3, ROWS[0], ROWS[1], "apart"),
        ]
    )
    assert found.together == [[ROWS[1], ROWS[4]]]
    assert list(found.contradicted) == [1]
