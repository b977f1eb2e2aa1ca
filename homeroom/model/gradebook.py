"""Assignments in teachers' gradebooks, and what each student made of them.

An assignment is public, since it names only its section; its description is part of the education record, for a
teacher writes it for their own class and may name a student. A student's entry is part of the education record.
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
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import AssessmentItemLearningStandard

if TYPE_CHECKING:
    from homeroom.model.school_calendar import GradingPeriod
    from homeroom.model.student_identification import Student
    from homeroom.model.teaching_and_learning import Section

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC


class GradebookEntry(
    Resource,
    domain="gradebook",
    equal=(
        ("gradingPeriodReference.schoolId", "sectionReference.schoolId"),
        ("gradingPeriodReference.schoolYear", "sectionReference.schoolYear"),
    ),
):
    """One piece of work that a teacher assigned to a section, such as a quiz, with its due date and points."""

    gradingPeriodReference: GradingPeriod | None = reference(
        "GradingPeriod",
        PUBLIC,
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
    )
    sectionReference: Section | None = reference(
        "Section",
        PUBLIC,
        localCourseCode=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
        sessionName=string(60),
        sectionIdentifier=string(255),
    )
    gradebookEntryTypeDescriptor: str | None = descriptor("GradebookEntryTypeDescriptor", PUBLIC)
    dateAssigned: date = day(PUBLIC, required=True)
    description: str | None = text(1024, EDUCATION)
    dueDate: date | None = day(PUBLIC)
    dueTime: time | None = clock_time(PUBLIC)
    gradebookEntryIdentifier: str = text(60, PUBLIC, key=True)
    maxPoints: Decimal | None = decimal(9, 2, PUBLIC)
    namespace: str = text(255, PUBLIC, key=True)
    sourceSectionIdentifier: str = text(255, PUBLIC, required=True)
    title: str = text(100, PUBLIC, required=True)
    learningStandards: list[AssessmentItemLearningStandard] = collection(
        AssessmentItemLearningStandard, PUBLIC, unique_by=("learningStandardReference",)
    )


class StudentGradebookEntry(Resource, domain="gradebook"):
    """One student's result in one assigned piece of work: handed in when, points, letter, comment."""

    gradebookEntryReference: GradebookEntry = reference(
        "GradebookEntry", EDUCATION, key=True, gradebookEntryIdentifier=string(60), namespace=string(255)
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    assignmentLateStatusDescriptor: str | None = descriptor("AssignmentLateStatusDescriptor", EDUCATION)
    competencyLevelDescriptor: str | None = descriptor("CompetencyLevelDescriptor", EDUCATION)
    submissionStatusDescriptor: str | None = descriptor("SubmissionStatusDescriptor", EDUCATION)
    dateFulfilled: date | None = day(EDUCATION)
    diagnosticStatement: str | None = text(1024, EDUCATION)
    letterGradeEarned: str | None = text(20, EDUCATION)
    numericGradeEarned: Decimal | None = decimal(9, 2, EDUCATION)
    pointsEarned: Decimal | None = decimal(9, 2, EDUCATION)
    timeFulfilled: time | None = clock_time(EDUCATION)
