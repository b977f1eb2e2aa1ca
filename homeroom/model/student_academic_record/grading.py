"""Grades and report cards."""

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
from homeroom.model.student_academic_record.elements import GradePointAverage

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.learning_standard import LearningStandard
    from homeroom.model.school_calendar import GradingPeriod
    from homeroom.model.student_academic_record.competency import StudentCompetencyObjective
    from homeroom.model.student_identification import Student
    from homeroom.model.teaching_and_learning import StudentSectionAssociation

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC


class LearningStandardGrade(Element):
    """The grade for one learning standard within a course."""

    learningStandardReference: LearningStandard = reference(
        "LearningStandard", PUBLIC, required=True, learningStandardId=string(60)
    )
    performanceBaseConversionDescriptor: str | None = descriptor("PerformanceBaseConversionDescriptor", PUBLIC)
    diagnosticStatement: str | None = text(1024, PUBLIC)
    letterGradeEarned: str | None = text(20, PUBLIC)
    numericGradeEarned: Decimal | None = decimal(9, 2, PUBLIC)


class ReportCardGrade(Element):
    """A grade that stands on the report card."""

    gradeReference: Grade = reference(
        "Grade",
        PUBLIC,
        required=True,
        gradeTypeDescriptor=code("GradeTypeDescriptor"),
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        schoolId=LONG,
        gradingPeriodSchoolYear=INTEGER,
        beginDate=DATE,
        localCourseCode=string(60),
        schoolYear=INTEGER,
        sectionIdentifier=string(255),
        sessionName=string(60),
        studentUniqueId=string(32),
    )


class ReportCardStudentCompetencyObjective(Element):
    """A mastered or unmastered objective that stands on the report card."""

    studentCompetencyObjectiveReference: StudentCompetencyObjective = reference(
        "StudentCompetencyObjective",
        PUBLIC,
        required=True,
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        gradingPeriodSchoolId=LONG,
        gradingPeriodSchoolYear=INTEGER,
        objectiveEducationOrganizationId=LONG,
        objective=string(60),
        objectiveGradeLevelDescriptor=code("GradeLevelDescriptor"),
        studentUniqueId=string(32),
    )


class Grade(
    Resource,
    domain="student_academic_record",
    equal=(
        ("gradingPeriodReference.schoolId", "studentSectionAssociationReference.schoolId"),
        ("gradingPeriodReference.schoolYear", "studentSectionAssociationReference.schoolYear"),
    ),
):
    """A student's grade in a section for one grading period, or its final grade."""

    gradingPeriodReference: GradingPeriod = reference(
        "GradingPeriod",
        EDUCATION,
        key=True,
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
    )
    studentSectionAssociationReference: StudentSectionAssociation = reference(
        "StudentSectionAssociation",
        EDUCATION,
        key=True,
        beginDate=DATE,
        localCourseCode=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
        sectionIdentifier=string(255),
        sessionName=string(60),
        studentUniqueId=string(32),
    )
    gradeTypeDescriptor: str = descriptor("GradeTypeDescriptor", EDUCATION, key=True)
    performanceBaseConversionDescriptor: str | None = descriptor("PerformanceBaseConversionDescriptor", EDUCATION)
    currentGradeAsOfDate: date | None = day(EDUCATION)
    currentGradeIndicator: bool | None = boolean(EDUCATION)
    diagnosticStatement: str | None = text(1024, EDUCATION)
    gradeEarnedDescription: str | None = text(64, EDUCATION)
    letterGradeEarned: str | None = text(20, EDUCATION)
    numericGradeEarned: Decimal | None = decimal(9, 2, EDUCATION)
    learningStandardGrades: list[LearningStandardGrade] = collection(
        LearningStandardGrade, EDUCATION, unique_by=("learningStandardReference",)
    )


class ReportCard(Resource, domain="student_academic_record"):
    """A student's report card for one grading period: its grades, averages and days of attendance."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", EDUCATION, key=True, educationOrganizationId=LONG
    )
    gradingPeriodReference: GradingPeriod = reference(
        "GradingPeriod",
        EDUCATION,
        key=True,
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    numberOfDaysAbsent: Decimal | None = decimal(18, 4, EDUCATION)
    numberOfDaysInAttendance: Decimal | None = decimal(18, 4, EDUCATION)
    numberOfDaysTardy: int | None = integer(EDUCATION)
    gradePointAverages: list[GradePointAverage] = collection(
        GradePointAverage, EDUCATION, unique_by=("gradePointAverageTypeDescriptor",)
    )
    grades: list[ReportCardGrade] = collection(ReportCardGrade, EDUCATION, unique_by=("gradeReference",))
    studentCompetencyObjectives: list[ReportCardStudentCompetencyObjective] = collection(
        ReportCardStudentCompetencyObjective, EDUCATION, unique_by=("studentCompetencyObjectiveReference",)
    )
