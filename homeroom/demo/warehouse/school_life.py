"""Attendance, grades, graduation and discipline of a year, as the warehouse holds them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from homeroom.demo.arrays import objects
from homeroom.demo.csv_files import Columns, days, texts
from homeroom.demo.dirt import RATE
from homeroom.demo.district import District
from homeroom.demo.schools import calendar, instruction
from homeroom.demo.truth import Truth
from homeroom.demo.warehouse.enrollment import coded, student_ids
from homeroom.demo.warehouse.interchange import (
    STUDENT,
    organization_reference,
    school_reference,
    school_year,
    session_reference,
    uri,
    write_interchange,
)
from homeroom.demo.warehouse.people import SOURCE, People
from homeroom.demo.warehouse.places import section_identities

_LETTERS = objects(["F", "D", "C", "B", "A"])
_GRADED = 4  # of the courses of a student, the first ones have their final grades in the warehouse


def write_attendance(path: Path, district: District, truth: Truth, people: People, year: int) -> int:
    """Absences and tardies; a day without an event is a day in attendance."""
    chance, years, held = district.chance(800 + year), district.years, instruction(year)
    events = np.flatnonzero(years.year[years.event_row] == year)
    row, place = years.event_row[events], years.event_day[events]
    school = np.where(
        (years.transfer[row] >= 0) & (place >= years.transfer[row]), years.next_school[row], years.school[row]
    )
    ids, dates = student_ids(district, people, row), held[place]
    weekdays, kinds = calendar(year)
    closed = weekdays[(kinds != "Instructional day") & (weekdays > held[0]) & (weekdays < held[-1])]
    calm = ~district.children.cast[years.child[row]]
    wrong = np.flatnonzero((chance.random(len(events)) < RATE["attendance-on-closed-day"]) & calm)
    dates[wrong] = chance.choice(closed, len(wrong))
    truth.log.note(SOURCE, f"StudentSchoolAttendanceEvent {year}", ids[wrong], "date", "attendance-on-closed-day")
    places = objects(
        [school_reference(s.warehouse_id) + session_reference(s.warehouse_id, year) for s in district.schools]
    )
    names = {kind: uri("AttendanceEventCategory", kind) for kind in ("Excused Absence", "Unexcused Absence", "Tardy")}
    template = (
        "<StudentSchoolAttendanceEvent><AttendanceEvent><EventDate>{day}</EventDate>"
        "<AttendanceEventCategory>{kind}</AttendanceEventCategory></AttendanceEvent>" + STUDENT + "{place}"
        "</StudentSchoolAttendanceEvent>"
    )
    calendar_days, which = np.unique(dates, return_inverse=True)
    columns: Columns = {
        "day": days(calendar_days)[which],
        "kind": objects([names[kind] for kind in years.event_kind[events]]),
        "student": ids,
        "place": places[school],
    }
    return write_interchange(path, "StudentAttendance", [(template, columns)])


def write_grades(path: Path, district: District, people: People, year: int) -> int:
    """The final grade of each student who finished the year in a section."""
    years, lists, held = district.years, district.lists, instruction(year)
    finished = (years.year[lists.seat_row] == year) & lists.seat_final & (lists.seat_exit >= len(held) - 10)
    seats = np.flatnonzero(finished & (lists.seat_slot < _GRADED))
    row, section = lists.seat_row[seats], lists.seat_section[seats]
    mark = years.marks[row, lists.seat_slot[seats]].astype(int)
    template = (
        "<Grade><LetterGradeEarned>{letter}</LetterGradeEarned><NumericGradeEarned>{mark}</NumericGradeEarned>"
        f"<GradeType>{uri('GradeType', 'Final')}</GradeType>"
        "<StudentSectionAssociationReference><StudentSectionAssociationIdentity>"
        + STUDENT
        + "<SectionReference>{section}</SectionReference><BeginDate>{begin}</BeginDate>"
        "</StudentSectionAssociationIdentity></StudentSectionAssociationReference><GradingPeriodReference>"
        f"<GradingPeriodIdentity>{{school}}<GradingPeriod>{uri('GradingPeriod', 'End of Year')}</GradingPeriod>"
        f"<GradingPeriodName>{school_year(year)} Final</GradingPeriodName><SchoolYear>{school_year(year)}</SchoolYear>"
        "</GradingPeriodIdentity></GradingPeriodReference></Grade>"
    )
    references = objects([school_reference(one.warehouse_id) for one in district.schools])
    columns: Columns = {
        "letter": _LETTERS[np.clip((mark - 50) // 10, 0, 4)],
        "mark": objects([str(n) for n in range(151)])[mark],
        "student": student_ids(district, people, row),
        "section": section_identities(district)[section],
        "begin": days(held[lists.seat_entry[seats]]),
        "school": references[lists.section_school[section]],
    }
    return write_interchange(path, "StudentGrade", [(template, columns)])


def write_transcripts(path: Path, district: District, people: People, year: int) -> int:
    """The record of each twelfth-grader at the year's end, with the diploma of those who graduated."""
    years = district.years
    rows = np.flatnonzero((years.year == year) & (years.grade == 12) & (years.leaving != "moved away"))
    graduated = years.leaving[rows] == "graduated"
    passed = 24 - 2 * years.failures[rows] - np.where(graduated, 0, 3)
    template = (
        "<StudentAcademicRecord><CumulativeEarnedCredits><Credits>{credits}</Credits></CumulativeEarnedCredits>"
        f"[<Diploma><Achievement><AchievementCategory>{uri('AchievementCategory', 'Diploma Earned')}"
        "</AchievementCategory></Achievement><DiplomaAwardDate>{awarded}</DiplomaAwardDate>"
        f"<DiplomaType>{uri('DiplomaType', 'Regular diploma')}</DiplomaType></Diploma>]" + STUDENT + "{school}"
        f"<SchoolYear>{school_year(year)}</SchoolYear><Term>{uri('Term', 'Year Round')}</Term></StudentAcademicRecord>"
    )
    references = objects([organization_reference(one.warehouse_id) for one in district.schools])
    columns: Columns = {
        "credits": texts(np.maximum(passed, 6)),
        "awarded": np.where(graduated, f"{year}-06-12", "").astype(object),
        "student": student_ids(district, people, rows),
        "school": references[years.next_school[rows]],
    }
    return write_interchange(path, "StudentTranscript", [(template, columns)])


def write_discipline(path: Path, district: District, people: People, year: int) -> int:
    """Incidents, what each student did, and what followed."""
    chance, years, held = district.chance(900 + year), district.years, instruction(year)
    rows = np.repeat(np.arange(len(years)), np.where(years.year == year, years.incidents, 0))
    place = years.entry[rows] + (chance.random(len(rows)) * (years.exit - years.entry)[rows]).astype(int)
    school = np.where(
        (years.transfer[rows] >= 0) & (place >= years.transfer[rows]), years.next_school[rows], years.school[rows]
    )
    schools = objects([one.warehouse_id for one in district.schools])[school]
    kind = chance.choice(4, len(rows), p=[0.45, 0.3, 0.2, 0.05])
    lengths = objects(["1", "2", "3", "10"])
    actions = ("In School Suspension", "Out of School Suspension", "Removal from Classroom", "Out of School Suspension")
    shared: Columns = {
        "id": texts(np.arange(len(rows)), f"{year}-{{:05d}}"),
        "day": days(held[place]),
        "student": student_ids(district, people, rows),
        "school": objects([school_reference(one) for one in schools]),
        "responsible": objects([school_reference(one, "ResponsibilitySchool") for one in schools]),
        "behavior": coded(
            "Behavior", objects(["School Code of Conduct", "School Violation", "Other", "State Offense"])[kind]
        ),
        "location": coded(
            "IncidentLocation", objects(["Classroom", "Hallway or stairs", "Cafeteria area", "On campus"])[kind]
        ),
        "action": coded("Discipline", objects(actions)[kind]),
        "length": lengths[kind],
    }
    incident = (
        "<DisciplineIncident><IncidentIdentifier>{id}</IncidentIdentifier><IncidentDate>{day}</IncidentDate>"
        "<IncidentLocation>{location}</IncidentLocation>{school}</DisciplineIncident>"
    )
    behavior = (
        "<StudentDisciplineIncidentBehaviorAssociation>" + STUDENT + "<DisciplineIncidentReference>"
        "<DisciplineIncidentIdentity><IncidentIdentifier>{id}</IncidentIdentifier>{school}"
        "</DisciplineIncidentIdentity></DisciplineIncidentReference><Behavior>{behavior}</Behavior>"
        "</StudentDisciplineIncidentBehaviorAssociation>"
    )
    action = (
        "<DisciplineAction><DisciplineActionIdentifier>{id}</DisciplineActionIdentifier>"
        "<Discipline>{action}</Discipline><DisciplineDate>{day}</DisciplineDate>"
        "<DisciplineActionLength>{length}</DisciplineActionLength>" + STUDENT + "{responsible}</DisciplineAction>"
    )
    return write_interchange(path, "StudentDiscipline", [(incident, shared), (behavior, shared), (action, shared)])
