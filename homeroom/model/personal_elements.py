"""What describes a person or a place, wherever it is held: addresses, telephones, languages, papers, origin."""

from __future__ import annotations

from datetime import date

from homeroom.model.declaration import (
    Element,
    PrivacyClass,
    boolean,
    collection,
    day,
    descriptor,
    integer,
    text,
)
from homeroom.model.shared_elements import Period

PUBLIC = PrivacyClass.PUBLIC


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
