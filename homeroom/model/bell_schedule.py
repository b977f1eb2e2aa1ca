"""The school day's periods, and the schedules of bells made of them.

All of it is public: a timetable says nothing about any person.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    LONG,
    Element,
    PrivacyClass,
    Resource,
    boolean,
    clock_time,
    collection,
    day,
    integer,
    reference,
    text,
)
from homeroom.model.shared_elements import BellScheduleClassPeriod, GradeLevel, MeetingTime

if TYPE_CHECKING:
    from homeroom.model.education_organization import School

PUBLIC = PrivacyClass.PUBLIC


class BellScheduleDate(Element):
    """A day on which the bell schedule is followed."""

    date: date = day(PUBLIC, required=True)


class BellSchedule(Resource, domain="bell_schedule"):
    """The order of class periods in a school's day, and the days that follow it."""

    schoolReference: School = reference("School", PUBLIC, key=True, schoolId=LONG)
    alternateDayName: str | None = text(20, PUBLIC)
    bellScheduleName: str = text(60, PUBLIC, key=True)
    endTime: time | None = clock_time(PUBLIC)
    startTime: time | None = clock_time(PUBLIC)
    totalInstructionalTime: int | None = integer(PUBLIC)
    classPeriods: list[BellScheduleClassPeriod] = collection(
        BellScheduleClassPeriod, PUBLIC, unique_by=("classPeriodReference",)
    )
    dates: list[BellScheduleDate] = collection(BellScheduleDate, PUBLIC, unique_by=("date",))
    gradeLevels: list[GradeLevel] = collection(GradeLevel, PUBLIC, unique_by=("gradeLevelDescriptor",))


class ClassPeriod(Resource, domain="bell_schedule"):
    """A named part of a school's day in which classes meet, such as third period."""

    schoolReference: School = reference("School", PUBLIC, key=True, schoolId=LONG)
    classPeriodName: str = text(60, PUBLIC, key=True)
    officialAttendancePeriod: bool | None = boolean(PUBLIC)
    meetingTimes: list[MeetingTime] = collection(MeetingTime, PUBLIC, unique_by=("endTime", "startTime"))
