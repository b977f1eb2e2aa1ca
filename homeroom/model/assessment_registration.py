"""Registering students for tests: the rounds in which a test is given, who takes part, and who needs what.

The rounds and their parts are public. That a student is registered is part of the education record; which
accommodations the student has, and settings under names that each vendor makes up, are sensitive, since they show a
disability or that the student is learning English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    DATE,
    LONG,
    Element,
    PrivacyClass,
    Resource,
    collection,
    descriptor,
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import Accommodation, Period

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.assessment import Assessment, ObjectiveAssessment
    from homeroom.model.enrollment import StudentSchoolAssociation
    from homeroom.model.student_identification import Student, StudentEducationOrganizationAssociation

EDUCATION = PrivacyClass.EDUCATION
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class AdministrationPointOfContact(Element):
    """A person to ask about the giving of the test."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, required=True, educationOrganizationId=LONG
    )
    electronicMailAddress: str = text(128, PUBLIC, required=True)
    firstName: str = text(75, PUBLIC, required=True)
    lastSurname: str = text(75, PUBLIC, required=True)
    loginId: str | None = text(60, PUBLIC)


class AssessmentAdministrationAssessmentBatteryPart(Element):
    """A part of the test battery that is given."""

    assessmentBatteryPartReference: AssessmentBatteryPart = reference(
        "AssessmentBatteryPart",
        PUBLIC,
        required=True,
        assessmentBatteryPartName=string(65),
        assessmentIdentifier=string(60),
        namespace=string(255),
    )


class AssessmentBatteryPartObjectiveAssessment(Element):
    """A part of the test that is reported on its own and belongs to this part of the battery."""

    objectiveAssessmentReference: ObjectiveAssessment = reference(
        "ObjectiveAssessment",
        PUBLIC,
        required=True,
        assessmentIdentifier=string(60),
        namespace=string(255),
        identificationCode=string(60),
    )


class AssessmentAccommodation(Element):
    """An arrangement under which the student is to take the test."""

    accommodationDescriptor: str = descriptor("AccommodationDescriptor", PUBLIC, required=True)


class AssessmentCustomization(Element):
    """A setting for the student's test, as a name and a value."""

    customizationKey: str = text(60, PUBLIC, required=True)
    customizationValue: str = text(1024, PUBLIC, required=True)


class GeneralAccommodation(Element):
    """An arrangement that the student needs in tests in general."""

    accommodationDescriptor: str = descriptor("AccommodationDescriptor", PUBLIC, required=True)


class AssessmentAdministration(Resource, domain="assessment_registration"):
    """One round of giving a test, by whom it is assigned and in which time."""

    assessmentReference: Assessment = reference(
        "Assessment", PUBLIC, key=True, assessmentIdentifier=string(60), namespace=string(255)
    )
    assigningEducationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    administrationIdentifier: str = text(255, PUBLIC, key=True)
    assessmentBatteryParts: list[AssessmentAdministrationAssessmentBatteryPart] = collection(
        AssessmentAdministrationAssessmentBatteryPart, PUBLIC, unique_by=("assessmentBatteryPartReference",)
    )
    periods: list[Period] = collection(Period, PUBLIC, unique_by=("beginDate",))


class AssessmentAdministrationParticipation(Resource, domain="assessment_registration"):
    """An organisation that takes part in a round of testing, with whom to ask there."""

    assessmentAdministrationReference: AssessmentAdministration = reference(
        "AssessmentAdministration",
        PUBLIC,
        key=True,
        administrationIdentifier=string(255),
        assessmentIdentifier=string(60),
        namespace=string(255),
        assigningEducationOrganizationId=LONG,
    )
    participatingEducationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    administrationPointOfContacts: list[AdministrationPointOfContact] = collection(
        AdministrationPointOfContact, PUBLIC, unique_by=("educationOrganizationReference", "electronicMailAddress")
    )


class AssessmentBatteryPart(Resource, domain="assessment_registration"):
    """A part of a test battery that is given on its own."""

    assessmentReference: Assessment = reference(
        "Assessment", PUBLIC, key=True, assessmentIdentifier=string(60), namespace=string(255)
    )
    assessmentBatteryPartName: str = text(65, PUBLIC, key=True)
    objectiveAssessments: list[AssessmentBatteryPartObjectiveAssessment] = collection(
        AssessmentBatteryPartObjectiveAssessment, PUBLIC, unique_by=("objectiveAssessmentReference",)
    )


class StudentAssessmentRegistration(
    Resource,
    domain="assessment_registration",
    equal=(
        (
            "studentEducationOrganizationAssociationReference.studentUniqueId",
            "studentSchoolAssociationReference.studentUniqueId",
        ),
    ),
):
    """A student's registration for one round of a test: where they test, with which settings."""

    assessmentAdministrationReference: AssessmentAdministration = reference(
        "AssessmentAdministration",
        EDUCATION,
        key=True,
        administrationIdentifier=string(255),
        assessmentIdentifier=string(60),
        namespace=string(255),
        assigningEducationOrganizationId=LONG,
    )
    reportingEducationOrganizationReference: EducationOrganization | None = reference(
        "EducationOrganization", EDUCATION, educationOrganizationId=LONG
    )
    scheduledStudentEducationOrganizationAssessmentAccommodationReference: (
        StudentEducationOrganizationAssessmentAccommodation | None
    ) = reference(
        "StudentEducationOrganizationAssessmentAccommodation",
        SENSITIVE,
        educationOrganizationId=LONG,
        studentUniqueId=string(32),
    )
    studentEducationOrganizationAssociationReference: StudentEducationOrganizationAssociation = reference(
        "StudentEducationOrganizationAssociation",
        EDUCATION,
        key=True,
        educationOrganizationId=LONG,
        studentUniqueId=string(32),
    )
    studentSchoolAssociationReference: StudentSchoolAssociation = reference(
        "StudentSchoolAssociation", EDUCATION, required=True, entryDate=DATE, schoolId=LONG, studentUniqueId=string(32)
    )
    testingEducationOrganizationReference: EducationOrganization | None = reference(
        "EducationOrganization", EDUCATION, educationOrganizationId=LONG
    )
    assessmentGradeLevelDescriptor: str | None = descriptor("GradeLevelDescriptor", EDUCATION)
    platformTypeDescriptor: str | None = descriptor("PlatformTypeDescriptor", EDUCATION)
    assessmentAccommodations: list[AssessmentAccommodation] = collection(
        AssessmentAccommodation, SENSITIVE, unique_by=("accommodationDescriptor",)
    )
    assessmentCustomizations: list[AssessmentCustomization] = collection(
        AssessmentCustomization, SENSITIVE, unique_by=("customizationKey",)
    )


class StudentAssessmentRegistrationBatteryPartAssociation(
    Resource,
    domain="assessment_registration",
    equal=(
        (
            "assessmentBatteryPartReference.assessmentIdentifier",
            "studentAssessmentRegistrationReference.assessmentIdentifier",
        ),
        ("assessmentBatteryPartReference.namespace", "studentAssessmentRegistrationReference.namespace"),
    ),
):
    """A part of the battery for which a student is registered, with arrangements for it."""

    assessmentBatteryPartReference: AssessmentBatteryPart = reference(
        "AssessmentBatteryPart",
        EDUCATION,
        key=True,
        assessmentBatteryPartName=string(65),
        assessmentIdentifier=string(60),
        namespace=string(255),
    )
    studentAssessmentRegistrationReference: StudentAssessmentRegistration = reference(
        "StudentAssessmentRegistration",
        EDUCATION,
        key=True,
        administrationIdentifier=string(255),
        assessmentIdentifier=string(60),
        assigningEducationOrganizationId=LONG,
        namespace=string(255),
        educationOrganizationId=LONG,
        studentUniqueId=string(32),
    )
    accommodations: list[Accommodation] = collection(Accommodation, SENSITIVE, unique_by=("accommodationDescriptor",))


class StudentEducationOrganizationAssessmentAccommodation(Resource, domain="assessment_registration"):
    """The arrangements that a student needs whenever they are tested."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", SENSITIVE, key=True, educationOrganizationId=LONG
    )
    studentReference: Student = reference("Student", SENSITIVE, key=True, studentUniqueId=string(32))
    generalAccommodations: list[GeneralAccommodation] = collection(
        GeneralAccommodation, SENSITIVE, unique_by=("accommodationDescriptor",)
    )
