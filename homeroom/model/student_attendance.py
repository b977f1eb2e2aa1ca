"""Students' attendance: at school, in a section, in a program or an intervention, each exception or day an event.

Being present or absent is part of the education record. Sensitive are the reason in free words (an illness, a court
date, a funeral), the environment a student was taught in (hospital, home, in-school suspension), and everything about
attendance at a program, since it shows who is in the program.
"""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    INTEGER,
    LONG,
    PrivacyClass,
    Resource,
    clock_time,
    code,
    collection,
    day,
    decimal,
    descriptor,
    integer,
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import BellScheduleClassPeriod

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.education_organization import Program, School
    from homeroom.model.intervention import Intervention
    from homeroom.model.school_calendar import Session
    from homeroom.model.student_identification import Student
    from homeroom.model.teaching_and_learning import Section

EDUCATION = PrivacyClass.EDUCATION
SENSITIVE = PrivacyClass.SENSITIVE


class StudentSchoolAttendanceEvent(
    Resource, domain="student_attendance", equal=(("schoolReference.schoolId", "sessionReference.schoolId"),)
):
    """One day's attendance of a student at a school: absent, excused, late or present."""

    schoolReference: School = reference("School", EDUCATION, key=True, schoolId=LONG)
    sessionReference: Session = reference(
        "Session", EDUCATION, key=True, schoolId=LONG, schoolYear=INTEGER, sessionName=string(60)
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    attendanceEventCategoryDescriptor: str = descriptor("AttendanceEventCategoryDescriptor", EDUCATION, key=True)
    educationalEnvironmentDescriptor: str | None = descriptor("EducationalEnvironmentDescriptor", SENSITIVE)
    arrivalTime: time | None = clock_time(EDUCATION)
    attendanceEventReason: str | None = text(255, SENSITIVE)
    departureTime: time | None = clock_time(EDUCATION)
    eventDate: date = day(EDUCATION, key=True)
    eventDuration: Decimal | None = decimal(3, 2, EDUCATION)
    schoolAttendanceDuration: int | None = integer(EDUCATION)


class StudentSectionAttendanceEvent(Resource, domain="student_attendance"):
    """The attendance of a student at one class section on one day."""

    sectionReference: Section = reference(
        "Section",
        EDUCATION,
        key=True,
        localCourseCode=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
        sessionName=string(60),
        sectionIdentifier=string(255),
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    attendanceEventCategoryDescriptor: str = descriptor("AttendanceEventCategoryDescriptor", EDUCATION, key=True)
    educationalEnvironmentDescriptor: str | None = descriptor("EducationalEnvironmentDescriptor", SENSITIVE)
    arrivalTime: time | None = clock_time(EDUCATION)
    attendanceEventReason: str | None = text(255, SENSITIVE)
    departureTime: time | None = clock_time(EDUCATION)
    eventDate: date = day(EDUCATION, key=True)
    eventDuration: Decimal | None = decimal(3, 2, EDUCATION)
    sectionAttendanceDuration: int | None = integer(EDUCATION)
    classPeriods: list[BellScheduleClassPeriod] = collection(
        BellScheduleClassPeriod, EDUCATION, unique_by=("classPeriodReference",)
    )


class StudentProgramAttendanceEvent(Resource, domain="student_attendance"):
    """The attendance of a student at one meeting of a program on one day."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", SENSITIVE, key=True, educationOrganizationId=LONG
    )
    programReference: Program = reference(
        "Program",
        SENSITIVE,
        key=True,
        educationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )
    studentReference: Student = reference("Student", SENSITIVE, key=True, studentUniqueId=string(32))
    attendanceEventCategoryDescriptor: str = descriptor("AttendanceEventCategoryDescriptor", SENSITIVE, key=True)
    educationalEnvironmentDescriptor: str | None = descriptor("EducationalEnvironmentDescriptor", SENSITIVE)
    attendanceEventReason: str | None = text(255, SENSITIVE)
    eventDate: date = day(SENSITIVE, key=True)
    eventDuration: Decimal | None = decimal(3, 2, SENSITIVE)
    programAttendanceDuration: int | None = integer(SENSITIVE)


class StudentInterventionAttendanceEvent(Resource, domain="student_attendance"):
    """The attendance of a student at one meeting of an intervention on one day."""

    interventionReference: Intervention = reference(
        "Intervention", EDUCATION, key=True, educationOrganizationId=LONG, interventionIdentificationCode=string(60)
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    attendanceEventCategoryDescriptor: str = descriptor("AttendanceEventCategoryDescriptor", EDUCATION, key=True)
    educationalEnvironmentDescriptor: str | None = descriptor("EducationalEnvironmentDescriptor", SENSITIVE)
    attendanceEventReason: str | None = text(255, SENSITIVE)
    eventDate: date = day(EDUCATION, key=True)
    eventDuration: Decimal | None = decimal(3, 2, EDUCATION)
    interventionDuration: int | None = integer(EDUCATION)
