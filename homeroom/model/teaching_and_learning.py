"""Sections of courses, the students and teachers in them, and that attendance was taken.

A section is public like the course that it teaches, except for what it is for: population served, environment and
programs are sensitive, since whoever knows who sits in it would know it of each student. A student's place in a section
is part of the education record; how it ended (suspended, expelled, died) and its programs are sensitive. Who teaches,
and who took attendance, is of the class of staff.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    DATE,
    INTEGER,
    LONG,
    Element,
    PrivacyClass,
    Resource,
    boolean,
    collection,
    day,
    decimal,
    descriptor,
    integer,
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import AssessmentProgram, BellScheduleClassPeriod, OfferedGradeLevel

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.course_catalog import Course
    from homeroom.model.education_organization import Location, School
    from homeroom.model.school_calendar import CalendarDate, Session
    from homeroom.model.staff import Staff
    from homeroom.model.student_identification import Student

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE
STAFF = PrivacyClass.STAFF


class CourseLevelCharacteristic(Element):
    """A trait of the level at which the course is taught, such as honors."""

    courseLevelCharacteristicDescriptor: str = descriptor("CourseLevelCharacteristicDescriptor", PUBLIC, required=True)


class CurriculumUsed(Element):
    """A curriculum that is taught."""

    curriculumUsedDescriptor: str = descriptor("CurriculumUsedDescriptor", PUBLIC, required=True)


class SectionCharacteristic(Element):
    """A trait of a section, such as that it is taught online."""

    sectionCharacteristicDescriptor: str = descriptor("SectionCharacteristicDescriptor", PUBLIC, required=True)


class CourseOffering(
    Resource, domain="teaching_and_learning", equal=(("schoolReference.schoolId", "sessionReference.schoolId"),)
):
    """A course as a school offers it in one session, under the school's own code and title."""

    courseReference: Course = reference(
        "Course", PUBLIC, required=True, courseCode=string(60), educationOrganizationId=LONG
    )
    schoolReference: School = reference("School", PUBLIC, key=True, schoolId=LONG)
    sessionReference: Session = reference(
        "Session", PUBLIC, key=True, schoolId=LONG, schoolYear=INTEGER, sessionName=string(60)
    )
    instructionalTimePlanned: int | None = integer(PUBLIC)
    localCourseCode: str = text(60, PUBLIC, key=True)
    localCourseTitle: str | None = text(60, PUBLIC)
    courseLevelCharacteristics: list[CourseLevelCharacteristic] = collection(
        CourseLevelCharacteristic, PUBLIC, unique_by=("courseLevelCharacteristicDescriptor",)
    )
    curriculumUseds: list[CurriculumUsed] = collection(CurriculumUsed, PUBLIC, unique_by=("curriculumUsedDescriptor",))
    offeredGradeLevels: list[OfferedGradeLevel] = collection(
        OfferedGradeLevel, PUBLIC, unique_by=("gradeLevelDescriptor",)
    )


class Section(
    Resource,
    domain="teaching_and_learning",
    equal=(("locationReference.schoolId", "locationSchoolReference.schoolId"),),
):
    """A class that meets: one course offering with its teacher, room, periods and students."""

    courseOfferingReference: CourseOffering = reference(
        "CourseOffering",
        PUBLIC,
        key=True,
        localCourseCode=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
        sessionName=string(60),
    )
    locationReference: Location | None = reference(
        "Location", PUBLIC, classroomIdentificationCode=string(60), schoolId=LONG
    )
    locationSchoolReference: School | None = reference("School", PUBLIC, schoolId=LONG)
    availableCreditTypeDescriptor: str | None = descriptor("CreditTypeDescriptor", PUBLIC)
    educationalEnvironmentDescriptor: str | None = descriptor("EducationalEnvironmentDescriptor", SENSITIVE)
    instructionLanguageDescriptor: str | None = descriptor("LanguageDescriptor", PUBLIC)
    mediumOfInstructionDescriptor: str | None = descriptor("MediumOfInstructionDescriptor", PUBLIC)
    populationServedDescriptor: str | None = descriptor("PopulationServedDescriptor", SENSITIVE)
    sectionTypeDescriptor: str | None = descriptor("SectionTypeDescriptor", PUBLIC)
    availableCreditConversion: Decimal | None = decimal(9, 2, PUBLIC)
    availableCredits: Decimal | None = decimal(9, 3, PUBLIC)
    officialAttendancePeriod: bool | None = boolean(PUBLIC)
    sectionIdentifier: str = text(255, PUBLIC, key=True)
    sectionName: str | None = text(100, PUBLIC)
    sequenceOfCourse: int | None = integer(PUBLIC)
    characteristics: list[SectionCharacteristic] = collection(
        SectionCharacteristic, PUBLIC, unique_by=("sectionCharacteristicDescriptor",)
    )
    classPeriods: list[BellScheduleClassPeriod] = collection(
        BellScheduleClassPeriod, PUBLIC, unique_by=("classPeriodReference",)
    )
    courseLevelCharacteristics: list[CourseLevelCharacteristic] = collection(
        CourseLevelCharacteristic, PUBLIC, unique_by=("courseLevelCharacteristicDescriptor",)
    )
    offeredGradeLevels: list[OfferedGradeLevel] = collection(
        OfferedGradeLevel, PUBLIC, unique_by=("gradeLevelDescriptor",)
    )
    programs: list[AssessmentProgram] = collection(AssessmentProgram, SENSITIVE, unique_by=("programReference",))


class StudentSectionAssociation(Resource, domain="teaching_and_learning"):
    """A student's time in a class section."""

    dualCreditEducationOrganizationReference: EducationOrganization | None = reference(
        "EducationOrganization", EDUCATION, educationOrganizationId=LONG
    )
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
    attemptStatusDescriptor: str | None = descriptor("AttemptStatusDescriptor", SENSITIVE)
    dualCreditInstitutionDescriptor: str | None = descriptor("DualCreditInstitutionDescriptor", EDUCATION)
    dualCreditTypeDescriptor: str | None = descriptor("DualCreditTypeDescriptor", EDUCATION)
    repeatIdentifierDescriptor: str | None = descriptor("RepeatIdentifierDescriptor", EDUCATION)
    beginDate: date = day(EDUCATION, key=True)
    dualCreditIndicator: bool | None = boolean(EDUCATION)
    dualHighSchoolCreditIndicator: bool | None = boolean(EDUCATION)
    endDate: date | None = day(EDUCATION)
    homeroomIndicator: bool | None = boolean(EDUCATION)
    teacherStudentDataLinkExclusion: bool | None = boolean(EDUCATION)
    programs: list[AssessmentProgram] = collection(AssessmentProgram, SENSITIVE, unique_by=("programReference",))


class StaffSectionAssociation(Resource, domain="teaching_and_learning"):
    """A teacher's or aide's time with a class section, and in what position."""

    sectionReference: Section = reference(
        "Section",
        STAFF,
        key=True,
        localCourseCode=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
        sessionName=string(60),
        sectionIdentifier=string(255),
    )
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    classroomPositionDescriptor: str = descriptor("ClassroomPositionDescriptor", STAFF, required=True)
    beginDate: date = day(STAFF, key=True)
    endDate: date | None = day(STAFF)
    highlyQualifiedTeacher: bool | None = boolean(STAFF)
    percentageContribution: Decimal | None = decimal(5, 4, STAFF)
    teacherStudentDataLinkExclusion: bool | None = boolean(STAFF)


class SectionAttendanceTakenEvent(
    Resource,
    domain="teaching_and_learning",
    equal=(
        ("calendarDateReference.schoolId", "sectionReference.schoolId"),
        ("calendarDateReference.schoolYear", "sectionReference.schoolYear"),
    ),
):
    """That attendance was taken in a section on a day, and by whom."""

    calendarDateReference: CalendarDate = reference(
        "CalendarDate", PUBLIC, key=True, calendarCode=string(60), schoolId=LONG, schoolYear=INTEGER, date=DATE
    )
    sectionReference: Section = reference(
        "Section",
        PUBLIC,
        key=True,
        localCourseCode=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
        sessionName=string(60),
        sectionIdentifier=string(255),
    )
    staffReference: Staff | None = reference("Staff", STAFF, staffUniqueId=string(32))
    eventDate: date = day(PUBLIC, required=True)
