"""Students and their contacts: who they are, and how they belong together."""

from __future__ import annotations

from datetime import date

from homeroom.model.declaration import (
    PrivacyClass,
    Resource,
    boolean,
    code,
    collection,
    day,
    descriptor,
    integer,
    reference,
    string,
    text,
)
from homeroom.model.personal_elements import (
    Address,
    ElectronicMail,
    IdentificationDocument,
    InternationalAddress,
    Language,
    OtherName,
    PersonalIdentificationDocument,
    Telephone,
    Visa,
)

DIRECTORY = PrivacyClass.DIRECTORY
IDENTIFYING = PrivacyClass.IDENTIFYING
SENSITIVE = PrivacyClass.SENSITIVE


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
