"""Staff as persons, and their credentials."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    Element,
    PrivacyClass,
    Resource,
    boolean,
    code,
    collection,
    day,
    decimal,
    descriptor,
    reference,
    string,
    text,
)
from homeroom.model.personal_elements import (
    Address,
    AncestryEthnicOrigin,
    ElectronicMail,
    IdentificationDocument,
    InternationalAddress,
    Language,
    OtherName,
    PersonalIdentificationDocument,
    Race,
    Recognition,
    Telephone,
    TribalAffiliation,
    Visa,
)
from homeroom.model.shared_elements import AcademicSubject, GradeLevel

if TYPE_CHECKING:
    from homeroom.model.student_identification import Person

IDENTIFYING = PrivacyClass.IDENTIFYING
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE
STAFF = PrivacyClass.STAFF


class Endorsement(Element):
    """A further field for which the license is valid."""

    credentialEndorsement: str = text(255, PUBLIC, required=True)


class StaffCredential(Element):
    """A license or certificate that a member of staff holds."""

    credentialReference: Credential = reference(
        "Credential",
        PUBLIC,
        required=True,
        credentialIdentifier=string(60),
        stateOfIssueStateAbbreviationDescriptor=code("StateAbbreviationDescriptor"),
    )


class StaffIdentificationCode(Element):
    """A number by which some system or organisation knows the member of staff."""

    staffIdentificationSystemDescriptor: str = descriptor("StaffIdentificationSystemDescriptor", PUBLIC, required=True)
    assigningOrganizationIdentificationCode: str | None = text(60, PUBLIC)
    identificationCode: str = text(60, PUBLIC, required=True)


class Staff(Resource, domain="staff"):
    """One person who works for the district, employed or under contract: name, ways to reach them, background."""

    personReference: Person | None = reference(
        "Person", IDENTIFYING, personId=string(32), sourceSystemDescriptor=code("SourceSystemDescriptor")
    )
    citizenshipStatusDescriptor: str | None = descriptor("CitizenshipStatusDescriptor", SENSITIVE)
    highestCompletedLevelOfEducationDescriptor: str | None = descriptor("LevelOfEducationDescriptor", STAFF)
    sexDescriptor: str | None = descriptor("SexDescriptor", IDENTIFYING)
    birthDate: date | None = day(IDENTIFYING)
    firstName: str = text(75, STAFF, required=True)
    genderIdentity: str | None = text(60, SENSITIVE)
    generationCodeSuffix: str | None = text(10, STAFF)
    highlyQualifiedTeacher: bool | None = boolean(STAFF)
    hispanicLatinoEthnicity: bool | None = boolean(SENSITIVE)
    lastSurname: str = text(75, STAFF, required=True)
    loginId: str | None = text(60, STAFF)
    maidenName: str | None = text(75, IDENTIFYING)
    middleName: str | None = text(75, STAFF)
    personalTitlePrefix: str | None = text(30, STAFF)
    preferredFirstName: str | None = text(75, STAFF)
    preferredLastSurname: str | None = text(75, STAFF)
    staffUniqueId: str = text(32, STAFF, key=True)
    yearsOfPriorProfessionalExperience: Decimal | None = decimal(5, 2, STAFF)
    yearsOfPriorTeachingExperience: Decimal | None = decimal(5, 2, STAFF)
    addresses: list[Address] = collection(
        Address,
        IDENTIFYING,
        unique_by=("addressTypeDescriptor", "city", "postalCode", "stateAbbreviationDescriptor", "streetNumberName"),
    )
    ancestryEthnicOrigins: list[AncestryEthnicOrigin] = collection(
        AncestryEthnicOrigin, SENSITIVE, unique_by=("ancestryEthnicOriginDescriptor",)
    )
    credentials: list[StaffCredential] = collection(StaffCredential, STAFF, unique_by=("credentialReference",))
    electronicMails: list[ElectronicMail] = collection(
        ElectronicMail, STAFF, unique_by=("electronicMailAddress", "electronicMailTypeDescriptor")
    )
    identificationCodes: list[StaffIdentificationCode] = collection(
        StaffIdentificationCode, IDENTIFYING, unique_by=("staffIdentificationSystemDescriptor",)
    )
    identificationDocuments: list[IdentificationDocument] = collection(
        IdentificationDocument,
        SENSITIVE,
        unique_by=("identificationDocumentUseDescriptor", "personalInformationVerificationDescriptor"),
    )
    internationalAddresses: list[InternationalAddress] = collection(
        InternationalAddress, IDENTIFYING, unique_by=("addressTypeDescriptor",)
    )
    languages: list[Language] = collection(Language, STAFF, unique_by=("languageDescriptor",))
    otherNames: list[OtherName] = collection(OtherName, IDENTIFYING, unique_by=("otherNameTypeDescriptor",))
    personalIdentificationDocuments: list[PersonalIdentificationDocument] = collection(
        PersonalIdentificationDocument,
        SENSITIVE,
        unique_by=("identificationDocumentUseDescriptor", "personalInformationVerificationDescriptor"),
    )
    races: list[Race] = collection(Race, SENSITIVE, unique_by=("raceDescriptor",))
    recognitions: list[Recognition] = collection(Recognition, STAFF, unique_by=("recognitionTypeDescriptor",))
    telephones: list[Telephone] = collection(
        Telephone, IDENTIFYING, unique_by=("telephoneNumber", "telephoneNumberTypeDescriptor")
    )
    tribalAffiliations: list[TribalAffiliation] = collection(
        TribalAffiliation, SENSITIVE, unique_by=("tribalAffiliationDescriptor",)
    )
    visas: list[Visa] = collection(Visa, SENSITIVE, unique_by=("visaDescriptor",))


class Credential(Resource, domain="staff"):
    """A license or certificate to teach or to work in schools, with its field, its dates and the state that gave it."""

    credentialFieldDescriptor: str | None = descriptor("CredentialFieldDescriptor", STAFF)
    credentialTypeDescriptor: str = descriptor("CredentialTypeDescriptor", STAFF, required=True)
    stateOfIssueStateAbbreviationDescriptor: str = descriptor("StateAbbreviationDescriptor", STAFF, key=True)
    teachingCredentialBasisDescriptor: str | None = descriptor("TeachingCredentialBasisDescriptor", STAFF)
    teachingCredentialDescriptor: str | None = descriptor("TeachingCredentialDescriptor", STAFF)
    credentialIdentifier: str = text(60, STAFF, key=True)
    effectiveDate: date | None = day(STAFF)
    expirationDate: date | None = day(STAFF)
    issuanceDate: date = day(STAFF, required=True)
    namespace: str = text(255, STAFF, required=True)
    academicSubjects: list[AcademicSubject] = collection(
        AcademicSubject, STAFF, unique_by=("academicSubjectDescriptor",)
    )
    endorsements: list[Endorsement] = collection(Endorsement, STAFF, unique_by=("credentialEndorsement",))
    gradeLevels: list[GradeLevel] = collection(GradeLevel, STAFF, unique_by=("gradeLevelDescriptor",))
