"""The assessment vendor: students by name, birth date and grade under the vendor's own ids, and five years of scores.

A OneRoster 1.1 bundle of users, organisations, line items and results; it has no sessions, classes or enrollments: the
vendor knows who sat a test and nothing more.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.csv_files import texts, write_csv
from homeroom.demo.district import District
from homeroom.demo.families import LATEST
from homeroom.demo.outcomes import SCORE, SCORE_BASE, SCORE_NOISE
from homeroom.demo.rosters import make_roster
from homeroom.demo.schools import DELIVERED, YEARS, instruction
from homeroom.demo.sis import grade_codes
from homeroom.demo.truth import Truth

SOURCE = "assessments"
TESTED = (3, 4, 5, 6, 7, 8, 10)
SUBJECTS = ("Reading", "Mathematics")
WINDOWS = (("Fall", 22), ("Spring", 146))
_LEVELS = objects(["Does Not Meet", "Partially Meets", "Meets", "Exceeds"])


def write_assessments(folder: Path, district: District, truth: Truth) -> int:
    """Write the bundle into `folder`, and who is who into `truth`. Returns the number of rows."""
    chance, years, children = district.chance(30), district.years, district.children
    row, window = _sittings(chance, district)
    tested = np.unique(years.child[row])
    numbers = 0x1000000 + chance.permutation(20 * len(tested))[: 2 * len(tested)] * 977
    roster = make_roster(
        district, SOURCE, chance, truth.log, tested, numbers, "mg-{:08x}", factor=1.6, former=0.6, again=0.8
    )
    # The vendor knows Elizabeth of the cast as Liz.
    liz = children.cast[roster.owner] & (children.given[roster.owner] == "Elizabeth")
    roster.names.given[liz] = "Liz"
    truth.students(SOURCE, roster.ids, roster.owner)
    latest = np.zeros(len(children), dtype=int)
    latest[years.child[row]] = row
    row_of = latest[roster.owner]
    written = _users(
        folder,
        chance,
        district,
        roster.ids,
        roster.names.given,
        _with_suffix(chance, district, roster.owner, roster.names.surname),
        row_of,
    )
    day = objects([f"{d[5:7]}/{d[8:10]}/{d[:4]}" for d in roster.birth_date.astype(str)])
    sex = np.where(children.female[roster.owner], "female", "male").astype(object)
    written += write_csv(
        folder / "demographics.csv",
        {
            "sourcedId": roster.ids,
            "status": "active",
            "dateLastModified": "2026-05-12",
            "birthDate": roster.dirtier.missing(day, "birth date", 0.004),
            "sex": roster.dirtier.missing(sex, "sex", 0.3),
        },
    )
    return written + _scores(
        folder, chance, district, row, window, roster.id_of(years.child[row], years.year[row] >= 2025)
    )


def _sittings(chance: np.random.Generator, district: District) -> tuple[np.ndarray, np.ndarray]:
    """Row of the school years and window of each sitting: who was enrolled on the day and came."""
    years = district.years
    rows, windows = [], []
    for number, (_, day) in enumerate(WINDOWS):
        there = (years.entry <= day) & (years.exit >= day) & np.isin(years.grade, TESTED)
        chosen = np.flatnonzero(there & ((chance.random(len(years)) < 0.965) | district.children.cast[years.child]))
        rows.append(chosen)
        windows.append(np.full(len(chosen), number))
    return np.concatenate(rows), np.concatenate(windows)


def _with_suffix(chance: np.random.Generator, district: District, owner: np.ndarray, surname: np.ndarray) -> np.ndarray:
    suffix = district.children.suffix[owner]
    return np.where((suffix != "") & (chance.random(len(owner)) < 0.4), surname + " " + suffix, surname).astype(object)


def _users(
    folder: Path,
    chance: np.random.Generator,
    district: District,
    ids: np.ndarray,
    given: np.ndarray,
    surname: np.ndarray,
    row: np.ndarray,
) -> int:
    years, schools = district.years, district.schools
    current = years.year[row] == LATEST
    org = objects([s.vendor_id for s in schools])[years.next_school[row]]
    written = write_csv(
        folder / "users.csv",
        {
            "sourcedId": ids,
            "status": "active",
            "dateLastModified": "2026-05-12",
            "enabledUser": np.where(current, "true", "false").astype(object),
            "orgSourcedIds": org,
            "role": "student",
            "username": ids,
            "userIds": "",
            "givenName": given,
            "familyName": surname,
            "middleName": "",
            "identifier": "",
            "email": "",
            "sms": "",
            "phone": "",
            "agentSourcedIds": "",
            "grades": grade_codes(years.grade[row]),
            "password": "",
        },
    )
    return written + write_csv(
        folder / "orgs.csv",
        {
            "sourcedId": objects(["MGPS", *(s.vendor_id for s in schools)]),
            "status": "active",
            "dateLastModified": "2026-05-12",
            "name": objects(["Maple Grove Public Schools", *(s.short_name for s in schools)]),
            "type": objects(["district", *("school" for _ in schools)]),
            "identifier": "",
            "parentSourcedId": objects(["", *("MGPS" for _ in schools)]),
        },
    )


def _scores(
    folder: Path,
    chance: np.random.Generator,
    district: District,
    row: np.ndarray,
    window: np.ndarray,
    student: np.ndarray,
) -> int:
    years, children = district.years, district.children
    child, year, grade = years.child[row], years.year[row], years.grade[row]
    share = years.absences[row] / (years.exit[row] - years.entry[row] + 1)
    # What a student can do stays; what a day brings doesn't.
    common = SCORE_BASE + SCORE["ability"] * children.ability[child] + SCORE["engagement"] * children.engagement[child]
    common = common + SCORE["grade"] * (grade + 0.5 * window) + SCORE["absence share"] * share
    dates = np.array([[instruction(one)[day : day + 4] for _, day in WINDOWS] for one in YEARS])
    parts: list[dict[str, np.ndarray]] = []
    for subject in SUBJECTS:
        score = common + SCORE["learner in reading"] * (children.learner[child] & (subject == "Reading"))
        score = score + 8 * children.cast[child] * (child == 0) * (subject == "Reading")
        score = np.clip(np.round(score + chance.normal(0, SCORE_NOISE, len(row))), 100, 350).astype(int)
        line = [
            f"{subject[:4].upper()}-{y}-{WINDOWS[w][0].upper()}-{g:02d}"
            for y, w, g in zip(year.tolist(), window.tolist(), grade.tolist(), strict=True)
        ]
        sat = dates[year - YEARS[0], window, chance.integers(0, 4, len(row))]
        level = np.clip((score - (SCORE_BASE + SCORE["grade"] * (grade + 0.5 * window)) + 22) // 15, 0, 3).astype(int)
        parts.append({"line": objects(line), "score": score, "date": sat, "level": level, "student": student})
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    if (joined["date"] > np.datetime64(DELIVERED)).any():
        raise AssertionError("a test was sat after the day of the export")
    written = write_csv(
        folder / "results.csv",
        {
            "sourcedId": texts(np.arange(len(joined["line"])), "sc-{:07d}"),
            "status": "active",
            "dateLastModified": "2026-05-12",
            "lineItemSourcedId": joined["line"],
            "studentSourcedId": joined["student"],
            "scoreStatus": "fully graded",
            "score": texts(joined["score"]),
            "scoreDate": joined["date"].astype(str).astype(object),
            "comment": "",
            "textScore": _LEVELS[joined["level"]],
        },
    )
    items = np.unique(joined["line"].astype(str))
    named = {subject[:4].upper(): subject for subject in SUBJECTS}
    split = [item.split("-") for item in items.tolist()]
    return written + write_csv(
        folder / "lineItems.csv",
        {
            "sourcedId": items.astype(object),
            "status": "active",
            "dateLastModified": "2026-05-12",
            "title": objects(
                [f"{named[s]} {w.title()} {int(y) - (w == 'FALL')} Grade {int(g)}" for s, y, w, g in split]
            ),
            "description": "",
            "assignDate": "",
            "dueDate": "",
            "classSourcedId": "",
            "categorySourcedId": "",
            "gradingPeriodSourcedId": "",
            "resultValueMin": "100",
            "resultValueMax": "350",
        },
    )
