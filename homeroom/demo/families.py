"""The families of Maple Grove: households, their children, and the adults who answer for them.

Arrays, one place per household, child or adult. More children are made than will be enrolled; who attends, and when, is
decided in `school_years`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.cast import CAST
from homeroom.demo.dirt import RATE
from homeroom.demo.names import ORIGINS, draw_given, draw_surnames
from homeroom.demo.nicknames import NICKNAMES

LATEST = 2026
_SHARES = np.array([origin.share for origin in ORIGINS]) / sum(origin.share for origin in ORIGINS)
_HISPANIC = next(number for number, origin in enumerate(ORIGINS) if origin.hispanic)
_NAMED = {origin.name: number for number, origin in enumerate(ORIGINS)}
_CAST_ORIGINS = {"Okafor": "west-african", "Tran": "vietnamese", "García Moreno": "hispanic", "Warsame": "somali"}
_OF_DISABILITIES = (
    ("Specific Learning Disability", 0.36),
    ("Speech or Language Impairment", 0.20),
    ("Other Health Impairment", 0.15),
    ("Autism Spectrum Disorders", 0.13),
    ("Serious Emotional Disability", 0.06),
    ("Multiple Disabilities", 0.05),
    ("Intellectual Disability", 0.04),
    ("Hearing Impairment, including Deafness", 0.01),
)


@dataclass(frozen=True)
class Households:
    origin: np.ndarray  # place in ORIGINS
    need: np.ndarray  # standard normal: poverty and what comes with it; higher is worse
    first_surname: np.ndarray
    second_surname: np.ndarray
    child_surname: np.ndarray
    cast: np.ndarray  # of a named family

    def __len__(self) -> int:
        return len(self.origin)


@dataclass(frozen=True)
class Children:
    household: np.ndarray
    given: np.ndarray
    middle: np.ndarray
    surname: np.ndarray
    former_surname: np.ndarray  # '' where it never changed
    suffix: np.ndarray
    goes_by: np.ndarray  # '' where nobody shortens the name
    female: np.ndarray
    birth_date: np.ndarray  # datetime64[D]
    grade: np.ndarray  # of the latest year, on the usual way; below 0 not yet, above 12 gone
    twin: np.ndarray  # number of the twin, or -1
    engagement: np.ndarray
    ability: np.ndarray
    learner: np.ndarray  # learns English as a new language
    disability: np.ndarray
    race: np.ndarray
    second_race: np.ndarray
    hispanic: np.ndarray
    cast: np.ndarray

    def __len__(self) -> int:
        return len(self.household)

    def chosen(self, kept: np.ndarray) -> Children:
        """Those children only; a twin who isn't among them is forgotten."""
        place = np.full(len(self), -1)
        place[kept] = np.arange(len(kept))
        parts = {name: values[kept] for name, values in vars(self).items()}
        parts["twin"] = np.where(parts["twin"] >= 0, place[parts["twin"]], -1)
        return Children(**parts)


@dataclass(frozen=True)
class Adults:
    """The contacts of the children. Each household has one or two; some have a grandparent as well."""

    household: np.ndarray
    given: np.ndarray
    middle: np.ndarray
    surname: np.ndarray
    female: np.ndarray
    relation: np.ndarray
    ordinal: np.ndarray


def make_households(chance: np.random.Generator, number: int) -> Households:
    origin = chance.choice(len(ORIGINS), number, p=_SHARES)
    families = list(dict.fromkeys(member.surname for member in CAST))
    for place, surname in enumerate(families):
        origin[place] = _NAMED[_CAST_ORIGINS[surname]]
    first, second = draw_surnames(chance, origin), draw_surnames(chance, origin)
    compound = (origin == _HISPANIC) & (chance.random(number) < 0.55)
    hyphenated = (origin != _HISPANIC) & (chance.random(number) < 0.025)
    child = np.where(compound, first + " " + second, np.where(hyphenated, first + "-" + second, first))
    for place, surname in enumerate(families):
        child[place] = surname
        first[place], _, rest = surname.partition(" ")
        second[place] = rest or second[place]
    need = chance.normal(
        np.where(np.array([o.learners > 0.1 or o.name == "native" for o in ORIGINS])[origin], 0.35, -0.2), 1
    )
    need[: len(families)] = (-0.6, 0.0, 0.4, 0.6)
    return Households(origin, need, first, second, child, np.arange(number) < len(families))


def make_children(chance: np.random.Generator, households: Households) -> Children:
    household, birth, twin = _births(chance, len(households))
    fixed = np.zeros(len(household), dtype=bool)
    fixed[: len(CAST)] = True
    number = len(household)
    origin = households.origin[household]
    female = chance.random(number) < 0.487
    female[: len(CAST)] = [member.given != "Luis" for member in CAST]
    given = draw_given(chance, origin, female)
    given[: len(CAST)] = [member.given for member in CAST]
    _tell_family_apart(chance, household, origin, female, given, fixed)
    middle = draw_given(chance, origin, female)
    middle[chance.random(number) < np.where(origin == _HISPANIC, 0.45, 0.18)] = ""
    surname = households.child_surname[household].copy()
    # A child of an earlier marriage has another surname than the rest of the family.
    other = (chance.random(number) < 0.06) & ~fixed & (twin < 0)
    surname[other] = draw_surnames(chance, origin[other])
    former = np.full(number, "", dtype=object)
    changed = (chance.random(number) < RATE["surname-changed"]) & ~fixed & (twin < 0)
    former[changed] = draw_surnames(chance, origin[changed])
    suffix = np.full(number, "", dtype=object)
    junior = (chance.random(number) < 0.03) & ~female & ~fixed
    suffix[junior] = chance.choice(objects(["Jr.", "II", "III", "IV"]), junior.sum(), p=[0.7, 0.08, 0.2, 0.02])
    need = households.need[household]
    race, second_race = _races(chance, origin)
    disability = np.full(number, "", dtype=object)
    disabled = (chance.random(number) < 1 / (1 + np.exp(1.95 - 0.25 * need))) & ~fixed
    names, shares = zip(*_OF_DISABILITIES, strict=True)
    disability[disabled] = chance.choice(objects(names), disabled.sum(), p=np.array(shares) / sum(shares))
    return Children(
        household=household,
        given=given,
        middle=middle,
        surname=surname,
        former_surname=former,
        suffix=suffix,
        goes_by=_nicknames(chance, given, household),
        female=female,
        birth_date=birth,
        grade=_grades(chance, birth, fixed),
        twin=twin,
        engagement=_engagement(chance, need, household, len(households)),
        ability=chance.normal(-0.25 * need, 0.95) - 0.5 * disabled,
        learner=chance.random(number) < np.array([o.learners for o in ORIGINS])[origin],
        disability=disability,
        race=race,
        second_race=second_race,
        hispanic=(origin == _HISPANIC) | (chance.random(number) < 0.02),
        cast=fixed,
    )


def make_adults(chance: np.random.Generator, households: Households) -> Adults:
    number = len(households)
    two = chance.random(number) < 1 / (1 + np.exp(-1.1 + 0.5 * households.need))
    elder = chance.random(number) < 0.05
    household = np.concatenate([np.arange(number), np.flatnonzero(two), np.flatnonzero(elder)])
    ordinal = np.concatenate([np.zeros(number, int), np.ones(two.sum(), int), np.full(elder.sum(), 2)])
    mother = chance.random(number) < np.where(two, 0.6, 0.82)
    female = np.where(ordinal == 0, mother[household], ~mother[household])
    female[ordinal == 2] = chance.random(elder.sum()) < 0.75
    # One couple in forty is of one sex.
    female ^= (ordinal == 1) & (chance.random(len(household)) < 0.025)
    origin = households.origin[household]
    first, second = households.first_surname[household], households.second_surname[household]
    own = (origin == _HISPANIC) | (chance.random(len(household)) < 0.18)
    surname = np.where(female & own, second, first)
    married = (origin != _HISPANIC) & female & (chance.random(len(household)) < 0.04)
    surname = np.where(married, second + "-" + first, surname)
    middle = draw_given(chance, origin, female, elder=True)
    middle[chance.random(len(household)) < 0.5] = ""
    relation = np.where(ordinal == 2, "Grandparent", np.where(female, "Mother", "Father"))
    given = draw_given(chance, origin, female, elder=True)
    _tell_family_apart(chance, household, origin, female, given, np.zeros(len(household), bool))
    return Adults(household, given, middle, surname, female, relation, ordinal)


def _births(chance: np.random.Generator, households: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Household, birth date and twin of each child: brothers and sisters a year or more apart, or twins."""
    first, last = np.datetime64("2003-09-02"), np.datetime64("2020-09-01")
    families = list(dict.fromkeys(member.surname for member in CAST))
    eldest = first + chance.integers(0, (last - first).astype(int) + 1, households)
    sizes = chance.choice([1, 2, 3, 4], households, p=[0.53, 0.32, 0.11, 0.04])
    sizes[: len(families)] = 0
    house = np.repeat(np.arange(households), sizes)
    place = np.arange(len(house)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    gap = np.where(place == 0, 0, chance.integers(330, 1500, len(house)))
    after = np.cumsum(gap) - np.repeat(np.cumsum(gap)[np.cumsum(sizes) - sizes] if len(house) else [], sizes)
    turn = np.where(chance.random(households) < 0.5, 1, -1)[house]
    birth = eldest[house] + turn * after
    kept = (birth >= first) & (birth <= last)
    house, birth = house[kept], birth[kept]
    doubled = np.flatnonzero(chance.random(len(house)) < 0.0044)
    cast_house = np.array([families.index(member.surname) for member in CAST])
    cast_birth = np.array([member.birth_date for member in CAST], dtype="datetime64[D]")
    house = np.concatenate([cast_house, house, house[doubled]])
    twin = np.full(len(house), -1)
    offset = len(CAST)
    extra = len(house) - len(doubled) + np.arange(len(doubled))
    twin[extra], twin[doubled + offset] = doubled + offset, extra
    twin[3], twin[4] = 4, 3
    birth = np.concatenate([cast_birth, birth, birth[doubled]])
    order = np.concatenate([np.arange(offset), offset + np.argsort(house[offset:], kind="stable")])
    place_of = np.empty(len(order), dtype=int)
    place_of[order] = np.arange(len(order))
    twin = twin[order]
    return house[order], birth[order], np.where(twin >= 0, place_of[twin], -1)


def _tell_family_apart(
    chance: np.random.Generator,
    household: np.ndarray,
    origin: np.ndarray,
    female: np.ndarray,
    given: np.ndarray,
    fixed: np.ndarray,
) -> None:
    """No two of one family have one name."""
    for _ in range(20):
        key = household.astype(str).astype(object) + " " + given
        _, once = np.unique(key.astype(str), return_index=True)
        again = np.setdiff1d(np.arange(len(given)), once)
        again = again[~fixed[again]]
        if not len(again):
            return
        given[again] = draw_given(chance, origin[again], female[again])


def _grades(chance: np.random.Generator, birth: np.ndarray, fixed: np.ndarray) -> np.ndarray:
    """The grade in the latest year: a child turns five by the first of September of kindergarten, nearly always."""
    years = birth.astype("datetime64[Y]").astype(int) + 1970
    late = (birth - birth.astype("datetime64[Y]")).astype(int) >= 244
    usual = LATEST - 1 - 5 - years - late
    usual = usual - (chance.random(len(birth)) < 0.045) + (chance.random(len(birth)) < 0.004)
    usual[fixed] = [int(member.grade) for member in CAST]
    return usual


def _engagement(chance: np.random.Generator, need: np.ndarray, household: np.ndarray, households: int) -> np.ndarray:
    """How much a student takes part: partly the family's, partly the student's own; need wears it down."""
    return chance.normal(0, 0.5, households)[household] + chance.normal(-0.35 * need, 0.8)


def _races(chance: np.random.Generator, origin: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    race = np.empty(len(origin), dtype=object)
    for number, one in enumerate(ORIGINS):
        chosen = np.flatnonzero(origin == number)
        race[chosen] = chance.choice(objects(one.races), len(chosen))
    second = np.full(len(origin), "", dtype=object)
    mixed = chance.random(len(origin)) < 0.055
    second[mixed] = np.where(race[mixed] == "White", "Black or African American", "White")
    return race, second


def _nicknames(chance: np.random.Generator, given: np.ndarray, household: np.ndarray) -> np.ndarray:
    """What a person goes by: four in five of those whose name has a short form that no sibling is called by."""
    goes_by = np.full(len(given), "", dtype=object)
    taken = set(zip(household.tolist(), given.tolist(), strict=True))
    for place in np.flatnonzero(chance.random(len(given)) < 0.8).tolist():
        forms = NICKNAMES.get(given[place], ())
        house = int(household[place])
        free = [form for form in forms if (house, form) not in taken]
        if free:
            goes_by[place] = free[int(chance.integers(len(free)))]
            taken.add((house, goes_by[place]))
    return goes_by
