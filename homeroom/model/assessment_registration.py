"""TODO-DOC assessment_registration"""

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
    """TODO-DOC AdministrationPointOfContact"""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, required=True, educationOrganizationId=LONG
    )
    electronicMailAddress: str = text(128, PUBLIC, required=True)
    firstName: str = text(75, PUBLIC, required=True)
    lastSurname: str = text(75, PUBLIC, required=True)
    loginId: str | None = text(60, PUBLIC)


class AssessmentAdministrationAssessmentBatteryPart(Element):
    """TODO-DOC AssessmentAdministrationAssessmentBatteryPart"""

    assessmentBatteryPartReference: AssessmentBatteryPart = reference(
        "AssessmentBatteryPart",
        PUBLIC,
        required=True,
        assessmentBatteryPartName=string(65),
        assessmentIdentifier=string(60),
        namespace=string(255),
    )


class AssessmentBatteryPartObjectiveAssessment(Element):
    """TODO-DOC AssessmentBatteryPartObjectiveAssessment"""

    objectiveAssessmentReference: ObjectiveAssessment = reference(
        "ObjectiveAssessment",
        PUBLIC,
        required=True,
        assessmentIdentifier=string(60),
        namespace=string(255),
        identificationCode=string(60),
    )


class AssessmentAccommodation(Element):
    """TODO-DOC AssessmentAccommodation"""

    accommodationDescriptor: str = descriptor("AccommodationDescriptor", PUBLIC, required=True)


class AssessmentCustomization(Element):
    """TODO-DOC AssessmentCustomization"""

    customizationKey: str = text(60, PUBLIC, required=True)
    customizationValue: str = text(1024, PUBLIC, required=True)


class GeneralAccommodation(Element):
    """TODO-DOC GeneralAccommodation"""

    accommodationDescriptor: str = descriptor("AccommodationDescriptor", PUBLIC, required=True)


class AssessmentAdministration(Resource, domain="assessment_registration"):
    """TODO-DOC AssessmentAdministration"""

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
    """TODO-DOC AssessmentAdministrationParticipation"""

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
    """TODO-DOC AssessmentBatteryPart"""

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
    """TODO-DOC StudentAssessmentRegistration"""

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
        EDUCATION,
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
        AssessmentAccommodation, EDUCATION, unique_by=("accommodationDescriptor",)
    )
    assessmentCustomizations: list[AssessmentCustomization] = collection(
        AssessmentCustomization, EDUCATION, unique_by=("customizationKey",)
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
    """TODO-DOC StudentAssessmentRegistrationBatteryPartAssociation"""

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
    accommodations: list[Accommodation] = collection(Accommodation, EDUCATION, unique_by=("accommodationDescriptor",))


class StudentEducationOrganizationAssessmentAccommodation(Resource, domain="assessment_registration"):
    """TODO-DOC StudentEducationOrganizationAssessmentAccommodation"""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", SENSITIVE, key=True, educationOrganizationId=LONG
    )
    studentReference: Student = reference("Student", SENSITIVE, key=True, studentUniqueId=string(32))
    generalAccommodations: list[GeneralAccommodation] = collection(
        GeneralAccommodation, SENSITIVE, unique_by=("accommodationDescriptor",)
    )
