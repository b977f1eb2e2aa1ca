"""Elements that resources of several domains hold: addresses, telephones, periods."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    INTEGER,
    LONG,
    Element,
    PrivacyClass,
    boolean,
    clock_time,
    code,
    collection,
    day,
    descriptor,
    integer,
    reference,
    string,
    text,
)

if TYPE_CHECKING:
    from homeroom.model.bell_schedule import ClassPeriod
    from homeroom.model.education_organization import Program
    from homeroom.model.learning_standard import LearningStandard
    from homeroom.model.staff import Staff
    from homeroom.model.teaching_and_learning import Section

PUBLIC = PrivacyClass.PUBLIC


class Period(Element):
    """TODO-DOC Period"""

    beginDate: date = day(PUBLIC, required=True)
    endDate: date | None = day(PUBLIC)


class AssessmentItemLearningStandard(Element):
    """TODO-DOC AssessmentItemLearningStandard"""

    learningStandardReference: LearningStandard = reference(
        "LearningStandard", PUBLIC, required=True, learningStandardId=string(60)
    )


class AcademicSubject(Element):
    """TODO-DOC AcademicSubject"""

    academicSubjectDescriptor: str = descriptor("AcademicSubjectDescriptor", PUBLIC, required=True)


class Author(Element):
    """TODO-DOC Author"""

    author: str = text(100, PUBLIC, required=True)


class AssessmentLanguage(Element):
    """TODO-DOC AssessmentLanguage"""

    languageDescriptor: str = descriptor("LanguageDescriptor", PUBLIC, required=True)


class AssessmentProgram(Element):
    """TODO-DOC AssessmentProgram"""

    programReference: Program = reference(
        "Program",
        PUBLIC,
        required=True,
        educationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )


class Score(Element):
    """TODO-DOC Score"""

    assessmentReportingMethodDescriptor: str = descriptor("AssessmentReportingMethodDescriptor", PUBLIC, required=True)
    resultDatatypeTypeDescriptor: str | None = descriptor("ResultDatatypeTypeDescriptor", PUBLIC)
    maximumScore: str | None = text(35, PUBLIC)
    minimumScore: str | None = text(35, PUBLIC)


class AssessmentSection(Element):
    """TODO-DOC AssessmentSection"""

    sectionReference: Section = reference(
        "Section",
        PUBLIC,
        required=True,
        localCourseCode=string(60),
        schoolId=LONG,
        schoolYear=INTEGER,
        sessionName=string(60),
        sectionIdentifier=string(255),
    )


class BellScheduleClassPeriod(Element):
    """TODO-DOC BellScheduleClassPeriod"""

    classPeriodReference: ClassPeriod = reference(
        "ClassPeriod", PUBLIC, required=True, classPeriodName=string(60), schoolId=LONG
    )


class GradeLevel(Element):
    """TODO-DOC GradeLevel"""

    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)


class MeetingTime(Element):
    """TODO-DOC MeetingTime"""

    endTime: time = clock_time(PUBLIC, required=True)
    startTime: time = clock_time(PUBLIC, required=True)


class Address(Element):
    """TODO-DOC Address"""

    addressTypeDescriptor: str = descriptor("AddressTypeDescriptor", PUBLIC, required=True)
    localeDescriptor: str | None = descriptor("LocaleDescriptor", PUBLIC)
    stateAbbreviationDescriptor: str = descriptor("StateAbbreviationDescriptor", PUBLIC, required=True)
    apartmentRoomSuiteNumber: str | None = text(50, PUBLIC)
    buildingSiteNumber: str | None = text(20, PUBLIC)
    city: str = text(30, PUBLIC, required=True)
    congressionalDistrict: str | None = text(30, PUBLIC)
    countyFIPSCode: str | None = text(5, PUBLIC)
    doNotPublishIndicator: bool | None = boolean(PUBLIC)
    latitude: str | None = text(20, PUBLIC)
    longitude: str | None = text(20, PUBLIC)
    nameOfCounty: str | None = text(30, PUBLIC)
    postalCode: str = text(17, PUBLIC, required=True)
    streetNumberName: str = text(150, PUBLIC, required=True)
    periods: list[Period] = collection(Period, PUBLIC, unique_by=("beginDate",))


class InternationalAddress(Element):
    """TODO-DOC InternationalAddress"""

    addressTypeDescriptor: str = descriptor("AddressTypeDescriptor", PUBLIC, required=True)
    countryDescriptor: str = descriptor("CountryDescriptor", PUBLIC, required=True)
    addressLine1: str = text(150, PUBLIC, required=True)
    addressLine2: str | None = text(150, PUBLIC)
    addressLine3: str | None = text(150, PUBLIC)
    addressLine4: str | None = text(150, PUBLIC)
    beginDate: date | None = day(PUBLIC)
    endDate: date | None = day(PUBLIC)
    latitude: str | None = text(20, PUBLIC)
    longitude: str | None = text(20, PUBLIC)


class ElectronicMail(Element):
    """TODO-DOC ElectronicMail"""

    electronicMailTypeDescriptor: str = descriptor("ElectronicMailTypeDescriptor", PUBLIC, required=True)
    doNotPublishIndicator: bool | None = boolean(PUBLIC)
    electronicMailAddress: str = text(128, PUBLIC, required=True)
    primaryEmailAddressIndicator: bool | None = boolean(PUBLIC)


class Use(Element):
    """TODO-DOC Use"""

    languageUseDescriptor: str = descriptor("LanguageUseDescriptor", PUBLIC, required=True)


class Language(Element):
    """TODO-DOC Language"""

    languageDescriptor: str = descriptor("LanguageDescriptor", PUBLIC, required=True)
    uses: list[Use] = collection(Use, PUBLIC, unique_by=("languageUseDescriptor",))


class OtherName(Element):
    """TODO-DOC OtherName"""

    otherNameTypeDescriptor: str = descriptor("OtherNameTypeDescriptor", PUBLIC, required=True)
    firstName: str = text(75, PUBLIC, required=True)
    generationCodeSuffix: str | None = text(10, PUBLIC)
    lastSurname: str = text(75, PUBLIC, required=True)
    middleName: str | None = text(75, PUBLIC)
    personalTitlePrefix: str | None = text(30, PUBLIC)


class PersonalIdentificationDocument(Element):
    """TODO-DOC PersonalIdentificationDocument"""

    identificationDocumentUseDescriptor: str = descriptor("IdentificationDocumentUseDescriptor", PUBLIC, required=True)
    issuerCountryDescriptor: str | None = descriptor("CountryDescriptor", PUBLIC)
    personalInformationVerificationDescriptor: str = descriptor(
        "PersonalInformationVerificationDescriptor", PUBLIC, required=True
    )
    documentExpirationDate: date | None = day(PUBLIC)
    documentTitle: str | None = text(60, PUBLIC)
    issuerDocumentIdentificationCode: str | None = text(60, PUBLIC)
    issuerName: str | None = text(150, PUBLIC)


class Telephone(Element):
    """TODO-DOC Telephone"""

    telephoneNumberTypeDescriptor: str = descriptor("TelephoneNumberTypeDescriptor", PUBLIC, required=True)
    doNotPublishIndicator: bool | None = boolean(PUBLIC)
    orderOfPriority: int | None = integer(PUBLIC)
    telephoneNumber: str = text(24, PUBLIC, required=True)
    textMessageCapabilityIndicator: bool | None = boolean(PUBLIC)


class OfferedGradeLevel(Element):
    """TODO-DOC OfferedGradeLevel"""

    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)


class DisciplineActionStaff(Element):
    """TODO-DOC DisciplineActionStaff"""

    staffReference: Staff = reference("Staff", PUBLIC, required=True, staffUniqueId=string(32))


class AppropriateGradeLevel(Element):
    """TODO-DOC AppropriateGradeLevel"""

    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)


class AppropriateSexe(Element):
    """TODO-DOC AppropriateSexe"""

    sexDescriptor: str = descriptor("SexDescriptor", PUBLIC, required=True)


class AncestryEthnicOrigin(Element):
    """TODO-DOC AncestryEthnicOrigin"""

    ancestryEthnicOriginDescriptor: str = descriptor("AncestryEthnicOriginDescriptor", PUBLIC, required=True)


class IdentificationDocument(Element):
    """TODO-DOC IdentificationDocument"""

    identificationDocumentUseDescriptor: str | None = descriptor("IdentificationDocumentUseDescriptor", PUBLIC)
    issuerCountryDescriptor: str | None = descriptor("CountryDescriptor", PUBLIC)
    personalInformationVerificationDescriptor: str | None = descriptor(
        "PersonalInformationVerificationDescriptor", PUBLIC
    )
    documentExpirationDate: date | None = day(PUBLIC)
    documentTitle: str | None = text(60, PUBLIC)
    issuerDocumentIdentificationCode: str | None = text(60, PUBLIC)
    issuerName: str | None = text(150, PUBLIC)


class Race(Element):
    """TODO-DOC Race"""

    raceDescriptor: str = descriptor("RaceDescriptor", PUBLIC, required=True)


class Recognition(Element):
    """TODO-DOC Recognition"""

    achievementCategoryDescriptor: str | None = descriptor("AchievementCategoryDescriptor", PUBLIC)
    recognitionTypeDescriptor: str = descriptor("RecognitionTypeDescriptor", PUBLIC, required=True)
    achievementCategorySystem: str | None = text(60, PUBLIC)
    achievementTitle: str | None = text(60, PUBLIC)
    criteria: str | None = text(150, PUBLIC)
    criteriaURL: str | None = text(255, PUBLIC)
    evidenceStatement: str | None = text(150, PUBLIC)
    imageURL: str | None = text(255, PUBLIC)
    issuerName: str | None = text(150, PUBLIC)
    issuerOriginURL: str | None = text(255, PUBLIC)
    recognitionAwardDate: date | None = day(PUBLIC)
    recognitionAwardExpiresDate: date | None = day(PUBLIC)
    recognitionDescription: str | None = text(80, PUBLIC)


class TribalAffiliation(Element):
    """TODO-DOC TribalAffiliation"""

    tribalAffiliationDescriptor: str = descriptor("TribalAffiliationDescriptor", PUBLIC, required=True)


class Visa(Element):
    """TODO-DOC Visa"""

    visaDescriptor: str = descriptor("VisaDescriptor", PUBLIC, required=True)


class Accommodation(Element):
    """TODO-DOC Accommodation"""

    accommodationDescriptor: str = descriptor("AccommodationDescriptor", PUBLIC, required=True)


class ProgramParticipationStatus(Element):
    """TODO-DOC ProgramParticipationStatus"""

    participationStatusDescriptor: str = descriptor("ParticipationStatusDescriptor", PUBLIC, required=True)
    designatedBy: str | None = text(60, PUBLIC)
    statusBeginDate: date = day(PUBLIC, required=True)
    statusEndDate: date | None = day(PUBLIC)


class Designation(Element):
    """TODO-DOC Designation"""

    disabilityDesignationDescriptor: str = descriptor("DisabilityDesignationDescriptor", PUBLIC, required=True)


class Disability(Element):
    """TODO-DOC Disability"""

    disabilityDescriptor: str = descriptor("DisabilityDescriptor", PUBLIC, required=True)
    disabilityDeterminationSourceTypeDescriptor: str | None = descriptor(
        "DisabilityDeterminationSourceTypeDescriptor", PUBLIC
    )
    disabilityDiagnosis: str | None = text(80, PUBLIC)
    orderOfDisability: int | None = integer(PUBLIC)
    designations: list[Designation] = collection(Designation, PUBLIC, unique_by=("disabilityDesignationDescriptor",))
