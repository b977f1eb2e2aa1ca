"""Elements that resources of several domains hold: periods, subjects, grade levels, programs, sections."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    INTEGER,
    LONG,
    Element,
    PrivacyClass,
    clock_time,
    code,
    day,
    descriptor,
    reference,
    string,
    text,
)

if TYPE_CHECKING:
    from homeroom.model.bell_schedule import ClassPeriod
    from homeroom.model.education_organization import Program
    from homeroom.model.learning_standard import LearningStandard
    from homeroom.model.staff import Staff
    from homeroom.model.teaching_and_learning import Section

PUBLIC = PrivacyClass.PUBLIC


class Period(Element):
    """A stretch of time from a first day to a last; without a last day it still lasts."""

    beginDate: date = day(PUBLIC, required=True)
    endDate: date | None = day(PUBLIC)


class AssessmentItemLearningStandard(Element):
    """A learning standard to which the thing that holds it is aligned."""

    learningStandardReference: LearningStandard = reference(
        "LearningStandard", PUBLIC, required=True, learningStandardId=string(60)
    )


class AcademicSubject(Element):
    """A school subject, such as mathematics."""

    academicSubjectDescriptor: str = descriptor("AcademicSubjectDescriptor", PUBLIC, required=True)


class Author(Element):
    """The name of a person or body that wrote the work."""

    author: str = text(100, PUBLIC, required=True)


class AssessmentLanguage(Element):
    """A language in which the work can be had."""

    languageDescriptor: str = descriptor("LanguageDescriptor", PUBLIC, required=True)


class AssessmentProgram(Element):
    """A program that the thing which holds it belongs to."""

    programReference: Program = reference(
        "Program",
        PUBLIC,
        required=True,
        educationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )


class Score(Element):
    """A kind of score that is reported, with its lowest and highest value."""

    assessmentReportingMethodDescriptor: str = descriptor("AssessmentReportingMethodDescriptor", PUBLIC, required=True)
    resultDatatypeTypeDescriptor: str | None = descriptor("ResultDatatypeTypeDescriptor", PUBLIC)
    maximumScore: str | None = text(35, PUBLIC)
    minimumScore: str | None = text(35, PUBLIC)


class AssessmentSection(Element):
    """A class section that the thing which holds it belongs to."""

    sectionReference: Section = reference(
        "Section",
        PUBLIC,
        required=True,
        localCourseCode=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
        sessionName=string(60),
        sectionIdentifier=string(255),
    )


class BellScheduleClassPeriod(Element):
    """A class period that belongs to the thing which holds it."""

    classPeriodReference: ClassPeriod = reference(
        "ClassPeriod", PUBLIC, required=True, classPeriodName=string(60), schoolId=LONG
    )


class GradeLevel(Element):
    """A grade level, such as third grade."""

    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)


class MeetingTime(Element):
    """A time of day from start to end."""

    endTime: time = clock_time(PUBLIC, required=True)
    startTime: time = clock_time(PUBLIC, required=True)


class OfferedGradeLevel(Element):
    """A grade level to which the course is offered."""

    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)


class DisciplineActionStaff(Element):
    """A member of staff who belongs to the thing that holds it."""

    staffReference: Staff = reference("Staff", PUBLIC, required=True, staffUniqueId=string(32))


class AppropriateGradeLevel(Element):
    """A grade level for which the material or the help is meant."""

    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)


class AppropriateSexe(Element):
    """A sex for which the material or the help is meant."""

    sexDescriptor: str = descriptor("SexDescriptor", PUBLIC, required=True)


class Accommodation(Element):
    """An arrangement under which a test is taken, such as extra time or large print."""

    accommodationDescriptor: str = descriptor("AccommodationDescriptor", PUBLIC, required=True)


class ProgramParticipationStatus(Element):
    """How the student stood in the program, and from when to when."""

    participationStatusDescriptor: str = descriptor("ParticipationStatusDescriptor", PUBLIC, required=True)
    designatedBy: str | None = text(60, PUBLIC)
    statusBeginDate: date = day(PUBLIC, required=True)
    statusEndDate: date | None = day(PUBLIC)
