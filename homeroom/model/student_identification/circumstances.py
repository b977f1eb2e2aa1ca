"""What a school or district keeps of a student: where they live, their circumstances, who answers for what."""

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
    collection,
    day,
    descriptor,
    reference,
    string,
    text,
)
from homeroom.model.personal_elements import (
    Address,
    AncestryEthnicOrigin,
    Disability,
    ElectronicMail,
    InternationalAddress,
    Language,
    Race,
    Telephone,
    TribalAffiliation,
)
from homeroom.model.shared_elements import Period

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.school_calendar import CrisisEvent, SchoolYearType
    from homeroom.model.student_identification.persons import Student

EDUCATION = PrivacyClass.EDUCATION
IDENTIFYING = PrivacyClass.IDENTIFYING
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class CohortYear(Element):
    """The school year and term in which a student counts into a yearly cohort, such as the ninth-graders of 2026."""

    schoolYearTypeReference: SchoolYearType = reference("SchoolYearType", PUBLIC, required=True, schoolYear=INTEGER)
    cohortYearTypeDescriptor: str = descriptor("CohortYearTypeDescriptor", PUBLIC, required=True)
    termDescriptor: str | None = descriptor("TermDescriptor", PUBLIC)


class DisplacedStudent(Element):
    """A time in which a student was away from their own school because of a crisis such as a flood."""

    crisisEventReference: CrisisEvent = reference("CrisisEvent", PUBLIC, required=True, crisisEventName=string(100))
    displacedStudentStatusDescriptor: str = descriptor("DisplacedStudentStatusDescriptor", PUBLIC, required=True)
    crisisHomelessnessIndicator: bool | None = boolean(PUBLIC)
    displacedStudentEndDate: date | None = day(PUBLIC)
    displacedStudentStartDate: date | None = day(PUBLIC)


class StudentCharacteristic(Element):
    """A circumstance of a student that rules or help depend on, and from when to when it held."""

    studentCharacteristicDescriptor: str = descriptor("StudentCharacteristicDescriptor", PUBLIC, required=True)
    designatedBy: str | None = text(60, PUBLIC)
    periods: list[Period] = collection(Period, PUBLIC, unique_by=("beginDate",))


class StudentIdentificationCode(Element):
    """A number by which some system or organisation knows the student, with whose number it is."""

    studentIdentificationSystemDescriptor: str = descriptor(
        "StudentIdentificationSystemDescriptor", PUBLIC, required=True
    )
    assigningOrganizationIdentificationCode: str = text(60, PUBLIC, required=True)
    identificationCode: str = text(60, PUBLIC, required=True)


class StudentIndicator(Element):
    """A mark that a district or state sets on a student for its own purposes, with its value and time."""

    designatedBy: str | None = text(60, PUBLIC)
    indicator: str = text(60, PUBLIC, required=True)
    indicatorGroup: str | None = text(200, PUBLIC)
    indicatorName: str = text(200, PUBLIC, required=True)
    periods: list[Period] = collection(Period, PUBLIC, unique_by=("beginDate",))


class StudentEducationOrganizationAssociation(Resource, domain="student_identification"):
    """What one district or school knows of a student: address, phone, race, language, disability and more."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", EDUCATION, key=True, educationOrganizationId=LONG
    )
    studentReference: Student = reference("Student", EDUCATION, key=True, studentUniqueId=string(32))
    barrierToInternetAccessInResidenceDescriptor: str | None = descriptor(
        "BarrierToInternetAccessInResidenceDescriptor", SENSITIVE
    )
    internetAccessTypeInResidenceDescriptor: str | None = descriptor(
        "InternetAccessTypeInResidenceDescriptor", SENSITIVE
    )
    internetPerformanceInResidenceDescriptor: str | None = descriptor(
        "InternetPerformanceInResidenceDescriptor", SENSITIVE
    )
    limitedEnglishProficiencyDescriptor: str | None = descriptor("LimitedEnglishProficiencyDescriptor", SENSITIVE)
    primaryLearningDeviceAccessDescriptor: str | None = descriptor("PrimaryLearningDeviceAccessDescriptor", SENSITIVE)
    primaryLearningDeviceAwayFromSchoolDescriptor: str | None = descriptor(
        "PrimaryLearningDeviceAwayFromSchoolDescriptor", SENSITIVE
    )
    primaryLearningDeviceProviderDescriptor: str | None = descriptor(
        "PrimaryLearningDeviceProviderDescriptor", SENSITIVE
    )
    sexDescriptor: str | None = descriptor("SexDescriptor", IDENTIFYING)
    supporterMilitaryConnectionDescriptor: str | None = descriptor("SupporterMilitaryConnectionDescriptor", SENSITIVE)
    genderIdentity: str | None = text(60, SENSITIVE)
    hispanicLatinoEthnicity: bool | None = boolean(SENSITIVE)
    internetAccessInResidence: bool | None = boolean(SENSITIVE)
    loginId: str | None = text(60, IDENTIFYING)
    profileThumbnail: str | None = text(255, IDENTIFYING)
    addresses: list[Address] = collection(
        Address,
        IDENTIFYING,
        unique_by=("addressTypeDescriptor", "city", "postalCode", "stateAbbreviationDescriptor", "streetNumberName"),
        stricter={"addressTypeDescriptor": SENSITIVE},
    )
    ancestryEthnicOrigins: list[AncestryEthnicOrigin] = collection(
        AncestryEthnicOrigin, SENSITIVE, unique_by=("ancestryEthnicOriginDescriptor",)
    )
    cohortYears: list[CohortYear] = collection(
        CohortYear, EDUCATION, unique_by=("cohortYearTypeDescriptor", "schoolYearTypeReference")
    )
    disabilities: list[Disability] = collection(Disability, SENSITIVE, unique_by=("disabilityDescriptor",))
    displacedStudents: list[DisplacedStudent] = collection(
        DisplacedStudent, SENSITIVE, unique_by=("crisisEventReference",)
    )
    electronicMails: list[ElectronicMail] = collection(
        ElectronicMail, IDENTIFYING, unique_by=("electronicMailAddress", "electronicMailTypeDescriptor")
    )
    internationalAddresses: list[InternationalAddress] = collection(
        InternationalAddress, SENSITIVE, unique_by=("addressTypeDescriptor",)
    )
    languages: list[Language] = collection(Language, SENSITIVE, unique_by=("languageDescriptor",))
    races: list[Race] = collection(Race, SENSITIVE, unique_by=("raceDescriptor",))
    studentCharacteristics: list[StudentCharacteristic] = collection(
        StudentCharacteristic, SENSITIVE, unique_by=("studentCharacteristicDescriptor",)
    )
    studentIdentificationCodes: list[StudentIdentificationCode] = collection(
        StudentIdentificationCode,
        IDENTIFYING,
        unique_by=("assigningOrganizationIdentificationCode", "studentIdentificationSystemDescriptor"),
    )
    studentIndicators: list[StudentIndicator] = collection(StudentIndicator, SENSITIVE, unique_by=("indicatorName",))
    telephones: list[Telephone] = collection(
        Telephone, IDENTIFYING, unique_by=("telephoneNumber", "telephoneNumberTypeDescriptor")
    )
    tribalAffiliations: list[TribalAffiliation] = collection(
        TribalAffiliation, SENSITIVE, unique_by=("tribalAffiliationDescriptor",)
    )


class StudentEducationOrganizationResponsibilityAssociation(Resource, domain="student_identification"):
    """Which organisation answers for a student in one matter, such as funding or results, and when."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", SENSITIVE, key=True, educationOrganizationId=LONG
    )
    studentReference: Student = reference("Student", SENSITIVE, key=True, studentUniqueId=string(32))
    responsibilityDescriptor: str = descriptor("ResponsibilityDescriptor", SENSITIVE, key=True)
    beginDate: date = day(SENSITIVE, key=True)
    endDate: date | None = day(SENSITIVE)
