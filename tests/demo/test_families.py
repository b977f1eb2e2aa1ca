"""Families look like families: twins, siblings, names from many places, nobody's double by accident."""

from collections import Counter

import numpy as np

from homeroom.demo.district import District
from homeroom.demo.names import ORIGINS, lists


def test_the_lists_are_long_enough() -> None:
    given = {name for (_, kind), names in lists().items() if kind != "surname" for name in names}
    surnames = {name for (_, kind), names in lists().items() if kind == "surname" for name in names}
    assert len(given) >= 500
    assert len(surnames) >= 400


def test_no_list_has_a_name_twice() -> None:
    assert all(len(set(names)) == len(names) for names in lists().values())


def test_each_origin_has_its_three_lists() -> None:
    assert {(one.name, kind) for one in ORIGINS for kind in ("female", "male", "surname")} == set(lists())


def test_about_one_student_in_a_hundred_is_a_twin(district: District) -> None:
    assert 0.005 < (district.children.twin >= 0).mean() < 0.02


def test_twins_share_household_and_birth_date_and_point_at_each_other(district: District) -> None:
    children = district.children
    twins = np.flatnonzero(children.twin >= 0)
    other = children.twin[twins]
    assert (children.twin[other] == twins).all()
    assert (children.household[other] == children.household[twins]).all()
    assert (children.birth_date[other] == children.birth_date[twins]).all()


def test_no_two_children_of_a_family_have_one_name(district: District) -> None:
    children = district.children
    assert max(Counter(zip(children.household.tolist(), children.given, strict=True)).values()) == 1


def test_hardly_two_students_share_name_and_birth_date(district: District) -> None:
    children = district.children
    counted = Counter(zip(children.given, children.surname, children.birth_date.tolist(), strict=True))
    assert sum(number - 1 for number in counted.values()) <= 2


def test_the_commonest_surname_is_not_too_common(district: District) -> None:
    ((_, number),) = Counter(district.children.surname).most_common(1)
    assert 0.005 < number / len(district.children) < 0.03


def test_children_start_at_about_five(district: District) -> None:
    years = district.years
    starters = years.grade == 0
    birth = district.children.birth_date[years.child[starters]].astype("datetime64[Y]").astype(int) + 1970
    age = years.year[starters] - 1 - birth
    assert set(np.unique(age)) <= {4, 5, 6, 7}


def test_who_graduated_or_dropped_out_does_not_come_back(district: District) -> None:
    years = district.years
    ended = {int(c): int(y) for c, y, end in zip(years.child, years.year, years.leaving, strict=True)
             if end in ("graduated", "dropped out")}  # fmt: skip
    assert ended
    assert all(ended.get(int(c), 9999) >= y for c, y in zip(years.child, years.year, strict=True))
