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
    """A stretch of time from a first day to a last; without a last day it still lasts."""

    beginDate: date = day(PUBLIC, required=True)
    endDate: date | None = day(PUBLIC)


class AssessmentItemLearningStandard(Element):
    """A learning standard to which the thing that holds it is aligned."""

    learningStandardReference: LearningStandard = reference(
        "LearningStandard", PUBLIC, required=True, learningStandardId=string(60)
    )


class AcademicSubject(Element):
    """A school subject, such as mathematics."""

    academicSubjectDescriptor: str = descriptor("AcademicSubjectDescriptor", PUBLIC, required=True)


class Author(Element):
    """The name of a person or body that wrote the work."""

    author: str = text(100, PUBLIC, required=True)


class AssessmentLanguage(Element):
    """A language in which the work can be had."""

    languageDescriptor: str = descriptor("LanguageDescriptor", PUBLIC, required=True)


class AssessmentProgram(Element):
    """A program that the thing which holds it belongs to."""

    programReference: Program = reference(
        "Program",
        PUBLIC,
        required=True,
        educationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )


class Score(Element):
    """A kind of score that is reported, with its lowest and highest value."""

    assessmentReportingMethodDescriptor: str = descriptor("AssessmentReportingMethodDescriptor", PUBLIC, required=True)
    resultDatatypeTypeDescriptor: str | None = descriptor("ResultDatatypeTypeDescriptor", PUBLIC)
    maximumScore: str | None = text(35, PUBLIC)
    minimumScore: str | None = text(35, PUBLIC)


class AssessmentSection(Element):
    """A class section that the thing which holds it belongs to."""

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
    """A class period that belongs to the thing which holds it."""

    classPeriodReference: ClassPeriod = reference(
        "ClassPeriod", PUBLIC, required=True, classPeriodName=string(60), schoolId=LONG
    )


class GradeLevel(Element):
    """A grade level, such as third grade."""

    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)


class MeetingTime(Element):
    """A time of day from start to end."""

    endTime: time = clock_time(PUBLIC, required=True)
    startTime: time = clock_time(PUBLIC, required=True)


class Address(Element):
    """A postal address in the United States, with its kind, its place on the map and when it held."""

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
    """A postal address outside the United States, in free lines, with its country."""

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
    """An e-mail address, with its kind and whether it may be published."""

    electronicMailTypeDescriptor: str = descriptor("ElectronicMailTypeDescriptor", PUBLIC, required=True)
    doNotPublishIndicator: bool | None = boolean(PUBLIC)
    electronicMailAddress: str = text(128, PUBLIC, required=True)
    primaryEmailAddressIndicator: bool | None = boolean(PUBLIC)


class Use(Element):
    """What a language is used for, such as at home or in writing to the family."""

    languageUseDescriptor: str = descriptor("LanguageUseDescriptor", PUBLIC, required=True)


class Language(Element):
    """A language that someone uses, with what they use it for."""

    languageDescriptor: str = descriptor("LanguageDescriptor", PUBLIC, required=True)
    uses: list[Use] = collection(Use, PUBLIC, unique_by=("languageUseDescriptor",))


class OtherName(Element):
    """Another name that someone has or had, such as a former surname or a nickname."""

    otherNameTypeDescriptor: str = descriptor("OtherNameTypeDescriptor", PUBLIC, required=True)
    firstName: str = text(75, PUBLIC, required=True)
    generationCodeSuffix: str | None = text(10, PUBLIC)
    lastSurname: str = text(75, PUBLIC, required=True)
    middleName: str | None = text(75, PUBLIC)
    personalTitlePrefix: str | None = text(30, PUBLIC)


class PersonalIdentificationDocument(Element):
    """A paper that proved who someone is, such as a passport or a birth certificate."""

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
    """A telephone number, with its kind, its place in the order of calling and whether it takes text messages."""

    telephoneNumberTypeDescriptor: str = descriptor("TelephoneNumberTypeDescriptor", PUBLIC, required=True)
    doNotPublishIndicator: bool | None = boolean(PUBLIC)
    orderOfPriority: int | None = integer(PUBLIC)
    telephoneNumber: str = text(24, PUBLIC, required=True)
    textMessageCapabilityIndicator: bool | None = boolean(PUBLIC)


class OfferedGradeLevel(Element):
    """A grade level to which the course is offered."""

    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)


class DisciplineActionStaff(Element):
    """A member of staff who belongs to the thing that holds it."""

    staffReference: Staff = reference("Staff", PUBLIC, required=True, staffUniqueId=string(32))


class AppropriateGradeLevel(Element):
    """A grade level for which the material or the help is meant."""

    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)


class AppropriateSexe(Element):
    """A sex for which the material or the help is meant."""

    sexDescriptor: str = descriptor("SexDescriptor", PUBLIC, required=True)


class AncestryEthnicOrigin(Element):
    """A country or people from which someone descends."""

    ancestryEthnicOriginDescriptor: str = descriptor("AncestryEthnicOriginDescriptor", PUBLIC, required=True)


class IdentificationDocument(Element):
    """A paper that names someone, as it was shown for a given purpose."""

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
    """A race that someone says they belong to; there may be several."""

    raceDescriptor: str = descriptor("RaceDescriptor", PUBLIC, required=True)


class Recognition(Element):
    """An honor or award that someone received, with who gave it and for what."""

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
    """A Native American tribe to which someone belongs."""

    tribalAffiliationDescriptor: str = descriptor("TribalAffiliationDescriptor", PUBLIC, required=True)


class Visa(Element):
    """A kind of visa that someone holds for the United States."""

    visaDescriptor: str = descriptor("VisaDescriptor", PUBLIC, required=True)


class Accommodation(Element):
    """An arrangement under which a test is taken, such as extra time or large print."""

    accommodationDescriptor: str = descriptor("AccommodationDescriptor", PUBLIC, required=True)


class ProgramParticipationStatus(Element):
    """How the student stood in the program, and from when to when."""

    participationStatusDescriptor: str = descriptor("ParticipationStatusDescriptor", PUBLIC, required=True)
    designatedBy: str | None = text(60, PUBLIC)
    statusBeginDate: date = day(PUBLIC, required=True)
    statusEndDate: date | None = day(PUBLIC)


class Designation(Element):
    """A legal rule under which a disability is recognised, such as IDEA or Section 504."""

    disabilityDesignationDescriptor: str = descriptor("DisabilityDesignationDescriptor", PUBLIC, required=True)


class Disability(Element):
    """A disability of a student, with how it was determined and by which rule it is recognised."""

    disabilityDescriptor: str = descriptor("DisabilityDescriptor", PUBLIC, required=True)
    disabilityDeterminationSourceTypeDescriptor: str | None = descriptor(
        "DisabilityDeterminationSourceTypeDescriptor", PUBLIC
    )
    disabilityDiagnosis: str | None = text(80, PUBLIC)
    orderOfDisability: int | None = integer(PUBLIC)
    designations: list[Designation] = collection(Designation, PUBLIC, unique_by=("disabilityDesignationDescriptor",))
