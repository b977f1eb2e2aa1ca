"""Special education: students' evaluation and eligibility under IDEA, and their time and services in the program.

Every field is sensitive, dates and the mere being here included: each shows a disability. IDEA (34 CFR 300.610 and
following) protects these records beyond FERPA.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
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
    decimal,
    descriptor,
    integer,
    reference,
    string,
    text,
)
from homeroom.model.personal_elements import Disability
from homeroom.model.shared_elements import ProgramParticipationStatus

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.education_organization import Program
    from homeroom.model.staff import Staff
    from homeroom.model.student_identification import Student

PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class ServiceProvider(Element):
    """A member of staff who serves the student under the special education program."""

    staffReference: Staff = reference("Staff", PUBLIC, required=True, staffUniqueId=string(32))
    primaryProvider: bool | None = boolean(PUBLIC)


class Provider(Element):
    """A member of staff who gives one particular special education service."""

    staffReference: Staff = reference("Staff", PUBLIC, required=True, staffUniqueId=string(32))
    primaryProvider: bool | None = boolean(PUBLIC)


class SpecialEducationProgramService(Element):
    """A special education service that the student gets, such as speech therapy: from when to when, by whom."""

    specialEducationProgramServiceDescriptor: str = descriptor(
        "SpecialEducationProgramServiceDescriptor", PUBLIC, required=True
    )
    primaryIndicator: bool | None = boolean(PUBLIC)
    serviceBeginDate: date | None = day(PUBLIC)
    serviceEndDate: date | None = day(PUBLIC)
    providers: list[Provider] = collection(Provider, PUBLIC, unique_by=("staffReference",))


class StudentSpecialEducationProgramAssociation(
    Resource, domain="special_education", subclass_of="GeneralStudentProgramAssociation"
):
    """A student's time in special education: setting, hours, disabilities, plan dates and services."""

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
    specialEducationExitReasonDescriptor: str | None = descriptor("SpecialEducationExitReasonDescriptor", SENSITIVE)
    specialEducationSettingDescriptor: str | None = descriptor("SpecialEducationSettingDescriptor", SENSITIVE)
    beginDate: date = day(SENSITIVE, key=True)
    endDate: date | None = day(SENSITIVE)
    ideaEligibility: bool | None = boolean(SENSITIVE)
    iepBeginDate: date | None = day(SENSITIVE)
    iepEndDate: date | None = day(SENSITIVE)
    iepReviewDate: date | None = day(SENSITIVE)
    lastEvaluationDate: date | None = day(SENSITIVE)
    medicallyFragile: bool | None = boolean(SENSITIVE)
    multiplyDisabled: bool | None = boolean(SENSITIVE)
    reductionInHoursPerWeekComparedToPeers: Decimal | None = decimal(5, 2, SENSITIVE)
    schoolHoursPerWeek: Decimal | None = decimal(5, 2, SENSITIVE)
    servedOutsideOfRegularSession: bool | None = boolean(SENSITIVE)
    shortenedSchoolDayIndicator: bool | None = boolean(SENSITIVE)
    specialEducationExitDate: date | None = day(SENSITIVE)
    specialEducationExitExplained: str | None = text(1024, SENSITIVE)
    specialEducationHoursPerWeek: Decimal | None = decimal(5, 2, SENSITIVE)
    disabilities: list[Disability] = collection(Disability, SENSITIVE, unique_by=("disabilityDescriptor",))
    programParticipationStatuses: list[ProgramParticipationStatus] = collection(
        ProgramParticipationStatus, SENSITIVE, unique_by=("participationStatusDescriptor", "statusBeginDate")
    )
    serviceProviders: list[ServiceProvider] = collection(ServiceProvider, SENSITIVE, unique_by=("staffReference",))
    specialEducationProgramServices: list[SpecialEducationProgramService] = collection(
        SpecialEducationProgramService, SENSITIVE, unique_by=("specialEducationProgramServiceDescriptor",)
    )


class StudentSpecialEducationProgramEligibilityAssociation(Resource, domain="special_education"):
    """One evaluation of whether a student is eligible for special education, step by step with its dates."""

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
    eligibilityDelayReasonDescriptor: str | None = descriptor("EligibilityDelayReasonDescriptor", SENSITIVE)
    eligibilityEvaluationTypeDescriptor: str | None = descriptor("EligibilityEvaluationTypeDescriptor", SENSITIVE)
    evaluationDelayReasonDescriptor: str | None = descriptor("EvaluationDelayReasonDescriptor", SENSITIVE)
    ideaPartDescriptor: str = descriptor("IDEAPartDescriptor", SENSITIVE, required=True)
    consentToEvaluationDate: date | None = day(SENSITIVE)
    consentToEvaluationReceivedDate: date = day(SENSITIVE, key=True)
    eligibilityConferenceDate: date | None = day(SENSITIVE)
    eligibilityDeterminationDate: date | None = day(SENSITIVE)
    eligibilityEvaluationDate: date | None = day(SENSITIVE)
    evaluationCompleteIndicator: bool | None = boolean(SENSITIVE)
    evaluationDelayDays: int | None = integer(SENSITIVE)
    evaluationLateReason: str | None = text(255, SENSITIVE)
    ideaIndicator: bool | None = boolean(SENSITIVE)
    originalECIServicesDate: date | None = day(SENSITIVE)
    transitionConferenceDate: date | None = day(SENSITIVE)
    transitionNotificationDate: date | None = day(SENSITIVE)
