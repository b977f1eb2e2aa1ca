"""Programs for how a student learns: career and technical, English, Section 504, and any other."""

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
from homeroom.model.shared_elements import ProgramParticipationStatus

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.education_organization import Program
    from homeroom.model.school_calendar import SchoolYearType
    from homeroom.model.student_identification import Student

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class CteProgramService(Element):
    """A career and technical education service that the student gets, with its field of study and time."""

    cteProgramServiceDescriptor: str = descriptor("CTEProgramServiceDescriptor", PUBLIC, required=True)
    cipCode: str | None = text(120, PUBLIC)
    primaryIndicator: bool | None = boolean(PUBLIC)
    serviceBeginDate: date | None = day(PUBLIC)
    serviceEndDate: date | None = day(PUBLIC)


class EnglishLanguageProficiencyAssessment(Element):
    """How an English learner stood and progressed in English proficiency in one school year."""

    schoolYearTypeReference: SchoolYearType = reference("SchoolYearType", PUBLIC, required=True, schoolYear=INTEGER)
    monitoredDescriptor: str | None = descriptor("MonitoredDescriptor", PUBLIC)
    participationDescriptor: str | None = descriptor("ParticipationDescriptor", PUBLIC)
    proficiencyDescriptor: str | None = descriptor("ProficiencyDescriptor", PUBLIC)
    progressDescriptor: str | None = descriptor("ProgressDescriptor", PUBLIC)


class LanguageInstructionProgramService(Element):
    """A language service that an English learner gets, and from when to when."""

    languageInstructionProgramServiceDescriptor: str = descriptor(
        "LanguageInstructionProgramServiceDescriptor", PUBLIC, required=True
    )
    primaryIndicator: bool | None = boolean(PUBLIC)
    serviceBeginDate: date | None = day(PUBLIC)
    serviceEndDate: date | None = day(PUBLIC)


class Service(Element):
    """A service that the student gets from the program, and from when to when."""

    serviceDescriptor: str = descriptor("ServiceDescriptor", PUBLIC, required=True)
    primaryIndicator: bool | None = boolean(PUBLIC)
    serviceBeginDate: date | None = day(PUBLIC)
    serviceEndDate: date | None = day(PUBLIC)


class StudentProgramAssociation(Resource, domain="student_program", subclass_of="GeneralStudentProgramAssociation"):
    """A student's time in a program that has no resource of its own, with its services."""

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
    reasonExitedDescriptor: str | None = descriptor("ReasonExitedDescriptor", SENSITIVE)
    beginDate: date = day(SENSITIVE, key=True)
    endDate: date | None = day(SENSITIVE)
    servedOutsideOfRegularSession: bool | None = boolean(SENSITIVE)
    programParticipationStatuses: list[ProgramParticipationStatus] = collection(
        ProgramParticipationStatus, SENSITIVE, unique_by=("participationStatusDescriptor", "statusBeginDate")
    )
    services: list[Service] = collection(Service, SENSITIVE, unique_by=("serviceDescriptor",))


class StudentCTEProgramAssociation(Resource, domain="student_program", subclass_of="GeneralStudentProgramAssociation"):
    """A student's time in a program of career and technical education, with its services."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", EDUCATION, key=True, educationOrganizationId=LONG
    )
    programReference: Program = reference(
        "Program",
        EDUCATION,
        key=True,
        educationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    reasonExitedDescriptor: str | None = descriptor("ReasonExitedDescriptor", SENSITIVE)
    technicalSkillsAssessmentDescriptor: str | None = descriptor("TechnicalSkillsAssessmentDescriptor", EDUCATION)
    beginDate: date = day(EDUCATION, key=True)
    endDate: date | None = day(EDUCATION)
    nonTraditionalGenderStatus: bool | None = boolean(EDUCATION)
    privateCTEProgram: bool | None = boolean(EDUCATION)
    servedOutsideOfRegularSession: bool | None = boolean(EDUCATION)
    cteProgramServices: list[CteProgramService] = collection(
        CteProgramService, EDUCATION, unique_by=("cteProgramServiceDescriptor",)
    )
    programParticipationStatuses: list[ProgramParticipationStatus] = collection(
        ProgramParticipationStatus, EDUCATION, unique_by=("participationStatusDescriptor", "statusBeginDate")
    )


class StudentLanguageInstructionProgramAssociation(
    Resource, domain="student_program", subclass_of="GeneralStudentProgramAssociation"
):
    """A student's time in a program for English learners, with services and yearly proficiency."""

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
    reasonExitedDescriptor: str | None = descriptor("ReasonExitedDescriptor", SENSITIVE)
    beginDate: date = day(SENSITIVE, key=True)
    dosage: int | None = integer(SENSITIVE)
    endDate: date | None = day(SENSITIVE)
    englishLearnerParticipation: bool | None = boolean(SENSITIVE)
    servedOutsideOfRegularSession: bool | None = boolean(SENSITIVE)
    englishLanguageProficiencyAssessments: list[EnglishLanguageProficiencyAssessment] = collection(
        EnglishLanguageProficiencyAssessment, SENSITIVE, unique_by=("schoolYearTypeReference",)
    )
    languageInstructionProgramServices: list[LanguageInstructionProgramService] = collection(
        LanguageInstructionProgramService, SENSITIVE, unique_by=("languageInstructionProgramServiceDescriptor",)
    )
    programParticipationStatuses: list[ProgramParticipationStatus] = collection(
        ProgramParticipationStatus, SENSITIVE, unique_by=("participationStatusDescriptor", "statusBeginDate")
    )


class StudentSection504ProgramAssociation(
    Resource, domain="student_program", subclass_of="GeneralStudentProgramAssociation"
):
    """A student's accommodations for a disability under Section 504: eligibility, meetings and plan."""

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
    reasonExitedDescriptor: str | None = descriptor("ReasonExitedDescriptor", SENSITIVE)
    section504DisabilityDescriptor: str | None = descriptor("Section504DisabilityDescriptor", SENSITIVE)
    accommodationPlan: bool | None = boolean(SENSITIVE)
    beginDate: date = day(SENSITIVE, key=True)
    endDate: date | None = day(SENSITIVE)
    section504Eligibility: bool = boolean(SENSITIVE, required=True)
    section504EligibilityDecisionDate: date | None = day(SENSITIVE)
    section504MeetingDate: date | None = day(SENSITIVE)
    servedOutsideOfRegularSession: bool | None = boolean(SENSITIVE)
    programParticipationStatuses: list[ProgramParticipationStatus] = collection(
        ProgramParticipationStatus, SENSITIVE, unique_by=("participationStatusDescriptor", "statusBeginDate")
    )
