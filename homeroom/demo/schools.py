"""The schools of Maple Grove, who teaches there, and the days on which they are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from homeroom.demo.names import places

YEARS = (2022, 2023, 2024, 2025, 2026)
DELIVERED = date(2026, 5, 15)  # the day of the student information system's export
CITIES = (("Maple Grove", "55998"), ("Alder Falls", "55997"), ("Corbin Heights", "55996"), ("Dunmore", "55995"))
STATE = "MN"


@dataclass(frozen=True)
class School:
    number: int
    level: str  # 'Elementary' | 'Middle' | 'High'
    name: str
    short_name: str  # as the assessment vendor writes it
    sis_id: str
    warehouse_id: str
    vendor_id: str
    state_code: str

    @property
    def grades(self) -> tuple[int, ...]:
        return {"Elementary": (0, 1, 2, 3, 4, 5), "Middle": (6, 7, 8), "High": (9, 10, 11, 12)}[self.level]


def make_schools(students: int) -> tuple[School, ...]:
    """As many schools as `students` fill: about 450 to an elementary, 650 to a middle, 1,300 to a high school."""
    wanted = (
        ("Elementary", max(1, round(students * 6 / 13 / 450)), places("elementary school"), "Elem"),
        ("Middle", max(1, round(students * 3 / 13 / 650)), places("middle school"), "MS"),
        ("High", max(1, round(students * 4 / 13 / 1300)), places("high school"), "HS"),
    )
    made: list[School] = []
    for level, count, names, short in wanted:
        for place in range(count):
            # Beyond the list a second school of the name is the new one.
            name = names[place % len(names)] + ("" if place < len(names) else f" {1 + place // len(names)}")
            number = len(made)
            made.append(
                School(
                    number=number,
                    level=level,
                    name=f"{name} {level} School",
                    short_name=f"{name} {short}",
                    sis_id=str(417001 + 7 * number),
                    warehouse_id=str(27912001 + number),
                    vendor_id=f"MG{number + 11:03d}",
                    state_code=f"0279-{number + 1:03d}",
                )
            )
    return tuple(made)


def school_for(schools: tuple[School, ...], neighborhood: np.ndarray, grade: np.ndarray) -> np.ndarray:
    """The number of the school that a child of this neighborhood and grade attends."""
    by_level = {level: [s.number for s in schools if s.level == level] for level in ("Elementary", "Middle", "High")}
    elementary, middle, high = (np.array(by_level[level]) for level in ("Elementary", "Middle", "High"))
    return np.where(
        grade <= 5,
        elementary[neighborhood],
        np.where(
            grade <= 8,
            middle[neighborhood * len(middle) // len(elementary)],
            high[neighborhood * len(high) // len(elementary)],
        ),
    )


def first_day(year: int) -> np.datetime64:
    """The Monday of the third week of August before."""
    day = np.datetime64(f"{year - 1}-08-15")
    return np.datetime64(day + (7 - (day.astype("datetime64[D]").astype(int) + 3) % 7) % 7)


def calendar(year: int) -> tuple[np.ndarray, np.ndarray]:
    """Every weekday of the school year as dates, and what kind of day each is: the calendar event's name."""
    start = first_day(year)
    days = np.arange(start, start + 283)
    days = days[(days.astype(int) + 3) % 7 < 5]
    kind = np.full(len(days), "Instructional day", dtype=object)

    def mark(first: str, last: str, event: str) -> None:
        kind[(days >= np.datetime64(first)) & (days <= np.datetime64(last))] = event

    y = year - 1
    labor = np.datetime64(f"{y}-09-01")
    labor = labor + (7 - (labor.astype(int) + 3) % 7) % 7
    thanks = np.datetime64(f"{y}-11-22")
    thanks = thanks + (3 - (thanks.astype(int) + 3) % 7) % 7
    mark(str(labor), str(labor), "Holiday")
    mark(f"{y}-10-16", f"{y}-10-19", "Teacher only day")
    mark(str(thanks), str(thanks + 1), "Holiday")
    mark(f"{y}-12-23", f"{year}-01-02", "Holiday")
    king = np.datetime64(f"{year}-01-15")
    king = king + (7 - (king.astype(int) + 3) % 7) % 7
    mark(str(king), str(king), "Holiday")
    mark(f"{year}-02-{14 + year % 5}", f"{year}-02-{14 + year % 5}", "Weather day")
    mark(f"{year}-03-25", f"{year}-03-31", "Holiday")
    memorial = np.datetime64(f"{year}-05-31")
    memorial = memorial - (memorial.astype(int) + 3) % 7
    mark(str(memorial), str(memorial), "Holiday")
    return days, kind


def instruction(year: int) -> np.ndarray:
    """The days on which school was held, in order."""
    days, kind = calendar(year)
    return days[kind == "Instructional day"]


def quarters(year: int) -> list[tuple[np.datetime64, np.datetime64]]:
    """First and last day of the four grading periods."""
    days = instruction(year)
    edges = [0, len(days) // 4, len(days) // 2, 3 * len(days) // 4, len(days)]
    return [(days[a], days[b - 1]) for a, b in pairwise(edges)]
