"""What the student information system knows besides people: schools, sessions, courses, classes, line items."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.csv_files import days, texts, write_csv
from homeroom.demo.district import District
from homeroom.demo.families import LATEST
from homeroom.demo.schools import DELIVERED, instruction, quarters

DISTRICT, YEAR, CATEGORY = "417000", f"Y{LATEST}", "CAT-QUARTER"
_FILES = [
    "academicSessions",
    "categories",
    "classes",
    "courses",
    "demographics",
    "enrollments",
    "lineItems",
    "orgs",
    "results",
    "roles",
    "users",
]
_ALL_FILES = [
    "academicSessions",
    "categories",
    "classes",
    "classResources",
    "courses",
    "courseResources",
    "demographics",
    "enrollments",
    "lineItemLearningObjectiveIds",
    "lineItems",
    "lineItemScoreScales",
    "orgs",
    "resources",
    "resultLearningObjectiveIds",
    "results",
    "resultScoreScales",
    "roles",
    "scoreScales",
    "userProfiles",
    "userResources",
    "users",
]


def class_ids(district: District) -> np.ndarray:
    """The id of each section, '' for those of other years."""
    lists = district.lists
    codes = objects([course.code for course in district.courses])[lists.section_course]
    places = objects([s.sis_id for s in district.schools])[lists.section_school]
    ids = objects([f"{p}-{c}-{n}" for p, c, n in zip(places, codes, lists.section_ordinal.tolist(), strict=True)])
    return np.where(lists.section_year == LATEST, ids, "").astype(object)


def finished_quarters() -> list[tuple[int, np.datetime64, np.datetime64]]:
    """Number, first and last day of the grading periods that had ended when the bundle was exported."""
    return [(n, a, b) for n, (a, b) in enumerate(quarters(LATEST), 1) if b < np.datetime64(DELIVERED)]


def write_catalog(folder: Path, district: District) -> int:
    lists, courses, schools = district.lists, district.courses, district.schools
    now = np.flatnonzero(lists.section_year == LATEST)
    ids = class_ids(district)[now]
    course = lists.section_course[now]
    titles = objects([one.title for one in courses])
    codes = objects([one.code for one in courses])
    subjects = objects([one.subject for one in courses])
    grades = objects(["KG" if one.grade == 0 else f"{one.grade:02d}" for one in courses])
    ordinal = lists.section_ordinal[now]
    _manifest(folder)
    written = write_csv(
        folder / "orgs.csv",
        {
            "sourcedId": objects([DISTRICT, *(s.sis_id for s in schools)]),
            "status": "",
            "dateLastModified": "",
            "name": objects(["Maple Grove Public Schools", *(s.name for s in schools)]),
            "type": objects(["district", *("school" for _ in schools)]),
            "identifier": objects(["0279", *(s.state_code for s in schools)]),
            "parentSourcedId": objects(["", *(DISTRICT for _ in schools)]),
        },
    )
    written += write_csv(folder / "academicSessions.csv", _sessions())
    used = np.unique(course)
    written += write_csv(
        folder / "courses.csv",
        {
            "sourcedId": codes[used],
            "status": "",
            "dateLastModified": "",
            "schoolYearSourcedId": YEAR,
            "title": titles[used],
            "courseCode": codes[used],
            "grades": grades[used],
            "orgSourcedId": DISTRICT,
            "subjects": subjects[used],
            "subjectCodes": "",
        },
    )
    written += write_csv(
        folder / "classes.csv",
        {
            "sourcedId": ids,
            "status": "",
            "dateLastModified": "",
            "title": objects([f"{titles[c]} - {n}" for c, n in zip(course, ordinal.tolist(), strict=True)]),
            "grades": grades[course],
            "courseSourcedId": codes[course],
            "classCode": ids,
            "classType": np.where(course < 6, "homeroom", "scheduled").astype(object),
            "location": texts(100 + (lists.section_teacher[now] * 7) % 160, "Room {}"),
            "schoolSourcedId": objects([s.sis_id for s in schools])[lists.section_school[now]],
            "termSourcedIds": YEAR,
            "subjects": subjects[course],
            "subjectCodes": "",
            "periods": np.where(course < 6, "", texts(1 + ordinal % 6)).astype(object),
        },
    )
    written += write_csv(
        folder / "categories.csv",
        {
            "sourcedId": objects([CATEGORY]),
            "status": "",
            "dateLastModified": "",
            "title": "Quarter Grade",
            "weight": "100",
        },
    )
    return written + _line_items(folder, ids, objects([s.sis_id for s in schools])[lists.section_school[now]])


def _sessions() -> dict[str, np.ndarray | str]:
    held, parts = instruction(LATEST), quarters(LATEST)
    rows = [
        (YEAR, f"School Year {LATEST - 1}-{LATEST}", "schoolYear", held[0], held[-1], ""),
        ("FALL", "Fall Semester", "semester", parts[0][0], parts[1][1], YEAR),
        ("SPRING", "Spring Semester", "semester", parts[2][0], parts[3][1], YEAR),
        *(
            (f"Q{n}", f"Quarter {n}", "gradingPeriod", a, b, "FALL" if n < 3 else "SPRING")
            for n, (a, b) in enumerate(parts, 1)
        ),
    ]
    return {
        "sourcedId": objects([row[0] for row in rows]),
        "status": "",
        "dateLastModified": "",
        "title": objects([row[1] for row in rows]),
        "type": objects([row[2] for row in rows]),
        "startDate": days(np.array([row[3] for row in rows])),
        "endDate": days(np.array([row[4] for row in rows])),
        "parentSourcedId": objects([row[5] for row in rows]),
        "schoolYear": str(LATEST),
    }


def _line_items(folder: Path, classes: np.ndarray, schools: np.ndarray) -> int:
    finished = finished_quarters()
    every = np.tile(classes, len(finished))
    quarter = np.repeat([number for number, _, _ in finished], len(classes))
    return write_csv(
        folder / "lineItems.csv",
        {
            "sourcedId": objects([f"{c}-Q{q}" for c, q in zip(every, quarter.tolist(), strict=True)]),
            "status": "",
            "dateLastModified": "",
            "title": texts(quarter, "Quarter {} Grade"),
            "description": "",
            "assignDate": days(np.repeat([a for _, a, _ in finished], len(classes))),
            "dueDate": days(np.repeat([b for _, _, b in finished], len(classes))),
            "classSourcedId": every,
            "categorySourcedId": CATEGORY,
            "gradingPeriodSourcedId": texts(quarter, "Q{}"),
            "resultValueMin": "0",
            "resultValueMax": "100",
            "academicSessionSourcedId": "",
            "schoolSourcedId": np.tile(schools, len(finished)),
        },
    )


def _manifest(folder: Path) -> None:
    properties = {"manifest.version": "1.0", "oneroster.version": "1.2"}
    properties |= {f"file.{name}": "bulk" if name in _FILES else "absent" for name in _ALL_FILES}
    properties |= {"source.systemName": "Maple Grove student information system", "source.systemCode": "MGSIS"}
    write_csv(
        folder / "manifest.csv",
        {
            "propertyName": objects(list(properties)),
            "value": objects(list(properties.values())),
        },
    )
