"""Programs for what a student lacks: a home, a settled place, meals, a school with means."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    LONG,
    Element,
    PrivacyClass,
    Resource,
    boolean,
    code,
    collection,
    day,
    descriptor,
    reference,
    string,
)
from homeroom.model.shared_elements import ProgramParticipationStatus

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.education_organization import Program
    from homeroom.model.student_identification import Student

PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class HomelessProgramService(Element):
    """Help that a student without a fixed home gets, and from when to when."""

    homelessProgramServiceDescriptor: str = descriptor("HomelessProgramServiceDescriptor", PUBLIC, required=True)
    primaryIndicator: bool | None = boolean(PUBLIC)
    serviceBeginDate: date | None = day(PUBLIC)
    serviceEndDate: date | None = day(PUBLIC)


class MigrantEducationProgramService(Element):
    """A service that a child of a migrant worker gets, and from when to when."""

    migrantEducationProgramServiceDescriptor: str = descriptor(
        "MigrantEducationProgramServiceDescriptor", PUBLIC, required=True
    )
    primaryIndicator: bool | None = boolean(PUBLIC)
    serviceBeginDate: date | None = day(PUBLIC)
    serviceEndDate: date | None = day(PUBLIC)


class NeglectedOrDelinquentProgramService(Element):
    """A service that a student gets in a program for neglected or delinquent youth, and when."""

    neglectedOrDelinquentProgramServiceDescriptor: str = descriptor(
        "NeglectedOrDelinquentProgramServiceDescriptor", PUBLIC, required=True
    )
    primaryIndicator: bool | None = boolean(PUBLIC)
    serviceBeginDate: date | None = day(PUBLIC)
    serviceEndDate: date | None = day(PUBLIC)


class SchoolFoodServiceProgramService(Element):
    """A meal service that the student gets, such as a free lunch, and from when to when."""

    schoolFoodServiceProgramServiceDescriptor: str = descriptor(
        "SchoolFoodServiceProgramServiceDescriptor", PUBLIC, required=True
    )
    primaryIndicator: bool | None = boolean(PUBLIC)
    serviceBeginDate: date | None = day(PUBLIC)
    serviceEndDate: date | None = day(PUBLIC)


class TitleIPartAProgramService(Element):
    """A service that the student gets from Title I funds, and from when to when."""

    titleIPartAProgramServiceDescriptor: str = descriptor("TitleIPartAProgramServiceDescriptor", PUBLIC, required=True)
    primaryIndicator: bool | None = boolean(PUBLIC)
    serviceBeginDate: date | None = day(PUBLIC)
    serviceEndDate: date | None = day(PUBLIC)


class StudentHomelessProgramAssociation(
    Resource, domain="student_program", subclass_of="GeneralStudentProgramAssociation"
):
    """A student's time in the program for students without a fixed home: where they sleep, whether on their own."""

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
    homelessPrimaryNighttimeResidenceDescriptor: str | None = descriptor(
        "HomelessPrimaryNighttimeResidenceDescriptor", SENSITIVE
    )
    reasonExitedDescriptor: str | None = descriptor("ReasonExitedDescriptor", SENSITIVE)
    awaitingFosterCare: bool | None = boolean(SENSITIVE)
    beginDate: date = day(SENSITIVE, key=True)
    endDate: date | None = day(SENSITIVE)
    homelessUnaccompaniedYouth: bool | None = boolean(SENSITIVE)
    servedOutsideOfRegularSession: bool | None = boolean(SENSITIVE)
    homelessProgramServices: list[HomelessProgramService] = collection(
        HomelessProgramService, SENSITIVE, unique_by=("homelessProgramServiceDescriptor",)
    )
    programParticipationStatuses: list[ProgramParticipationStatus] = collection(
        ProgramParticipationStatus, SENSITIVE, unique_by=("participationStatusDescriptor", "statusBeginDate")
    )


class StudentMigrantEducationProgramAssociation(
    Resource, domain="student_program", subclass_of="GeneralStudentProgramAssociation"
):
    """A student's time in migrant education: moves that qualify, arrival in the country, and services."""

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
    continuationOfServicesReasonDescriptor: str | None = descriptor("ContinuationOfServicesReasonDescriptor", SENSITIVE)
    reasonExitedDescriptor: str | None = descriptor("ReasonExitedDescriptor", SENSITIVE)
    beginDate: date = day(SENSITIVE, key=True)
    eligibilityExpirationDate: date | None = day(SENSITIVE)
    endDate: date | None = day(SENSITIVE)
    lastQualifyingMove: date = day(SENSITIVE, required=True)
    priorityForServices: bool = boolean(SENSITIVE, required=True)
    qualifyingArrivalDate: date | None = day(SENSITIVE)
    servedOutsideOfRegularSession: bool | None = boolean(SENSITIVE)
    stateResidencyDate: date | None = day(SENSITIVE)
    usInitialEntry: date | None = day(SENSITIVE)
    usInitialSchoolEntry: date | None = day(SENSITIVE)
    usMostRecentEntry: date | None = day(SENSITIVE)
    migrantEducationProgramServices: list[MigrantEducationProgramService] = collection(
        MigrantEducationProgramService, SENSITIVE, unique_by=("migrantEducationProgramServiceDescriptor",)
    )
    programParticipationStatuses: list[ProgramParticipationStatus] = collection(
        ProgramParticipationStatus, SENSITIVE, unique_by=("participationStatusDescriptor", "statusBeginDate")
    )


class StudentNeglectedOrDelinquentProgramAssociation(
    Resource, domain="student_program", subclass_of="GeneralStudentProgramAssociation"
):
    """A student's time in a program for neglected or delinquent youth, with progress and services."""

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
    elaProgressLevelDescriptor: str | None = descriptor("ProgressLevelDescriptor", SENSITIVE)
    mathematicsProgressLevelDescriptor: str | None = descriptor("ProgressLevelDescriptor", SENSITIVE)
    neglectedOrDelinquentProgramDescriptor: str | None = descriptor("NeglectedOrDelinquentProgramDescriptor", SENSITIVE)
    reasonExitedDescriptor: str | None = descriptor("ReasonExitedDescriptor", SENSITIVE)
    beginDate: date = day(SENSITIVE, key=True)
    endDate: date | None = day(SENSITIVE)
    servedOutsideOfRegularSession: bool | None = boolean(SENSITIVE)
    neglectedOrDelinquentProgramServices: list[NeglectedOrDelinquentProgramService] = collection(
        NeglectedOrDelinquentProgramService, SENSITIVE, unique_by=("neglectedOrDelinquentProgramServiceDescriptor",)
    )
    programParticipationStatuses: list[ProgramParticipationStatus] = collection(
        ProgramParticipationStatus, SENSITIVE, unique_by=("participationStatusDescriptor", "statusBeginDate")
    )


class StudentSchoolFoodServiceProgramAssociation(
    Resource, domain="student_program", subclass_of="GeneralStudentProgramAssociation"
):
    """A student's time in a school meal program, with what meals they are entitled to."""

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
    directCertification: bool | None = boolean(SENSITIVE)
    endDate: date | None = day(SENSITIVE)
    servedOutsideOfRegularSession: bool | None = boolean(SENSITIVE)
    programParticipationStatuses: list[ProgramParticipationStatus] = collection(
        ProgramParticipationStatus, SENSITIVE, unique_by=("participationStatusDescriptor", "statusBeginDate")
    )
    schoolFoodServiceProgramServices: list[SchoolFoodServiceProgramService] = collection(
        SchoolFoodServiceProgramService, SENSITIVE, unique_by=("schoolFoodServiceProgramServiceDescriptor",)
    )


class StudentTitleIPartAProgramAssociation(
    Resource, domain="student_program", subclass_of="GeneralStudentProgramAssociation"
):
    """A student's time in a program paid for by Title I, Part A, with its services."""

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
    titleIPartAParticipantDescriptor: str = descriptor("TitleIPartAParticipantDescriptor", SENSITIVE, required=True)
    beginDate: date = day(SENSITIVE, key=True)
    endDate: date | None = day(SENSITIVE)
    servedOutsideOfRegularSession: bool | None = boolean(SENSITIVE)
    programParticipationStatuses: list[ProgramParticipationStatus] = collection(
        ProgramParticipationStatus, SENSITIVE, unique_by=("participationStatusDescriptor", "statusBeginDate")
    )
    titleIPartAProgramServices: list[TitleIPartAProgramService] = collection(
        TitleIPartAProgramService, SENSITIVE, unique_by=("titleIPartAProgramServiceDescriptor",)
    )
