"""Students and their contacts: names, birth, papers, addresses, circumstances, health and transport.

Directory information is a student's name as it stands on a class list, and no more, although FERPA (34 CFR 99.3) would
let a district add addresses, birth dates and photographs: whatever helps to find or impersonate a child (numbers,
birth, ways to reach them, bus, household, former and preferred names) is identifying, and everything about a contact
at least that. Sensitive is what the law and families guard most: race and origin, citizenship, birth abroad and papers
that show it, the language of the home, gender identity, disability, health, circumstances such as homelessness or
foster care (also where the kind of an address tells it), how a home is connected, marks of a district's own making,
and who may not come near a child. How a contact is related is identifying, though it can tell of foster care: whoever
may call a contact has to know whom they call. Which school or district a student belongs to, and which yearly cohort
they count into, is part of the education record.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
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
    decimal,
    descriptor,
    embedded,
    integer,
    reference,
    string,
    text,
)
from homeroom.model.shared_elements import (
    Address,
    AncestryEthnicOrigin,
    Disability,
    ElectronicMail,
    IdentificationDocument,
    InternationalAddress,
    Language,
    OtherName,
    Period,
    PersonalIdentificationDocument,
    Race,
    Telephone,
    TribalAffiliation,
    Visa,
)

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.school_calendar import CrisisEvent, SchoolYearType

DIRECTORY = PrivacyClass.DIRECTORY
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


class StudentHealthDate(Element):
    """A day on which a dose of a vaccine was given."""

    immunizationDate: date = day(PUBLIC, required=True)


class AdditionalImmunization(Element):
    """A vaccine that a student has had beyond those the state requires, with the days of its doses."""

    immunizationName: str = text(100, PUBLIC, required=True)
    dates: list[StudentHealthDate] = collection(StudentHealthDate, PUBLIC, unique_by=("immunizationDate",))


class RequiredImmunization(Element):
    """A vaccine that the state requires, with the days of its doses or the exemption from it."""

    immunizationTypeDescriptor: str = descriptor("ImmunizationTypeDescriptor", PUBLIC, required=True)
    medicalExemption: str | None = text(1024, PUBLIC)
    medicalExemptionDate: date | None = day(PUBLIC)
    dates: list[StudentHealthDate] = collection(StudentHealthDate, PUBLIC, unique_by=("immunizationDate",))


class TravelDayofWeek(Element):
    """A day of the week on which the student rides the bus."""

    travelDayofWeekDescriptor: str = descriptor("TravelDayofWeekDescriptor", PUBLIC, required=True)


class TravelDirection(Element):
    """Whether the student rides to school, from school or both."""

    travelDirectionDescriptor: str = descriptor("TravelDirectionDescriptor", PUBLIC, required=True)


class StudentBusDetails(Element):
    """Which bus a student takes, by which route, how far and on which days."""

    busRouteDescriptor: str | None = descriptor("BusRouteDescriptor", PUBLIC)
    busNumber: str | None = text(36, PUBLIC)
    mileage: Decimal | None = decimal(5, 2, PUBLIC)
    travelDayofWeeks: list[TravelDayofWeek] = collection(
        TravelDayofWeek, PUBLIC, unique_by=("travelDayofWeekDescriptor",)
    )
    travelDirections: list[TravelDirection] = collection(
        TravelDirection, PUBLIC, unique_by=("travelDirectionDescriptor",)
    )


class Student(Resource, domain="student_identification"):
    """One person whom the district teaches or serves: their name, birth and papers, one row for each person."""

    personReference: Person | None = reference(
        "Person", IDENTIFYING, personId=string(32), sourceSystemDescriptor=code("SourceSystemDescriptor")
    )
    birthCountryDescriptor: str | None = descriptor("CountryDescriptor", SENSITIVE)
    birthSexDescriptor: str | None = descriptor("SexDescriptor", SENSITIVE)
    birthStateAbbreviationDescriptor: str | None = descriptor("StateAbbreviationDescriptor", IDENTIFYING)
    citizenshipStatusDescriptor: str | None = descriptor("CitizenshipStatusDescriptor", SENSITIVE)
    birthCity: str | None = text(30, IDENTIFYING)
    birthDate: date = day(IDENTIFYING, required=True)
    birthInternationalProvince: str | None = text(150, SENSITIVE)
    dateEnteredUS: date | None = day(SENSITIVE)
    firstName: str = text(75, DIRECTORY, required=True)
    generationCodeSuffix: str | None = text(10, DIRECTORY)
    lastSurname: str = text(75, DIRECTORY, required=True)
    maidenName: str | None = text(75, IDENTIFYING)
    middleName: str | None = text(75, DIRECTORY)
    multipleBirthStatus: bool | None = boolean(IDENTIFYING)
    personalTitlePrefix: str | None = text(30, DIRECTORY)
    preferredFirstName: str | None = text(75, IDENTIFYING)
    preferredLastSurname: str | None = text(75, IDENTIFYING)
    studentUniqueId: str = text(32, IDENTIFYING, key=True)
    identificationDocuments: list[IdentificationDocument] = collection(
        IdentificationDocument,
        SENSITIVE,
        unique_by=("identificationDocumentUseDescriptor", "personalInformationVerificationDescriptor"),
    )
    otherNames: list[OtherName] = collection(OtherName, IDENTIFYING, unique_by=("otherNameTypeDescriptor",))
    personalIdentificationDocuments: list[PersonalIdentificationDocument] = collection(
        PersonalIdentificationDocument,
        SENSITIVE,
        unique_by=("identificationDocumentUseDescriptor", "personalInformationVerificationDescriptor"),
    )
    visas: list[Visa] = collection(Visa, SENSITIVE, unique_by=("visaDescriptor",))


class Contact(Resource, domain="student_identification"):
    """A parent, guardian or other adult to whom a school may turn about a student, with how to reach them."""

    personReference: Person | None = reference(
        "Person", IDENTIFYING, personId=string(32), sourceSystemDescriptor=code("SourceSystemDescriptor")
    )
    highestCompletedLevelOfEducationDescriptor: str | None = descriptor("LevelOfEducationDescriptor", SENSITIVE)
    sexDescriptor: str | None = descriptor("SexDescriptor", IDENTIFYING)
    contactUniqueId: str = text(32, IDENTIFYING, key=True)
    firstName: str = text(75, IDENTIFYING, required=True)
    genderIdentity: str | None = text(60, SENSITIVE)
    generationCodeSuffix: str | None = text(10, IDENTIFYING)
    lastSurname: str = text(75, IDENTIFYING, required=True)
    loginId: str | None = text(60, IDENTIFYING)
    maidenName: str | None = text(75, IDENTIFYING)
    middleName: str | None = text(75, IDENTIFYING)
    personalTitlePrefix: str | None = text(30, IDENTIFYING)
    preferredFirstName: str | None = text(75, IDENTIFYING)
    preferredLastSurname: str | None = text(75, IDENTIFYING)
    addresses: list[Address] = collection(
        Address,
        IDENTIFYING,
        unique_by=("addressTypeDescriptor", "city", "postalCode", "stateAbbreviationDescriptor", "streetNumberName"),
        stricter={"addressTypeDescriptor": SENSITIVE},
    )
    electronicMails: list[ElectronicMail] = collection(
        ElectronicMail, IDENTIFYING, unique_by=("electronicMailAddress", "electronicMailTypeDescriptor")
    )
    internationalAddresses: list[InternationalAddress] = collection(
        InternationalAddress, SENSITIVE, unique_by=("addressTypeDescriptor",)
    )
    languages: list[Language] = collection(Language, SENSITIVE, unique_by=("languageDescriptor",))
    otherNames: list[OtherName] = collection(OtherName, IDENTIFYING, unique_by=("otherNameTypeDescriptor",))
    personalIdentificationDocuments: list[PersonalIdentificationDocument] = collection(
        PersonalIdentificationDocument,
        SENSITIVE,
        unique_by=("identificationDocumentUseDescriptor", "personalInformationVerificationDescriptor"),
    )
    telephones: list[Telephone] = collection(
        Telephone, IDENTIFYING, unique_by=("telephoneNumber", "telephoneNumberTypeDescriptor")
    )


class Person(Resource, domain="student_identification", endpoint="people"):
    """The number that one outside system gives a human being, so that their roles as student, contact or staff join."""

    sourceSystemDescriptor: str = descriptor("SourceSystemDescriptor", IDENTIFYING, key=True)
    personId: str = text(32, IDENTIFYING, key=True)


class StudentContactAssociation(Resource, domain="student_identification"):
    """How one adult stands to one student: mother, guardian, emergency contact, lives with, may not pick up."""

    contactReference: Contact = reference("Contact", IDENTIFYING, key=True, contactUniqueId=string(32))
    studentReference: Student = reference("Student", IDENTIFYING, key=True, studentUniqueId=string(32))
    relationDescriptor: str | None = descriptor("RelationDescriptor", IDENTIFYING)
    contactPriority: int | None = integer(IDENTIFYING)
    contactRestrictions: str | None = text(250, SENSITIVE)
    emergencyContactStatus: bool | None = boolean(IDENTIFYING)
    legalGuardian: bool | None = boolean(IDENTIFYING)
    livesWith: bool | None = boolean(IDENTIFYING)
    primaryContactStatus: bool | None = boolean(IDENTIFYING)


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


class StudentHealth(Resource, domain="student_identification"):
    """The vaccinations of a student as one district or school has them on file, with exemptions."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", SENSITIVE, key=True, educationOrganizationId=LONG
    )
    studentReference: Student = reference("Student", SENSITIVE, key=True, studentUniqueId=string(32))
    nonMedicalImmunizationExemptionDescriptor: str | None = descriptor(
        "NonMedicalImmunizationExemptionDescriptor", SENSITIVE
    )
    asOfDate: date = day(SENSITIVE, required=True)
    nonMedicalImmunizationExemptionDate: date | None = day(SENSITIVE)
    additionalImmunizations: list[AdditionalImmunization] = collection(
        AdditionalImmunization, SENSITIVE, unique_by=("immunizationName",)
    )
    requiredImmunizations: list[RequiredImmunization] = collection(
        RequiredImmunization, SENSITIVE, unique_by=("immunizationTypeDescriptor",)
    )


class StudentTransportation(Resource, domain="student_identification"):
    """How a student gets to school, which bus they ride and what they need on the way."""

    studentReference: Student = reference("Student", IDENTIFYING, key=True, studentUniqueId=string(32))
    transportationEducationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", IDENTIFYING, key=True, educationOrganizationId=LONG
    )
    transportationPublicExpenseEligibilityTypeDescriptor: str | None = descriptor(
        "TransportationPublicExpenseEligibilityTypeDescriptor", SENSITIVE
    )
    transportationTypeDescriptor: str | None = descriptor("TransportationTypeDescriptor", IDENTIFYING)
    specialAccomodationRequirements: str | None = text(1024, SENSITIVE)
    studentBusDetails: StudentBusDetails | None = embedded(StudentBusDetails, IDENTIFYING)
