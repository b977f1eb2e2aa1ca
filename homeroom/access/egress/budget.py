"""How many distinct students an agreement lets its keys be shown in an hour and in a day, where it names no numbers.

The numbers are Homeroom's own, set so that an app can do what it is agreed for, and a stolen key can't do much
more: only an app whose purpose is about every student of its schools may see all of them in a day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from homeroom.access.permissions import Purpose

# What is done for every student of the schools: a program reads all of them, each day, in one go.
_ABOUT_EVERYONE = frozenset({Purpose.ROSTERING, Purpose.OPERATIONS, Purpose.REQUIRED_REPORTING})
# Students who come while the day goes on, in percent of those who are there.
_COMING = 10
# What else is done is for those who use the app at the time, in percent of the schools' students.
_IN_USE_PER_HOUR, _IN_USE_PER_DAY = 10, 25
# A few classes: below that a share would stop a small school's work.
_LEAST_PER_HOUR, _LEAST_PER_DAY = 100, 250


@dataclass(frozen=True)
class Budget:
    """Distinct students within any 60 minutes, and within any 24 hours."""

    students_per_hour: int
    students_per_day: int


def implied_budget(purposes: Iterable[Purpose], students: int, whole: bool = False) -> Budget:
    """What an agreement for these purposes implies; `students`: how many are in its schools now.

    Of several purposes the widest counts. `whole`: it names a key for files of whole resources, which are of everyone.
    """
    if whole or _ABOUT_EVERYONE.intersection(purposes):
        everyone = _share(students, 100 + _COMING)
        return Budget(max(everyone, _LEAST_PER_HOUR), max(everyone, _LEAST_PER_DAY))
    return Budget(
        max(_share(students, _IN_USE_PER_HOUR), _LEAST_PER_HOUR),
        max(_share(students, _IN_USE_PER_DAY), _LEAST_PER_DAY),
    )


def agreed_budget(asked: Budget | None, implied: Budget, widened: bool) -> Budget:
    """What an agreement lets its keys be shown that may ask for a budget: at most what it implies, unless whoever
    approved it said that it may be more."""
    if asked is None or widened:
        return asked or implied
    return Budget(
        min(asked.students_per_hour, implied.students_per_hour), min(asked.students_per_day, implied.students_per_day)
    )


def _share(students: int, percent: int) -> int:
    return -(-students * percent // 100)
