"""Courses, the sections in which they are taught each year, who sits in them and who teaches them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.names import ORIGINS, Texts, draw_given, draw_surnames
from homeroom.demo.school_years import COURSES, Years
from homeroom.demo.schools import YEARS, School

_SECONDARY = (
    ("ELA", "English", ("English Language Arts {0}", "English {0}")),
    ("MAT", "Mathematics", ("Mathematics {0}", "Algebra I|Geometry|Algebra II|Precalculus")),
    ("SCI", "Science", ("Science {0}", "Physical Science|Biology|Chemistry|Physics")),
    ("SOC", "Social Studies", ("Social Studies {0}", "World Geography|World History|United States History|Government")),
    ("PHE", "Physical Education", ("Physical Education {0}", "Health and Physical Education {0}")),
)
ELECTIVES = (
    ("ART", "Fine Arts", "Art"),
    ("MUS", "Fine Arts", "Band"),
    ("SPA", "World Languages", "Spanish"),
    ("CSC", "Science", "Computer Science"),
)
_LARGEST = {"elementary": 24, "secondary": 28}
_SECTIONS_OF_A_TEACHER = 5


@dataclass(frozen=True)
class Course:
    number: int
    code: str
    title: str
    subject: str
    grade: int


@dataclass(frozen=True)
class ClassLists:
    """`seat_` columns: one place per student, section and stay at a school. `section_` columns: one per section."""

    seat_row: np.ndarray  # row of the school years
    seat_section: np.ndarray
    seat_entry: np.ndarray  # places in the year's instructional days
    seat_exit: np.ndarray
    seat_slot: np.ndarray  # column of marks
    seat_final: np.ndarray  # the stay at which the year's grade is given
    section_year: np.ndarray
    section_school: np.ndarray
    section_course: np.ndarray
    section_ordinal: np.ndarray
    section_teacher: np.ndarray  # place in Staff


@dataclass(frozen=True)
class Staff:
    given: Texts
    surname: Texts
    female: np.ndarray
    birth_date: np.ndarray
    school: np.ndarray  # -1: the district's office
    role: Texts  # 'teacher' | 'principal' | 'counselor' | 'aide'
    first_year: np.ndarray
    last_year: np.ndarray

    def __len__(self) -> int:
        return len(self.given)


def make_courses() -> tuple[Course, ...]:
    """Homerooms for the grades 0 to 5; for each later grade five courses that all take, then the electives."""
    listed: list[tuple[str, str, str, int]] = []
    for grade in range(6):
        name = "Kindergarten" if grade == 0 else f"Grade {grade}"
        listed.append((f"HR{grade:02d}", f"{name} Homeroom", "Homeroom", grade))
    for grade in range(6, 13):
        for code, subject, (middle, high) in _SECONDARY:
            forms = high.split("|")
            title = (middle if grade < 9 else forms[(grade - 9) % len(forms)]).format(grade)
            listed.append((f"{code}{grade:02d}", title, subject, grade))
        for code, subject, name in ELECTIVES:
            listed.append((f"{code}{grade:02d}", f"{name} {grade}", subject, grade))
    return tuple(Course(number, *one) for number, one in enumerate(listed))


def make_class_lists(
    chance: np.random.Generator, years: Years, schools: tuple[School, ...]
) -> tuple[ClassLists, Staff]:
    row, slot = np.nonzero(~np.isnan(years.marks))
    elective = chance.integers(0, len(ELECTIVES), len(years))
    grade = years.grade[row]
    course = np.where(grade <= 5, grade, 6 + (grade - 6) * (COURSES - 1 + len(ELECTIVES)) + slot)
    course = course + np.where((grade > 5) & (slot == COURSES - 1), elective[row], 0)
    moved = years.transfer[row] >= 0
    stays = np.concatenate([np.arange(len(row)), np.flatnonzero(moved)])
    second = np.arange(len(stays)) >= len(row)
    row, slot, course, grade, moved = row[stays], slot[stays], course[stays], grade[stays], moved[stays]
    school = np.where(second, years.next_school[row], years.school[row])
    entry = np.where(second, years.transfer[row], years.entry[row])
    leave = np.where(moved & ~second, years.transfer[row] - 1, years.exit[row])
    group = (years.year[row] * 1000 + school) * 1000 + course
    section = _divided(chance, group, np.where(grade <= 5, _LARGEST["elementary"], _LARGEST["secondary"]))
    key, place, seat_section = np.unique(section, return_index=True, return_inverse=True)
    section_year, section_school, section_course = years.year[row][place], school[place], course[place]
    teacher, staff = _staff(chance, section_year, section_school, section_course, key % 1000, schools)
    lists = ClassLists(
        row,
        seat_section,
        entry,
        leave,
        slot,
        ~moved | second,
        section_year,
        section_school,
        section_course,
        key % 1000 + 1,
        teacher,
    )
    return lists, staff


def _divided(chance: np.random.Generator, group: np.ndarray, largest: np.ndarray) -> np.ndarray:
    """A section's key for each seat: the group's number and, by lot, one of as many sections as the group needs."""
    order = np.lexsort((chance.random(len(group)), group))
    ordered = group[order]
    begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    sizes = np.diff(np.concatenate([begins, [len(ordered)]]))
    rank = np.arange(len(ordered)) - np.repeat(begins, sizes)
    needed = -(-np.repeat(sizes, sizes) // largest[order])
    key = np.empty(len(group), dtype=np.int64)
    key[order] = ordered * 1000 + rank % needed
    return key


def _staff(
    chance: np.random.Generator,
    year: np.ndarray,
    school: np.ndarray,
    course: np.ndarray,
    ordinal: np.ndarray,
    schools: tuple[School, ...],
) -> tuple[np.ndarray, Staff]:
    """The teacher of each section: in elementary one for each, else one for five of a subject. Some leave each year."""
    courses = make_courses()
    kinds = [one.code[:3] if one.grade > 5 else one.code for one in courses]
    kind_of = np.array([sorted(set(kinds)).index(kind) for kind in kinds])
    elementary = np.array([one.grade <= 5 for one in courses])[course]
    kind = kind_of[course]
    order = np.lexsort((ordinal, course, kind, school, year))
    group = (year * 1000 + school) * 100 + kind
    begins = np.flatnonzero(np.concatenate([[True], group[order][1:] != group[order][:-1]]))
    sizes = np.diff(np.concatenate([begins, [len(order)]]))
    rank = np.empty(len(order), dtype=int)
    rank[order] = np.arange(len(order)) - np.repeat(begins, sizes)
    post = (school * 100 + kind) * 100 + np.where(elementary, rank, rank // _SECTIONS_OF_A_TEACHER)
    posts, post_of = np.unique(post, return_inverse=True)
    # The posts without sections come behind: a principal, counselors, an aide in each school.
    others = [(s.number, role) for s in schools for role in ("principal", "counselor", "counselor", "aide")]
    count = len(posts) + len(others)
    new = chance.random((count, len(YEARS))) < 0.11
    new[:, 0] = False
    generation = np.cumsum(new, axis=1)
    holders, person = np.unique(np.arange(count)[:, None] * 10 + generation, return_inverse=True)
    person = person.reshape(count, len(YEARS))
    held = holders // 10
    school_of = np.concatenate([posts // 10000, [number for number, _ in others]])[held]
    role_of = np.concatenate([np.full(len(posts), "teacher", dtype=object), objects([r for _, r in others])])[held]
    first, last = np.full(len(holders), YEARS[-1]), np.full(len(holders), YEARS[0])
    for place, one in enumerate(YEARS):
        first[person[:, place]] = np.minimum(first[person[:, place]], one)
        last[person[:, place]] = np.maximum(last[person[:, place]], one)
    origin = chance.choice(len(ORIGINS), len(holders), p=_teachers_origins())
    female = chance.random(len(holders)) < 0.74
    birth = np.datetime64("1958-01-01") + chance.integers(0, 365 * 39, len(holders))
    staff = Staff(
        draw_given(chance, origin, female, elder=True),
        draw_surnames(chance, origin),
        female,
        birth,
        school_of,
        role_of,
        first,
        last,
    )
    return person[post_of, year - YEARS[0]], staff


def _teachers_origins() -> np.ndarray:
    shares = np.array([one.share * (2.5 if one.name == "english" else 0.7) for one in ORIGINS])
    return shares / shares.sum()
