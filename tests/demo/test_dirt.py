"""The dirt is stated once, as shares; nicknames differ from the names they stand for."""

from homeroom.demo.dirt import DIRT, RATE
from homeroom.demo.nicknames import NICKNAMES


def test_each_kind_of_dirt_is_stated_once() -> None:
    assert len(RATE) == len(DIRT)


def test_rates_are_shares() -> None:
    assert all(0 < dirt.rate < 1 for dirt in DIRT)


def test_no_name_is_its_own_nickname() -> None:
    assert all(name not in forms for name, forms in NICKNAMES.items())
