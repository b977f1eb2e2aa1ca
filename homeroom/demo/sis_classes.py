"""Who is in which class of the student information system, and the grades of the quarters that are over."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.csv_files import Columns, days, stacked, texts, write_csv
from homeroom.demo.dirt import RATE
from homeroom.demo.dirtying import DirtLog
from homeroom.demo.district import District
from homeroom.demo.families import LATEST
from homeroom.demo.rosters import Roster
from homeroom.demo.schools import DELIVERED, instruction
from homeroom.demo.sis_catalog import class_ids, finished_quarters


def write_classes(
    folder: Path, district: District, chance: np.random.Generator, roster: Roster, staff_ids: np.ndarray, log: DirtLog
) -> int:
    """Write enrollments.csv and results.csv; a student with two ids has some classes under each. Returns the rows."""
    lists, years, held = district.lists, district.years, instruction(LATEST)
    known = int((held <= np.datetime64(DELIVERED)).sum())
    seats = np.flatnonzero(years.year[lists.seat_row] == LATEST)
    seats = seats[lists.seat_entry[seats] < known]
    child = years.child[lists.seat_row[seats]]
    student = roster.id_of(child, lists.seat_slot[seats] >= 3)
    section = lists.seat_section[seats]
    classes = class_ids(district)
    schools = objects([s.sis_id for s in district.schools])
    begin = held[lists.seat_entry[seats]]
    leave = lists.seat_exit[seats]
    end = np.where(leave < known, held[np.minimum(leave, known - 1)], np.datetime64("NaT"))
    ids = objects([f"E{number}" for number in range(len(seats))])
    calm = ~district.children.cast[child]
    backwards = np.flatnonzero((chance.random(len(seats)) < RATE["exit-before-entry"]) & calm)
    end[backwards] = begin[backwards] - 20
    log.note("sis", "enrollment", ids[backwards], "endDate", "exit-before-entry")
    dangling = np.flatnonzero((chance.random(len(seats)) < RATE["reference-dangling"]) & calm)
    user = student.copy()
    user[dangling] = texts(9_000_000 + dangling)
    log.note("sis", "enrollment", ids[dangling], "userSourcedId", "reference-dangling")
    taught = np.flatnonzero(lists.section_year == LATEST)
    of_students = {
        "sourcedId": ids,
        "status": "",
        "dateLastModified": "",
        "classSourcedId": classes[section],
        "schoolSourcedId": schools[lists.section_school[section]],
        "userSourcedId": user,
        "role": "student",
        "primary": "false",
        "beginDate": days(begin),
        "endDate": days(end),
    }
    of_teachers = {
        "sourcedId": texts(taught, "ET{}"),
        "classSourcedId": classes[taught],
        "schoolSourcedId": schools[lists.section_school[taught]],
        "userSourcedId": staff_ids[lists.section_teacher[taught]],
        "role": "teacher",
        "primary": "true",
        "beginDate": days(np.repeat(held[0], len(taught))),
    }
    written = write_csv(folder / "enrollments.csv", stacked([of_students, of_teachers]))
    mark = years.marks[lists.seat_row[seats], lists.seat_slot[seats]]
    return written + _results(folder, chance, classes[section], student, mark, begin, lists.seat_exit[seats], held)


def _results(
    folder: Path,
    chance: np.random.Generator,
    classes: np.ndarray,
    student: np.ndarray,
    mark: np.ndarray,
    begin: np.ndarray,
    leave: np.ndarray,
    held: np.ndarray,
) -> int:
    parts: list[Columns] = []
    for number, _, last in finished_quarters():
        there = np.flatnonzero((begin < last - 10) & (held[leave] >= last))
        score = np.clip(np.round(mark[there] + chance.normal(0, 4, len(there))), 20, 100).astype(int)
        graded = last + 4
        parts.append(
            {
                "sourcedId": objects([f"RS{number}-{place}" for place in there.tolist()]),
                "status": "",
                "dateLastModified": "",
                "lineItemSourcedId": classes[there] + f"-Q{number}",
                "studentSourcedId": student[there],
                "scoreStatus": "fully graded",
                "score": texts(score),
                "scoreDate": str(graded),
                "comment": "",
            }
        )
    return write_csv(folder / "results.csv", stacked(parts))
