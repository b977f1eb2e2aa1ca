"""Competencies, and how far a student has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    DATE,
    INTEGER,
    LONG,
    Element,
    PrivacyClass,
    Resource,
    code,
    collection,
    descriptor,
    reference,
    string,
    text,
)

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization, GeneralStudentProgramAssociation
    from homeroom.model.school_calendar import GradingPeriod
    from homeroom.model.student_identification import Student
    from homeroom.model.teaching_and_learning import StudentSectionAssociation

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class StudentCompetencyObjectiveGeneralStudentProgramAssociation(Element):
    """The student's time in a program in which the objective was pursued."""

    generalStudentProgramAssociationReference: GeneralStudentProgramAssociation = reference(
        "GeneralStudentProgramAssociation",
        PUBLIC,
        required=True,
        beginDate=DATE,
        educationOrganizationId=LONG,
        programEducationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
        studentUniqueId=string(32),
    )


class StudentCompetencyObjectiveStudentSectionAssociation(Element):
    """The student's time in a section in which the objective was pursued."""

    studentSectionAssociationReference: StudentSectionAssociation = reference(
        "StudentSectionAssociation",
        PUBLIC,
        required=True,
        beginDate=DATE,
        localCourseCode=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
        sectionIdentifier=string(255),
        sessionName=string(60),
        studentUniqueId=string(32),
    )


class CompetencyObjective(Resource, domain="student_academic_record"):
    """Something that students of a grade level should be able to do, by which they are rated."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    objectiveGradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, key=True)
    competencyObjectiveId: str | None = text(60, PUBLIC)
    description: str | None = text(1024, PUBLIC)
    objective: str = text(60, PUBLIC, key=True)
    successCriteria: str | None = text(150, PUBLIC)


class StudentCompetencyObjective(Resource, domain="student_academic_record"):
    """How far a student can do what students of the grade should, in one grading period."""

    gradingPeriodReference: GradingPeriod = reference(
        "GradingPeriod",
        EDUCATION,
        key=True,
        gradingPeriodDescriptor=code("GradingPeriodDescriptor"),
        gradingPeriodName=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
    )
    objectiveCompetencyObjectiveReference: CompetencyObjective = reference(
        "CompetencyObjective",
        EDUCATION,
        key=True,
        educationOrganizationId=LONG,
        objective=string(60),
        objectiveGradeLevelDescriptor=code("GradeLevelDescriptor"),
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    competencyLevelDescriptor: str = descriptor("CompetencyLevelDescriptor", EDUCATION, required=True)
    diagnosticStatement: str | None = text(1024, EDUCATION)
    generalStudentProgramAssociations: list[StudentCompetencyObjectiveGeneralStudentProgramAssociation] = collection(
        StudentCompetencyObjectiveGeneralStudentProgramAssociation,
        SENSITIVE,
        unique_by=("generalStudentProgramAssociationReference",),
    )
    studentSectionAssociations: list[StudentCompetencyObjectiveStudentSectionAssociation] = collection(
        StudentCompetencyObjectiveStudentSectionAssociation,
        EDUCATION,
        unique_by=("studentSectionAssociationReference",),
    )
