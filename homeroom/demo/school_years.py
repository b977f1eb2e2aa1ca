"""Five school years of every child: where they lived and went to school, when they were away, how they did.

One row per child and year in which the child was enrolled; days are places in that year's instructional days.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from homeroom.demo import outcomes
from homeroom.demo.arrays import objects
from homeroom.demo.families import LATEST, Children, Households
from homeroom.demo.outcomes import MARK, MARK_BASE, MARK_NOISE, MARK_PASS
from homeroom.demo.schools import YEARS, School, instruction, school_for

# Of millions of events: each kind's text is one object.
_EVENTS = objects(["Excused Absence", "Unexcused Absence", "Tardy"])
COURSES = 6  # a student in middle and high school takes; in elementary one homeroom


@dataclass
class Years:
    """Rows in order of year and child. `marks` is a table of COURSES columns, NaN where there is no course."""

    child: np.ndarray
    year: np.ndarray
    grade: np.ndarray
    school: np.ndarray  # at the year's beginning
    next_school: np.ndarray  # after a transfer, or the same
    entry: np.ndarray
    transfer: np.ndarray  # the first day at the next school, or -1
    exit: np.ndarray  # the last day
    address: np.ndarray  # ordinal of the family's addresses
    leaving: np.ndarray  # '' | 'moved away' | 'dropped out' | 'graduated' | 'returns' (to a fifth year)
    homeless: np.ndarray
    meals: np.ndarray  # 'Free' | 'Reduced' | 'Full'
    incidents: np.ndarray
    absences: np.ndarray
    tardies: np.ndarray
    failures: np.ndarray
    moved: np.ndarray
    marks: np.ndarray
    event_row: np.ndarray = field(default_factory=lambda: np.empty(0, int))  # of each absence or tardy: its row here
    event_day: np.ndarray = field(default_factory=lambda: np.empty(0, int))
    event_kind: np.ndarray = field(default_factory=lambda: np.empty(0, object))

    def __len__(self) -> int:
        return len(self.child)


@dataclass(frozen=True)
class Residence:
    """Of each household and year: which of its addresses, in which neighborhood, since when within the year."""

    address: np.ndarray  # (households, years) ordinal
    neighborhood: np.ndarray
    moved: np.ndarray  # True where the family moved in this year
    move_share: np.ndarray  # when in the year, 0 in the summer before
    present: np.ndarray
    arrives_share: np.ndarray  # when in the year of arrival, 0 at its beginning
    leaves_share: np.ndarray  # when in the last year, 1 at its end


def make_residence(chance: np.random.Generator, households: Households, neighborhoods: int) -> Residence:
    number, years = len(households), len(YEARS)
    need = households.need[:, None]
    settled = households.cast[:, None]
    moved = (chance.random((number, years)) < outcomes.probability("move", {"need": need})) & ~settled
    moved[:, 0] = False
    address = np.cumsum(moved, axis=1)
    # A new home is as often in the same neighborhood as not; its number comes from the first and the steps since.
    steps = np.where(moved & (chance.random((number, years)) < 0.6), chance.integers(1, 7, (number, years)), 0)
    first = chance.integers(0, neighborhoods, (number, 1))
    neighborhood = (first + np.cumsum(steps, axis=1)) % neighborhoods
    share = np.where(chance.random((number, years)) < 0.45, chance.uniform(0.05, 0.9, (number, years)), 0.0)
    arrival = np.where(chance.random(number) < 0.76, 0, chance.integers(0, years, number))
    arrival[households.cast] = 0
    leaving = chance.random((number, years)) < outcomes.probability("leave", {"need": need})
    leaving[:, -1] = False
    leaving &= ~settled & (np.arange(years) >= arrival[:, None])
    last = np.where(leaving.any(axis=1), leaving.argmax(axis=1), years)
    back = np.where(chance.random(number) < 0.22, last + chance.integers(2, 4, number), years + 1)
    year = np.arange(years)
    present = (year >= arrival[:, None]) & ((year <= last[:, None]) | (year >= back[:, None]))
    arrives = np.where((year == arrival[:, None]) & (arrival[:, None] > 0) | (year == back[:, None]), 1.0, 0.0)
    arrives *= np.where(chance.random((number, 1)) < 0.35, chance.uniform(0.05, 0.8, (number, 1)), 0.0)
    leaves = np.where(
        year == last[:, None],
        np.where(chance.random((number, 1)) < 0.4, chance.uniform(0.2, 0.95, (number, 1)), 1),
        1.0,
    )
    return Residence(address, neighborhood, moved, np.where(moved, share, 0.0), present, arrives, leaves)


def live(
    chance: np.random.Generator,
    households: Households,
    children: Children,
    residence: Residence,
    schools: tuple[School, ...],
) -> Years:
    number = len(children)
    gone = np.zeros(number, dtype=bool)
    repeated = np.zeros(number, dtype=int)
    absent_days, enrolled_days = np.zeros(number), np.zeros(number)
    failures, moves = np.zeros(number), np.zeros(number)
    poverty = households.need + chance.normal(0, 0.5, len(households))
    made = []
    for place, year in enumerate(YEARS):
        grade = children.grade - (LATEST - year) - repeated
        here = residence.present[children.household, place] & (grade >= 0) & (grade <= 12) & ~gone
        child = np.flatnonzero(here)
        one = _year(chance, year, place, child, grade[child], households, children, residence, schools, poverty)
        high = one.grade >= 9
        older = child[high]
        days = (one.exit - one.entry + 1)[high]
        absent_days[older] += one.absences[high]
        enrolled_days[older] += days
        failures[older] += one.failures[high]
        moves[older] += one.moved[high]
        if year < LATEST:
            values = {
                "absence share": absent_days[child] / np.maximum(enrolled_days[child], 1),
                "failures": one.failures,
                "moves": moves[child],
                "need": households.need[children.household[child]],
                "incident": one.incidents > 0,
                "disability": children.disability[child] != "",
                "learner": children.learner[child],
            }
            _end_year(chance, one, values, children.cast[child])
            gone[child[np.isin(one.leaving, ("graduated", "dropped out"))]] = True
            repeated[child[one.leaving == "returns"]] += 1
        made.append(one)
    return _joined(made)


def _year(
    chance: np.random.Generator,
    year: int,
    place: int,
    child: np.ndarray,
    grade: np.ndarray,
    households: Households,
    children: Children,
    residence: Residence,
    schools: tuple[School, ...],
    poverty: np.ndarray,
) -> Years:
    number, house = len(child), children.household[child]
    need, engagement = households.need[house], children.engagement[child]
    days = len(instruction(year))
    entry = (residence.arrives_share[house, place] * days).astype(int)
    leaves = residence.leaves_share[house, place]
    last = np.where(leaves < 1, np.maximum(entry + 5, (leaves * days).astype(int)), days - 1)
    moved = residence.moved[house, place]
    before = school_for(schools, residence.neighborhood[house, max(place - 1, 0)], grade)
    school = school_for(schools, residence.neighborhood[house, place], grade)
    transfer = np.where(moved, (residence.move_share[house, place] * days).astype(int), -1)
    transferred = (transfer > entry + 5) & (transfer < last - 5) & (before != school)
    homeless = (chance.random(len(households)) < outcomes.probability("homeless", {"need": households.need}))[house]
    causes = {
        "engagement": engagement,
        "need": need,
        "moved": moved,
        "homeless": homeless,
        "kindergarten": grade == 0,
        "high school": grade >= 9,
        "after closure": float(year == 2022),
        "middle years": (grade >= 6) & (grade <= 10),
    }
    logit = outcomes.probability("absence", causes)
    logit = np.log(logit / (1 - logit)) + chance.normal(0, 0.8, number)
    absent = chance.binomial(last - entry + 1, 1 / (1 + np.exp(-logit)))
    late = chance.poisson(np.clip(0.6 * np.exp(-0.4 * engagement), 0, 8))
    row, day, kind = _events(chance, entry, last, absent, late)
    row, day, kind = _winter_mondays(year, np.flatnonzero(child == 0), row, day, kind)
    absences = np.bincount(row[kind != "Tardy"], minlength=number)
    tardies = np.bincount(row[kind == "Tardy"], minlength=number)
    share = absences / (last - entry + 1)
    mark = (
        MARK_BASE
        + MARK["ability"] * children.ability[child]
        + MARK["engagement"] * engagement
        + MARK["absence share"] * share
        + MARK["disability"] * (children.disability[child] != "")
        + MARK["learner"] * children.learner[child]
    )
    marks = np.clip(np.round(mark[:, None] + chance.normal(0, MARK_NOISE, (number, COURSES))), 25, 100)
    marks[grade <= 5, 1:] = np.nan
    incident = chance.random(number) < outcomes.probability("incident", causes)
    wealth = poverty[house]
    return Years(
        child=child,
        year=np.full(number, year),
        grade=grade,
        school=np.where(transferred, before, school),
        next_school=school,
        entry=entry,
        transfer=np.where(transferred, transfer, -1),
        exit=last,
        address=residence.address[house, place],
        leaving=np.where(leaves < 1, "moved away", "").astype(object),
        homeless=homeless,
        meals=np.where((wealth > 0.45) | homeless, "Free", np.where(wealth > 0.2, "Reduced", "Full")).astype(object),
        incidents=incident * (1 + (chance.random(number) < 0.2)),
        absences=absences,
        tardies=tardies,
        failures=(marks < MARK_PASS).sum(axis=1) * (grade >= 6),
        moved=moved,
        marks=marks,
        event_row=row,
        event_day=day,
        event_kind=kind,
    )


def _end_year(chance: np.random.Generator, one: Years, values: dict[str, np.ndarray], cast: np.ndarray) -> None:
    """Who drops out, who graduates, who comes back for a fifth year: written into `leaving`."""
    staying = (one.leaving == "") & ~cast
    high = staying & (one.grade >= 9)
    drops = high & (chance.random(len(one)) < outcomes.probability("dropout", values))
    senior = staying & (one.grade == 12) & ~drops
    passes = senior & (chance.random(len(one)) < outcomes.probability("graduation", values))
    again = senior & ~passes
    returns = again & (chance.random(len(one)) < 0.55)
    one.leaving[drops | (again & ~returns)] = "dropped out"
    one.leaving[passes] = "graduated"
    one.leaving[returns] = "returns"


def _events(
    chance: np.random.Generator, entry: np.ndarray, last: np.ndarray, absent: np.ndarray, late: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, day and kind of every absence and tardy; of two on one day the absence stays."""
    total = absent + late
    row = np.repeat(np.arange(len(entry)), total)
    order = np.arange(len(row)) - np.repeat(np.cumsum(total) - total, total)
    tardy = order >= absent[row]
    day = entry[row] + (chance.random(len(row)) * (last - entry + 1)[row]).astype(int)
    _, kept = np.unique((row * 512 + day) * 2 + tardy, return_index=True)
    first = np.ones(len(kept), dtype=bool)
    first[1:] = (row[kept][1:] != row[kept][:-1]) | (day[kept][1:] != day[kept][:-1])
    kept = kept[first]
    excused = chance.random(len(kept)) < 0.58
    kind = np.where(tardy[kept], 2, np.where(excused, 0, 1))
    return row[kept].astype(np.int32), day[kept].astype(np.int16), _EVENTS[kind]


def _winter_mondays(
    year: int, rows: np.ndarray, row: np.ndarray, day: np.ndarray, kind: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The days of the first child, Maya, are those of her story: Mondays from December to February, and few others."""
    if not len(rows):
        return row, day, kind
    days = instruction(year)
    mondays = np.flatnonzero(
        ((days.astype(int) + 3) % 7 == 0) & np.isin(days.astype("datetime64[M]").astype(int) % 12, (11, 0, 1))
    )
    others = row != rows[0]
    return (
        np.concatenate([np.full(len(mondays), rows[0], np.int32), row[others]]),
        np.concatenate([mondays.astype(np.int16), day[others]]),
        np.concatenate([np.full(len(mondays), "Excused Absence", dtype=object), kind[others]]),
    )


def _joined(parts: list[Years]) -> Years:
    starts = np.cumsum([0, *(len(part) for part in parts)])
    for part, start in zip(parts, starts, strict=False):
        part.event_row = part.event_row + np.int32(start)
    return Years(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in vars(parts[0])})
