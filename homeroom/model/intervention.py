"""TODO-DOC intervention"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    LONG,
    Element,
    PrivacyClass,
    Resource,
    collection,
    day,
    descriptor,
    integer,
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import AppropriateGradeLevel, AppropriateSexe, DisciplineActionStaff, MeetingTime

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.learning_standard import EducationContent
    from homeroom.model.student_cohort import Cohort
    from homeroom.model.student_identification import Student

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC
STAFF = PrivacyClass.STAFF


class Diagnose(Element):
    """TODO-DOC Diagnose"""

    diagnosisDescriptor: str = descriptor("DiagnosisDescriptor", PUBLIC, required=True)


class InterventionPrescriptionEducationContent(Element):
    """TODO-DOC InterventionPrescriptionEducationContent"""

    educationContentReference: EducationContent = reference(
        "EducationContent", PUBLIC, required=True, contentIdentifier=string(225)
    )


class LearningResourceMetadataURI(Element):
    """TODO-DOC LearningResourceMetadataURI"""

    learningResourceMetadataURI: str = text(255, PUBLIC, required=True)


class PopulationServed(Element):
    """TODO-DOC PopulationServed"""

    populationServedDescriptor: str = descriptor("PopulationServedDescriptor", PUBLIC, required=True)


class Uri(Element):
    """TODO-DOC Uri"""

    uri: str = text(255, PUBLIC, required=True)


class InterventionEffectiveness(Element):
    """TODO-DOC InterventionEffectiveness"""

    diagnosisDescriptor: str = descriptor("DiagnosisDescriptor", PUBLIC, required=True)
    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)
    interventionEffectivenessRatingDescriptor: str = descriptor(
        "InterventionEffectivenessRatingDescriptor", PUBLIC, required=True
    )
    populationServedDescriptor: str = descriptor("PopulationServedDescriptor", PUBLIC, required=True)
    improvementIndex: int | None = integer(PUBLIC)


class StateAbbreviation(Element):
    """TODO-DOC StateAbbreviation"""

    stateAbbreviationDescriptor: str = descriptor("StateAbbreviationDescriptor", PUBLIC, required=True)


class InterventionInterventionPrescription(Element):
    """TODO-DOC InterventionInterventionPrescription"""

    interventionPrescriptionReference: InterventionPrescription = reference(
        "InterventionPrescription",
        PUBLIC,
        required=True,
        educationOrganizationId=LONG,
        interventionPrescriptionIdentificationCode=string(60),
    )


class Intervention(Resource, domain="intervention"):
    """TODO-DOC Intervention"""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    deliveryMethodDescriptor: str = descriptor("DeliveryMethodDescriptor", PUBLIC, required=True)
    interventionClassDescriptor: str = descriptor("InterventionClassDescriptor", PUBLIC, required=True)
    beginDate: date = day(PUBLIC, required=True)
    endDate: date | None = day(PUBLIC)
    interventionIdentificationCode: str = text(60, PUBLIC, key=True)
    maxDosage: int | None = integer(PUBLIC)
    minDosage: int | None = integer(PUBLIC)
    namespace: str | None = text(255, PUBLIC)
    appropriateGradeLevels: list[AppropriateGradeLevel] = collection(
        AppropriateGradeLevel, PUBLIC, unique_by=("gradeLevelDescriptor",)
    )
    appropriateSexes: list[AppropriateSexe] = collection(AppropriateSexe, PUBLIC, unique_by=("sexDescriptor",))
    diagnoses: list[Diagnose] = collection(Diagnose, PUBLIC, unique_by=("diagnosisDescriptor",))
    educationContents: list[InterventionPrescriptionEducationContent] = collection(
        InterventionPrescriptionEducationContent, PUBLIC, unique_by=("educationContentReference",)
    )
    interventionPrescriptions: list[InterventionInterventionPrescription] = collection(
        InterventionInterventionPrescription, PUBLIC, unique_by=("interventionPrescriptionReference",)
    )
    learningResourceMetadataURIs: list[LearningResourceMetadataURI] = collection(
        LearningResourceMetadataURI, PUBLIC, unique_by=("learningResourceMetadataURI",)
    )
    meetingTimes: list[MeetingTime] = collection(MeetingTime, PUBLIC, unique_by=("endTime", "startTime"))
    populationServeds: list[PopulationServed] = collection(
        PopulationServed, PUBLIC, unique_by=("populationServedDescriptor",)
    )
    staffs: list[DisciplineActionStaff] = collection(DisciplineActionStaff, STAFF, unique_by=("staffReference",))
    uris: list[Uri] = collection(Uri, PUBLIC, unique_by=("uri",))


class InterventionPrescription(Resource, domain="intervention"):
    """TODO-DOC InterventionPrescription"""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    deliveryMethodDescriptor: str = descriptor("DeliveryMethodDescriptor", PUBLIC, required=True)
    interventionClassDescriptor: str = descriptor("InterventionClassDescriptor", PUBLIC, required=True)
    interventionPrescriptionIdentificationCode: str = text(60, PUBLIC, key=True)
    maxDosage: int | None = integer(PUBLIC)
    minDosage: int | None = integer(PUBLIC)
    namespace: str | None = text(255, PUBLIC)
    appropriateGradeLevels: list[AppropriateGradeLevel] = collection(
        AppropriateGradeLevel, PUBLIC, unique_by=("gradeLevelDescriptor",)
    )
    appropriateSexes: list[AppropriateSexe] = collection(AppropriateSexe, PUBLIC, unique_by=("sexDescriptor",))
    diagnoses: list[Diagnose] = collection(Diagnose, PUBLIC, unique_by=("diagnosisDescriptor",))
    educationContents: list[InterventionPrescriptionEducationContent] = collection(
        InterventionPrescriptionEducationContent, PUBLIC, unique_by=("educationContentReference",)
    )
    learningResourceMetadataURIs: list[LearningResourceMetadataURI] = collection(
        LearningResourceMetadataURI, PUBLIC, unique_by=("learningResourceMetadataURI",)
    )
    populationServeds: list[PopulationServed] = collection(
        PopulationServed, PUBLIC, unique_by=("populationServedDescriptor",)
    )
    uris: list[Uri] = collection(Uri, PUBLIC, unique_by=("uri",))


class InterventionStudy(Resource, domain="intervention"):
    """TODO-DOC InterventionStudy"""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    interventionPrescriptionReference: InterventionPrescription = reference(
        "InterventionPrescription",
        PUBLIC,
        required=True,
        educationOrganizationId=LONG,
        interventionPrescriptionIdentificationCode=string(60),
    )
    deliveryMethodDescriptor: str = descriptor("DeliveryMethodDescriptor", PUBLIC, required=True)
    interventionClassDescriptor: str = descriptor("InterventionClassDescriptor", PUBLIC, required=True)
    interventionStudyIdentificationCode: str = text(60, PUBLIC, key=True)
    participants: int = integer(PUBLIC, required=True)
    appropriateGradeLevels: list[AppropriateGradeLevel] = collection(
        AppropriateGradeLevel, PUBLIC, unique_by=("gradeLevelDescriptor",)
    )
    appropriateSexes: list[AppropriateSexe] = collection(AppropriateSexe, PUBLIC, unique_by=("sexDescriptor",))
    educationContents: list[InterventionPrescriptionEducationContent] = collection(
        InterventionPrescriptionEducationContent, PUBLIC, unique_by=("educationContentReference",)
    )
    interventionEffectivenesses: list[InterventionEffectiveness] = collection(
        InterventionEffectiveness,
        PUBLIC,
        unique_by=("diagnosisDescriptor", "gradeLevelDescriptor", "populationServedDescriptor"),
    )
    learningResourceMetadataURIs: list[LearningResourceMetadataURI] = collection(
        LearningResourceMetadataURI, PUBLIC, unique_by=("learningResourceMetadataURI",)
    )
    populationServeds: list[PopulationServed] = collection(
        PopulationServed, PUBLIC, unique_by=("populationServedDescriptor",)
    )
    stateAbbreviations: list[StateAbbreviation] = collection(
        StateAbbreviation, PUBLIC, unique_by=("stateAbbreviationDescriptor",)
    )
    uris: list[Uri] = collection(Uri, PUBLIC, unique_by=("uri",))


class EducationOrganizationInterventionPrescriptionAssociation(Resource, domain="intervention"):
    """TODO-DOC EducationOrganizationInterventionPrescriptionAssociation"""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    interventionPrescriptionReference: InterventionPrescription = reference(
        "InterventionPrescription",
        PUBLIC,
        key=True,
        educationOrganizationId=LONG,
        interventionPrescriptionIdentificationCode=string(60),
    )
    beginDate: date | None = day(PUBLIC)
    endDate: date | None = day(PUBLIC)


class StudentInterventionAssociation(Resource, domain="intervention"):
    """TODO-DOC StudentInterventionAssociation"""

    cohortReference: Cohort | None = reference(
        "Cohort", EDUCATION, cohortIdentifier=string(36), educationOrganizationId=LONG
    )
    interventionReference: Intervention = reference(
        "Intervention", EDUCATION, key=True, educationOrganizationId=LONG, interventionIdentificationCode=string(60)
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    diagnosticStatement: str | None = text(1024, EDUCATION)
    dosage: int | None = integer(EDUCATION)
    interventionEffectivenesses: list[InterventionEffectiveness] = collection(
        InterventionEffectiveness,
        EDUCATION,
        unique_by=("diagnosisDescriptor", "gradeLevelDescriptor", "populationServedDescriptor"),
    )
