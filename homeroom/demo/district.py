"""The truth of Maple Grove, all of it: people, school years, class lists, and the numbers that its systems give people.

Everything later is a look at this through one system's eyes, made dirty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import islice, product

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.class_lists import ClassLists, Course, Staff, make_class_lists, make_courses
from homeroom.demo.families import LATEST, Adults, Children, Households, make_adults, make_children, make_households
from homeroom.demo.names import places
from homeroom.demo.school_years import Residence, Years, live, make_residence
from homeroom.demo.schools import School, make_schools


@dataclass(frozen=True)
class District:
    """`seed` and a stream's number give each part its own chance, so that one can change without the others."""

    seed: int
    schools: tuple[School, ...]
    courses: tuple[Course, ...]
    households: Households
    children: Children
    adults: Adults
    residence: Residence
    years: Years
    lists: ClassLists
    staff: Staff
    sis_numbers: np.ndarray  # of each child, 6 digits, or as many as tell all apart
    telephones: np.ndarray  # one for each adult, ten digits
    former_telephones: np.ndarray

    def chance(self, stream: int) -> np.random.Generator:
        return np.random.default_rng([self.seed, stream])


def make_district(students: int, seed: int) -> District:
    """A district in whose latest year exactly `students` are enrolled at least for some days."""
    schools = make_schools(students)
    neighborhoods = sum(school.level == "Elementary" for school in schools)
    size = 1.15
    while True:
        streams = [np.random.default_rng([seed, number]) for number in range(8)]
        households = make_households(streams[0], int(students * size) + 60)
        children = make_children(streams[1], households)
        residence = make_residence(streams[2], households, neighborhoods)
        years = live(streams[3], households, children, residence, schools)
        if (years.year == LATEST).sum() >= students:
            break
        size *= 1.25
    adults = make_adults(streams[4], households)
    children, years = _cut(children, years, students)
    adults = _of_families(adults, children)
    lists, staff = make_class_lists(streams[5], years, schools)
    telephones = _telephones(streams[6], 2 * len(adults.household))
    return District(
        seed=seed,
        schools=schools,
        courses=make_courses(),
        households=households,
        children=children,
        adults=adults,
        residence=residence,
        years=years,
        lists=lists,
        staff=staff,
        sis_numbers=_sis_numbers(streams[7], len(children)),
        telephones=telephones[: len(adults.household)],
        former_telephones=telephones[len(adults.household) :],
    )


def _cut(children: Children, years: Years, students: int) -> tuple[Children, Years]:
    """The first children, so many that `students` of them are enrolled in the latest year; nobody who never was."""
    latest = np.sort(years.child[years.year == LATEST])
    kept = np.unique(years.child[years.child <= latest[students - 1]])
    place = np.full(len(children), -1)
    place[kept] = np.arange(len(kept))
    rows = place[years.child] >= 0
    new_row = np.cumsum(rows) - 1
    events = rows[years.event_row]
    parts = {}
    for one in fields(Years):
        values = getattr(years, one.name)
        parts[one.name] = values[events] if one.name.startswith("event_") else values[rows]
    parts["child"] = place[parts["child"]]
    parts["event_row"] = new_row[parts["event_row"]]
    return children.chosen(kept), Years(**parts)


def _of_families(adults: Adults, children: Children) -> Adults:
    rows = np.isin(adults.household, children.household)
    return Adults(**{name: values[rows] for name, values in vars(adults).items()})


def _sis_numbers(chance: np.random.Generator, number: int) -> np.ndarray:
    least = 100_000
    while 9 * least < number:
        least *= 10
    return least + chance.permutation(9 * least)[:number]


def _telephones(chance: np.random.Generator, number: int) -> np.ndarray:
    """Numbers that are nobody's, each once: with the exchange 555, and in a very large district with others as well."""
    needed = -(-number // 8000)
    prefixes = objects(list(islice(_prefixes(), needed)))
    chosen = chance.permutation(needed * 10_000)[:number]
    lines = objects([f"{line:04d}" for line in range(10_000)])
    return prefixes[chosen // 10_000] + lines[chosen % 10_000]


def _prefixes() -> Iterator[str]:
    """Area codes with exchanges."""
    yield from (f"{code}555" for code in places("area code"))
    # Codes with a 9 in the middle are kept for the day when numbers have more digits: no telephone has one now.
    yield from (
        f"{first}9{last}{exchange}" for exchange, first, last in product(range(200, 1000), range(2, 10), range(10))
    )
