"""School years, terms, grading periods, calendars with their days, and crises that closed schools.

All of it is public: it tells when, never who.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    INTEGER,
    LONG,
    Element,
    PrivacyClass,
    Resource,
    boolean,
    code,
    collection,
    day,
    descriptor,
    integer,
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import GradeLevel

if TYPE_CHECKING:
    from homeroom.model.education_organization import School

PUBLIC = PrivacyClass.PUBLIC


class CalendarEvent(Element):
    """What a day is: an instructional day, a holiday, a teachers' day."""

    calendarEventDescriptor: str = descriptor("CalendarEventDescriptor", PUBLIC, required=True)


class SessionAcademicWeek(Element):
    """A school week that lies in the session."""

    academicWeekReference: AcademicWeek = reference(
        "AcademicWeek", PUBLIC, required=True, schoolId=LONG, weekIdentifier=string(80)
    )


class SessionGradingPeriod(Element):
    """A grading period that lies in the session."""

    gradingPeriodReference: GradingPeriod = reference(
        "GradingPeriod",
        PUBLIC,
        required=True,
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
    )


class SchoolYearType(Resource, domain="school_calendar"):
    """A school year, named by the year in which it ends, and whether it is the current one."""

    currentSchoolYear: bool = boolean(PUBLIC, required=True)
    schoolYear: int = integer(PUBLIC, key=True)
    schoolYearDescription: str = text(50, PUBLIC, required=True)


class AcademicWeek(Resource, domain="school_calendar"):
    """A week of a school's year, with its first and last day and its days of instruction."""

    schoolReference: School = reference("School", PUBLIC, key=True, schoolId=LONG)
    beginDate: date = day(PUBLIC, required=True)
    endDate: date = day(PUBLIC, required=True)
    totalInstructionalDays: int = integer(PUBLIC, required=True)
    weekIdentifier: str = text(80, PUBLIC, key=True)


class Calendar(Resource, domain="school_calendar"):
    """A calendar that a school follows in a school year, for some or all of its grade levels."""

    schoolYearTypeReference: SchoolYearType = reference("SchoolYearType", PUBLIC, key=True, schoolYear=INTEGER)
    schoolReference: School = reference("School", PUBLIC, key=True, schoolId=LONG)
    calendarTypeDescriptor: str = descriptor("CalendarTypeDescriptor", PUBLIC, required=True)
    calendarCode: str = text(60, PUBLIC, key=True)
    gradeLevels: list[GradeLevel] = collection(GradeLevel, PUBLIC, unique_by=("gradeLevelDescriptor",))


class CalendarDate(Resource, domain="school_calendar"):
    """One day of a school's calendar and what kind of day it is."""

    calendarReference: Calendar = reference(
        "Calendar", PUBLIC, key=True, calendarCode=string(60), schoolId=LONG, schoolYear=INTEGER
    )
    date: date = day(PUBLIC, key=True)
    calendarEvents: list[CalendarEvent] = collection(
        CalendarEvent, PUBLIC, unique_by=("calendarEventDescriptor",), required=True
    )


class GradingPeriod(Resource, domain="school_calendar"):
    """A part of the school year at whose end grades are given, such as a quarter."""

    schoolYearTypeReference: SchoolYearType = reference("SchoolYearType", PUBLIC, key=True, schoolYear=INTEGER)
    schoolReference: School = reference("School", PUBLIC, key=True, schoolId=LONG)
    gradingPeriodDescriptor: str = descriptor("GradingPeriodDescriptor", PUBLIC, key=True)
    beginDate: date = day(PUBLIC, required=True)
    endDate: date = day(PUBLIC, required=True)
    gradingPeriodName: str = text(60, PUBLIC, key=True)
    periodSequence: int | None = integer(PUBLIC)
    totalInstructionalDays: int = integer(PUBLIC, required=True)


class Session(Resource, domain="school_calendar"):
    """A term of a school's year, such as the fall semester, in which courses are offered."""

    schoolYearTypeReference: SchoolYearType = reference("SchoolYearType", PUBLIC, key=True, schoolYear=INTEGER)
    schoolReference: School = reference("School", PUBLIC, key=True, schoolId=LONG)
    termDescriptor: str = descriptor("TermDescriptor", PUBLIC, required=True)
    beginDate: date = day(PUBLIC, required=True)
    endDate: date = day(PUBLIC, required=True)
    sessionName: str = text(60, PUBLIC, key=True)
    totalInstructionalDays: int = integer(PUBLIC, required=True)
    academicWeeks: list[SessionAcademicWeek] = collection(
        SessionAcademicWeek, PUBLIC, unique_by=("academicWeekReference",)
    )
    gradingPeriods: list[SessionGradingPeriod] = collection(
        SessionGradingPeriod, PUBLIC, unique_by=("gradingPeriodReference",)
    )


class CrisisEvent(Resource, domain="school_calendar"):
    """An event such as a hurricane or an epidemic that drove students from their schools."""

    crisisTypeDescriptor: str = descriptor("CrisisTypeDescriptor", PUBLIC, required=True)
    crisisDescription: str | None = text(1024, PUBLIC)
    crisisEndDate: date | None = day(PUBLIC)
    crisisEventName: str = text(100, PUBLIC, key=True)
    crisisStartDate: date | None = day(PUBLIC)
