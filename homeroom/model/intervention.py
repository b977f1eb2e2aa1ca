"""Interventions: what help there is, how it is meant to be given, what studies found, and which students get it.

Methods and studies of them are public, and so is what a school offers, but for the staff who give it, who are of the
class of staff. That a student takes part is part of the education record. For which need and which population an
intervention is, is sensitive, on the student's row and on the intervention's own: whoever knows who takes part would
know it of each of them.
"""

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
SENSITIVE = PrivacyClass.SENSITIVE
STAFF = PrivacyClass.STAFF


class Diagnose(Element):
    """A need to which the help is directed, such as weak reading."""

    diagnosisDescriptor: str = descriptor("DiagnosisDescriptor", PUBLIC, required=True)


class InterventionPrescriptionEducationContent(Element):
    """A material that is used."""

    educationContentReference: EducationContent = reference(
        "EducationContent", PUBLIC, required=True, contentIdentifier=string(225)
    )


class LearningResourceMetadataURI(Element):
    """The web address of a description of a material that is used."""

    learningResourceMetadataURI: str = text(255, PUBLIC, required=True)


class PopulationServed(Element):
    """A group of students that is served, such as English learners."""

    populationServedDescriptor: str = descriptor("PopulationServedDescriptor", PUBLIC, required=True)


class Uri(Element):
    """A web address with more about it."""

    uri: str = text(255, PUBLIC, required=True)


class InterventionEffectiveness(Element):
    """How well the help worked for one kind of student and need."""

    diagnosisDescriptor: str = descriptor("DiagnosisDescriptor", PUBLIC, required=True)
    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)
    interventionEffectivenessRatingDescriptor: str = descriptor(
        "InterventionEffectivenessRatingDescriptor", PUBLIC, required=True
    )
    populationServedDescriptor: str = descriptor("PopulationServedDescriptor", PUBLIC, required=True)
    improvementIndex: int | None = integer(PUBLIC)


class StateAbbreviation(Element):
    """A state in which the study took place."""

    stateAbbreviationDescriptor: str = descriptor("StateAbbreviationDescriptor", PUBLIC, required=True)


class InterventionInterventionPrescription(Element):
    """The description of the method that is followed."""

    interventionPrescriptionReference: InterventionPrescription = reference(
        "InterventionPrescription",
        PUBLIC,
        required=True,
        educationOrganizationId=LONG,
        interventionPrescriptionIdentificationCode=string(60),
    )


class Intervention(Resource, domain="intervention"):
    """Help that a school gives a group of students toward some need, such as reading tutoring, with who gives it."""

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
    diagnoses: list[Diagnose] = collection(Diagnose, SENSITIVE, unique_by=("diagnosisDescriptor",))
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
        PopulationServed, SENSITIVE, unique_by=("populationServedDescriptor",)
    )
    staffs: list[DisciplineActionStaff] = collection(DisciplineActionStaff, STAFF, unique_by=("staffReference",))
    uris: list[Uri] = collection(Uri, PUBLIC, unique_by=("uri",))


class InterventionPrescription(Resource, domain="intervention"):
    """A method of help as it is meant to be carried out: for whom, how much, with which material."""

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
    """A study of how well a method of help works, and for whom."""

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
    """The time in which an organisation uses a method of help."""

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
    """A student's part in an intervention: why, how much, and how well it worked."""

    cohortReference: Cohort | None = reference(
        "Cohort", EDUCATION, cohortIdentifier=string(36), educationOrganizationId=LONG
    )
    interventionReference: Intervention = reference(
        "Intervention", EDUCATION, key=True, educationOrganizationId=LONG, interventionIdentificationCode=string(60)
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    diagnosticStatement: str | None = text(1024, SENSITIVE)
    dosage: int | None = integer(EDUCATION)
    interventionEffectivenesses: list[InterventionEffectiveness] = collection(
        InterventionEffectiveness,
        SENSITIVE,
        unique_by=("diagnosisDescriptor", "gradeLevelDescriptor", "populationServedDescriptor"),
    )
