"""What is true in Maple Grove, written apart from what any system delivers: who is who, and what was made dirty."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.csv_files import Columns, days, stacked, texts, write_csv
from homeroom.demo.dirtying import DirtLog
from homeroom.demo.district import District
from homeroom.demo.families import LATEST
from homeroom.demo.schools import YEARS, instruction


@dataclass
class Truth:
    """`people`: which made-up person each row of each source is about, filled as the sources are written."""

    log: DirtLog = field(default_factory=DirtLog)
    people: list[Columns] = field(default_factory=list)

    def students(self, source: str, ids: np.ndarray, children: np.ndarray) -> None:
        self._add(source, "Student", ids, children)

    def contacts(self, source: str, ids: np.ndarray, adults: np.ndarray) -> None:
        self._add(source, "Contact", ids, adults)

    def staff(self, source: str, ids: np.ndarray, staff: np.ndarray) -> None:
        self._add(source, "Staff", ids, staff)

    def _add(self, source: str, kind: str, ids: np.ndarray, persons: np.ndarray) -> None:
        self.people.append(
            {"source": source, "kind": kind, "source_id": ids, "person_id": texts(persons, kind.lower() + "-{:06d}")}
        )

    def write(self, folder: Path, district: District) -> None:
        """Write persons.csv, students.csv, schools.csv, student_years.csv and dirt.csv into `folder`."""
        write_csv(folder / "persons.csv", stacked(self.people))
        entries: list[Columns] = [
            {"source": source, "record": record, "source_id": ids, "field": field_, "dirt": dirt}
            for source, record, ids, field_, dirt in self.log.entries
        ]
        write_csv(folder / "dirt.csv", stacked(entries))
        write_csv(folder / "students.csv", _students(district))
        write_csv(folder / "student_years.csv", _student_years(district))
        schools = district.schools
        write_csv(
            folder / "schools.csv",
            {
                "name": objects([s.name for s in schools]),
                "sis": objects([s.sis_id for s in schools]),
                "warehouse": objects([s.warehouse_id for s in schools]),
                "assessments": objects([s.vendor_id for s in schools]),
            },
        )


def _students(district: District) -> Columns:
    children, years = district.children, district.years
    number = len(children)
    attended = np.bincount(years.child, weights=years.exit - years.entry + 1, minlength=number)
    absent = np.bincount(years.child, weights=years.absences, minlength=number)
    last = np.full(number, -1)
    last[years.child] = np.arange(len(years))
    leaving = years.leaving[last]
    still = (years.year[last] == LATEST) & (leaving == "")
    twin = np.where(children.twin >= 0, texts(children.twin, "student-{:06d}"), "")
    return {
        "person_id": texts(np.arange(number), "student-{:06d}"),
        "given": children.given,
        "middle": children.middle,
        "surname": children.surname,
        "suffix": children.suffix,
        "former_surname": children.former_surname,
        "goes_by": children.goes_by,
        "birth_date": days(children.birth_date),
        "sex": np.where(children.female, "Female", "Male").astype(object),
        "household": texts(children.household, "household-{:06d}"),
        "twin": twin.astype(object),
        "need": texts(district.households.need[children.household], "{:.3f}"),
        "engagement": texts(children.engagement, "{:.3f}"),
        "ability": texts(children.ability, "{:.3f}"),
        "disability": children.disability,
        "english_learner": np.where(children.learner, "true", "false").astype(object),
        "attendance_rate": texts(1 - absent / attended, "{:.4f}"),
        "failures": texts(np.bincount(years.child, weights=years.failures, minlength=number).astype(int)),
        "last_year": texts(years.year[last]),
        "last_grade": texts(years.grade[last]),
        "ending": np.where(still, "enrolled", np.where(leaving == "", "not returned", leaving)).astype(object),
        "story": objects(["cast" if cast else "" for cast in children.cast]),
    }


def _student_years(district: District) -> Columns:
    years = district.years
    names = objects([school.name for school in district.schools])
    held = np.zeros(max(YEARS) + 1, dtype=int)
    for year in YEARS:
        held[year] = len(instruction(year))
    return {
        "person_id": texts(years.child, "student-{:06d}"),
        "school_year": texts(years.year),
        "grade": texts(years.grade),
        "school": names[years.next_school],
        "days_enrolled": texts(years.exit - years.entry + 1),
        "days_held": texts(held[years.year]),
        "absences": texts(years.absences),
        "tardies": texts(years.tardies),
        "failures": texts(years.failures),
        "mean_mark": texts(np.nanmean(years.marks, axis=1), "{:.1f}"),
        "incidents": texts(years.incidents),
        "moved": np.where(years.moved, "true", "false").astype(object),
        "homeless": np.where(years.homeless, "true", "false").astype(object),
        "meals": years.meals,
        "leaving": years.leaving,
    }
