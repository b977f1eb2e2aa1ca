"""Staff: who they are, their credentials, employment, assignments, absences and leave.

What staff do for the district is of the class of staff: name, work e-mail, position, wage, credentials. What belongs
to the person is protected as a student's would be: birth date, sex, home address, telephones and numbers are
identifying; race, origin, citizenship, papers, absence, leave and how employment ended are sensitive, for their
reasons tell of health and family. An open position has the class of staff until it is filled.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    DATE,
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
    AcademicSubject,
    Address,
    AncestryEthnicOrigin,
    ElectronicMail,
    GradeLevel,
    IdentificationDocument,
    InternationalAddress,
    Language,
    OtherName,
    Period,
    PersonalIdentificationDocument,
    Race,
    Recognition,
    Telephone,
    TribalAffiliation,
    Visa,
)

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.education_organization import Program, School
    from homeroom.model.school_calendar import Calendar, SchoolYearType
    from homeroom.model.student_identification import Person

IDENTIFYING = PrivacyClass.IDENTIFYING
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE
STAFF = PrivacyClass.STAFF


class Endorsement(Element):
    """A further field for which the license is valid."""

    credentialEndorsement: str = text(255, PUBLIC, required=True)


class InstructionalGradeLevel(Element):
    """A grade level that the position teaches."""

    gradeLevelDescriptor: str = descriptor("GradeLevelDescriptor", PUBLIC, required=True)


class StaffEducationOrganizationContactAssociationAddress(Element):
    """The address at which a member of staff can be reached in this role."""

    addressTypeDescriptor: str | None = descriptor("AddressTypeDescriptor", PUBLIC)
    localeDescriptor: str | None = descriptor("LocaleDescriptor", PUBLIC)
    stateAbbreviationDescriptor: str | None = descriptor("StateAbbreviationDescriptor", PUBLIC)
    apartmentRoomSuiteNumber: str | None = text(50, PUBLIC)
    buildingSiteNumber: str | None = text(20, PUBLIC)
    city: str | None = text(30, PUBLIC)
    congressionalDistrict: str | None = text(30, PUBLIC)
    countyFIPSCode: str | None = text(5, PUBLIC)
    doNotPublishIndicator: bool | None = boolean(PUBLIC)
    latitude: str | None = text(20, PUBLIC)
    longitude: str | None = text(20, PUBLIC)
    nameOfCounty: str | None = text(30, PUBLIC)
    postalCode: str | None = text(17, PUBLIC)
    streetNumberName: str | None = text(150, PUBLIC)
    periods: list[Period] = collection(Period, PUBLIC, unique_by=("beginDate",))


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


class StaffAbsenceEvent(Resource, domain="staff"):
    """One day on which a member of staff was away, for how many hours and why."""

    staffReference: Staff = reference("Staff", SENSITIVE, key=True, staffUniqueId=string(32))
    absenceEventCategoryDescriptor: str = descriptor("AbsenceEventCategoryDescriptor", SENSITIVE, key=True)
    absenceEventReason: str | None = text(40, SENSITIVE)
    eventDate: date = day(SENSITIVE, key=True)
    hoursAbsent: Decimal | None = decimal(18, 2, SENSITIVE)


class StaffLeave(Resource, domain="staff"):
    """A longer absence of a member of staff, such as parental leave, from when to when."""

    staffReference: Staff = reference("Staff", SENSITIVE, key=True, staffUniqueId=string(32))
    staffLeaveEventCategoryDescriptor: str = descriptor("StaffLeaveEventCategoryDescriptor", SENSITIVE, key=True)
    beginDate: date = day(SENSITIVE, key=True)
    endDate: date | None = day(SENSITIVE)
    reason: str | None = text(40, SENSITIVE)
    substituteAssigned: bool | None = boolean(SENSITIVE)


class StaffEducationOrganizationAssignmentAssociation(
    Resource,
    domain="staff",
    equal=(
        (
            "employmentStaffEducationOrganizationEmploymentAssociationReference.staffUniqueId",
            "staffReference.staffUniqueId",
        ),
    ),
):
    """The job that a member of staff does at a school or office, from when to when."""

    credentialReference: Credential | None = reference(
        "Credential",
        STAFF,
        credentialIdentifier=string(60),
        stateOfIssueStateAbbreviationDescriptor=code("StateAbbreviationDescriptor"),
    )
    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", STAFF, key=True, educationOrganizationId=LONG
    )
    employmentStaffEducationOrganizationEmploymentAssociationReference: (
        StaffEducationOrganizationEmploymentAssociation | None
    ) = reference(
        "StaffEducationOrganizationEmploymentAssociation",
        STAFF,
        educationOrganizationId=LONG,
        employmentStatusDescriptor=code("EmploymentStatusDescriptor"),
        hireDate=DATE,
        staffUniqueId=string(32),
    )
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    staffClassificationDescriptor: str = descriptor("StaffClassificationDescriptor", STAFF, key=True)
    beginDate: date = day(STAFF, key=True)
    endDate: date | None = day(STAFF)
    fullTimeEquivalency: Decimal | None = decimal(5, 4, STAFF)
    orderOfAssignment: int | None = integer(STAFF)
    positionTitle: str | None = text(100, STAFF)


class StaffEducationOrganizationContactAssociation(Resource, domain="staff"):
    """How to reach a member of staff in one role at a school or office."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", STAFF, key=True, educationOrganizationId=LONG
    )
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    contactTypeDescriptor: str | None = descriptor("ContactTypeDescriptor", STAFF)
    contactTitle: str = text(75, STAFF, key=True)
    electronicMailAddress: str = text(128, STAFF, required=True)
    address: StaffEducationOrganizationContactAssociationAddress | None = embedded(
        StaffEducationOrganizationContactAssociationAddress, STAFF
    )
    telephones: list[Telephone] = collection(
        Telephone, STAFF, unique_by=("telephoneNumber", "telephoneNumberTypeDescriptor")
    )


class StaffEducationOrganizationEmploymentAssociation(Resource, domain="staff"):
    """The employment of a member of staff by an organisation: hired when, at what wage, why it ended."""

    credentialReference: Credential | None = reference(
        "Credential",
        STAFF,
        credentialIdentifier=string(60),
        stateOfIssueStateAbbreviationDescriptor=code("StateAbbreviationDescriptor"),
    )
    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", STAFF, key=True, educationOrganizationId=LONG
    )
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    employmentStatusDescriptor: str = descriptor("EmploymentStatusDescriptor", STAFF, key=True)
    separationDescriptor: str | None = descriptor("SeparationDescriptor", SENSITIVE)
    separationReasonDescriptor: str | None = descriptor("SeparationReasonDescriptor", SENSITIVE)
    annualWage: Decimal | None = decimal(19, 4, STAFF)
    department: str | None = text(60, STAFF)
    endDate: date | None = day(STAFF)
    fullTimeEquivalency: Decimal | None = decimal(5, 4, STAFF)
    hireDate: date = day(STAFF, key=True)
    hourlyWage: Decimal | None = decimal(19, 4, STAFF)
    offerDate: date | None = day(STAFF)


class StaffProgramAssociation(Resource, domain="staff"):
    """A staff member's time of work in a program, and whether they may see its students' records."""

    programReference: Program = reference(
        "Program",
        STAFF,
        key=True,
        educationOrganizationId=LONG,
        programName=string(60),
        programTypeDescriptor=code("ProgramTypeDescriptor"),
    )
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    beginDate: date = day(STAFF, key=True)
    endDate: date | None = day(STAFF)
    studentRecordAccess: bool | None = boolean(STAFF)


class StaffSchoolAssociation(
    Resource,
    domain="staff",
    equal=(
        ("calendarReference.schoolId", "schoolReference.schoolId"),
        ("calendarReference.schoolYear", "schoolYearTypeReference.schoolYear"),
    ),
):
    """The subjects and grade levels that a member of staff teaches at a school."""

    calendarReference: Calendar | None = reference(
        "Calendar", STAFF, calendarCode=string(60), schoolId=LONG, schoolYear=INTEGER
    )
    schoolYearTypeReference: SchoolYearType | None = reference("SchoolYearType", STAFF, schoolYear=INTEGER)
    schoolReference: School = reference("School", STAFF, key=True, schoolId=LONG)
    staffReference: Staff = reference("Staff", STAFF, key=True, staffUniqueId=string(32))
    programAssignmentDescriptor: str = descriptor("ProgramAssignmentDescriptor", STAFF, key=True)
    academicSubjects: list[AcademicSubject] = collection(
        AcademicSubject, STAFF, unique_by=("academicSubjectDescriptor",)
    )
    gradeLevels: list[GradeLevel] = collection(GradeLevel, STAFF, unique_by=("gradeLevelDescriptor",))


class OpenStaffPosition(Resource, domain="staff"):
    """A job that a school or office seeks to fill, posted from when to when."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", STAFF, key=True, educationOrganizationId=LONG
    )
    employmentStatusDescriptor: str = descriptor("EmploymentStatusDescriptor", STAFF, required=True)
    postingResultDescriptor: str | None = descriptor("PostingResultDescriptor", STAFF)
    programAssignmentDescriptor: str | None = descriptor("ProgramAssignmentDescriptor", STAFF)
    staffClassificationDescriptor: str = descriptor("StaffClassificationDescriptor", STAFF, required=True)
    datePosted: date = day(STAFF, required=True)
    datePostingRemoved: date | None = day(STAFF)
    positionTitle: str | None = text(100, STAFF)
    requisitionNumber: str = text(20, STAFF, key=True)
    academicSubjects: list[AcademicSubject] = collection(
        AcademicSubject, STAFF, unique_by=("academicSubjectDescriptor",)
    )
    instructionalGradeLevels: list[InstructionalGradeLevel] = collection(
        InstructionalGradeLevel, STAFF, unique_by=("gradeLevelDescriptor",)
    )
