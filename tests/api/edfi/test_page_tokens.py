"""Page tokens say ranges of ids, which together hold every id once."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeroom.api.edfi.page_tokens import Range, partitions, read_token


@given(after=st.none() | st.uuids(), until=st.uuids())
def test_a_token_says_the_range_that_it_was_made_of(after, until):
    assert read_token(Range(after, until).token) == Range(after, until)


@given(number=st.integers(1, 200), one=st.uuids())
def test_each_id_is_in_one_of_the_partitions(number, one):
    ranges = partitions(number)
    assert len(ranges) == number
    assert len([r for r in ranges if (r.after is None or r.after < one) and one <= r.until]) == 1


@pytest.mark.parametrize("one", [UUID(int=0), UUID(int=(1 << 128) - 1)])
def test_the_first_and_the_last_id_are_in_a_partition(one):
    (only,) = partitions(1)
    assert only.after is None
    assert one <= only.until


@given(st.text(max_size=60))
def test_whatever_else_is_no_token(text):
    found = read_token(text)
    assert found is None or read_token(found.token) == found
