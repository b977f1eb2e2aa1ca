"""Schools, districts, agencies, providers and colleges, with their programs, ratings and places.

All of it is public: an organization is no person, and its address, telephone and ratings are published anyway. That a
student belongs to one is in the domains about students.
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
    collection,
    day,
    decimal,
    descriptor,
    integer,
    long,
    reference,
    text,
)
from homeroom.model.shared_elements import (
    Address,
    AssessmentItemLearningStandard,
    GradeLevel,
    InternationalAddress,
    Period,
)

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.school_calendar import SchoolYearType

PUBLIC = PrivacyClass.PUBLIC


class Category(Element):
    """What kind of organisation it is."""

    educationOrganizationCategoryDescriptor: str = descriptor(
        "EducationOrganizationCategoryDescriptor", PUBLIC, required=True
    )


class IdentificationCode(Element):
    """A number by which some system or agency knows the organisation."""

    educationOrganizationIdentificationSystemDescriptor: str = descriptor(
        "EducationOrganizationIdentificationSystemDescriptor", PUBLIC, required=True
    )
    identificationCode: str = text(60, PUBLIC, required=True)


class Indicator(Element):
    """A rating or mark that an organisation carries, with its level, its giver and its time."""

    indicatorDescriptor: str = descriptor("IndicatorDescriptor", PUBLIC, required=True)
    indicatorGroupDescriptor: str | None = descriptor("IndicatorGroupDescriptor", PUBLIC)
    indicatorLevelDescriptor: str | None = descriptor("IndicatorLevelDescriptor", PUBLIC)
    designatedBy: str | None = text(60, PUBLIC)
    indicatorValue: str | None = text(60, PUBLIC)
    periods: list[Period] = collection(Period, PUBLIC, unique_by=("beginDate",))


class InstitutionTelephone(Element):
    """A telephone number of the organisation."""

    institutionTelephoneNumberTypeDescriptor: str = descriptor(
        "InstitutionTelephoneNumberTypeDescriptor", PUBLIC, required=True
    )
    telephoneNumber: str = text(24, PUBLIC, required=True)


class LocalEducationAgencyAccountability(Element):
    """What a district reports in a school year about gun-free schools and school choice."""

    schoolYearTypeReference: SchoolYearType = reference("SchoolYearType", PUBLIC, required=True, schoolYear=INTEGER)
    gunFreeSchoolsActReportingStatusDescriptor: str | None = descriptor(
        "GunFreeSchoolsActReportingStatusDescriptor", PUBLIC
    )
    schoolChoiceImplementStatusDescriptor: str | None = descriptor("SchoolChoiceImplementStatusDescriptor", PUBLIC)


class LocalEducationAgencyFederalFund(Element):
    """What a district received and spent of federal funds in a fiscal year."""

    fiscalYear: int = integer(PUBLIC, required=True)
    innovativeDollarsSpent: Decimal | None = decimal(19, 4, PUBLIC)
    innovativeDollarsSpentStrategicPriorities: Decimal | None = decimal(19, 4, PUBLIC)
    innovativeProgramsFundsReceived: Decimal | None = decimal(19, 4, PUBLIC)
    schoolImprovementAllocation: Decimal | None = decimal(19, 4, PUBLIC)
    schoolImprovementReservedFundsPercentage: Decimal | None = decimal(5, 4, PUBLIC)
    stateAssessmentAdministrationFunding: Decimal | None = decimal(5, 4, PUBLIC)
    supplementalEducationalServicesFundsSpent: Decimal | None = decimal(19, 4, PUBLIC)
    supplementalEducationalServicesPerPupilExpenditure: Decimal | None = decimal(19, 4, PUBLIC)


class MediumOfInstruction(Element):
    """A way in which the institution teaches, such as in person or online."""

    mediumOfInstructionDescriptor: str = descriptor("MediumOfInstructionDescriptor", PUBLIC, required=True)


class ProgramCharacteristic(Element):
    """A trait of a program, such as that it is compensatory."""

    programCharacteristicDescriptor: str = descriptor("ProgramCharacteristicDescriptor", PUBLIC, required=True)


class Sponsor(Element):
    """Who pays for or carries a program, such as the federal government."""

    programSponsorDescriptor: str = descriptor("ProgramSponsorDescriptor", PUBLIC, required=True)


class EducationOrganizationCategory(Element):
    """What kind of organisation the school is."""

    educationOrganizationCategoryDescriptor: str = descriptor(
        "EducationOrganizationCategoryDescriptor", PUBLIC, required=True
    )


class SchoolCategory(Element):
    """What span of grades a school serves, such as an elementary school."""

    schoolCategoryDescriptor: str = descriptor("SchoolCategoryDescriptor", PUBLIC, required=True)


class StateEducationAgencyAccountability(Element):
    """What a state agency reports in a school year about graduation rates."""

    schoolYearTypeReference: SchoolYearType = reference("SchoolYearType", PUBLIC, required=True, schoolYear=INTEGER)
    cteGraduationRateInclusion: bool | None = boolean(PUBLIC)


class StateEducationAgencyFederalFund(Element):
    """What a state agency was allotted of federal funds in a fiscal year."""

    federalProgramsFundingAllocation: Decimal | None = decimal(19, 4, PUBLIC)
    fiscalYear: int = integer(PUBLIC, required=True)


class School(Resource, domain="education_organization", subclass_of="EducationOrganization"):
    """A place where students are taught: name, address, grade levels, kind, and the district it belongs to."""

    charterApprovalSchoolYearTypeReference: SchoolYearType | None = reference(
        "SchoolYearType", PUBLIC, schoolYear=INTEGER
    )
    localEducationAgencyReference: LocalEducationAgency | None = reference(
        "LocalEducationAgency", PUBLIC, localEducationAgencyId=LONG
    )
    administrativeFundingControlDescriptor: str | None = descriptor("AdministrativeFundingControlDescriptor", PUBLIC)
    charterApprovalAgencyTypeDescriptor: str | None = descriptor("CharterApprovalAgencyTypeDescriptor", PUBLIC)
    charterStatusDescriptor: str | None = descriptor("CharterStatusDescriptor", PUBLIC)
    internetAccessDescriptor: str | None = descriptor("InternetAccessDescriptor", PUBLIC)
    magnetSpecialProgramEmphasisSchoolDescriptor: str | None = descriptor(
        "MagnetSpecialProgramEmphasisSchoolDescriptor", PUBLIC
    )
    operationalStatusDescriptor: str | None = descriptor("OperationalStatusDescriptor", PUBLIC)
    schoolTypeDescriptor: str | None = descriptor("SchoolTypeDescriptor", PUBLIC)
    titleIPartASchoolDesignationDescriptor: str | None = descriptor("TitleIPartASchoolDesignationDescriptor", PUBLIC)
    nameOfInstitution: str = text(75, PUBLIC, required=True)
    schoolId: int = long(PUBLIC, key=True)
    shortNameOfInstitution: str | None = text(75, PUBLIC)
    webSite: str | None = text(255, PUBLIC)
    addresses: list[Address] = collection(
        Address,
        PUBLIC,
        unique_by=("addressTypeDescriptor", "city", "postalCode", "stateAbbreviationDescriptor", "streetNumberName"),
    )
    educationOrganizationCategories: list[EducationOrganizationCategory] = collection(
        EducationOrganizationCategory, PUBLIC, unique_by=("educationOrganizationCategoryDescriptor",), required=True
    )
    gradeLevels: list[GradeLevel] = collection(GradeLevel, PUBLIC, unique_by=("gradeLevelDescriptor",), required=True)
    identificationCodes: list[IdentificationCode] = collection(
        IdentificationCode, PUBLIC, unique_by=("educationOrganizationIdentificationSystemDescriptor",)
    )
    indicators: list[Indicator] = collection(Indicator, PUBLIC, unique_by=("indicatorDescriptor",))
    institutionTelephones: list[InstitutionTelephone] = collection(
        InstitutionTelephone, PUBLIC, unique_by=("institutionTelephoneNumberTypeDescriptor",)
    )
    internationalAddresses: list[InternationalAddress] = collection(
        InternationalAddress, PUBLIC, unique_by=("addressTypeDescriptor",)
    )
    schoolCategories: list[SchoolCategory] = collection(SchoolCategory, PUBLIC, unique_by=("schoolCategoryDescriptor",))


class LocalEducationAgency(Resource, domain="education_organization", subclass_of="EducationOrganization"):
    """A school district or a charter holder that runs schools."""

    educationServiceCenterReference: EducationServiceCenter | None = reference(
        "EducationServiceCenter", PUBLIC, educationServiceCenterId=LONG
    )
    parentLocalEducationAgencyReference: LocalEducationAgency | None = reference(
        "LocalEducationAgency", PUBLIC, localEducationAgencyId=LONG
    )
    stateEducationAgencyReference: StateEducationAgency | None = reference(
        "StateEducationAgency", PUBLIC, stateEducationAgencyId=LONG
    )
    charterStatusDescriptor: str | None = descriptor("CharterStatusDescriptor", PUBLIC)
    localEducationAgencyCategoryDescriptor: str = descriptor(
        "LocalEducationAgencyCategoryDescriptor", PUBLIC, required=True
    )
    operationalStatusDescriptor: str | None = descriptor("OperationalStatusDescriptor", PUBLIC)
    localEducationAgencyId: int = long(PUBLIC, key=True)
    nameOfInstitution: str = text(75, PUBLIC, required=True)
    shortNameOfInstitution: str | None = text(75, PUBLIC)
    webSite: str | None = text(255, PUBLIC)
    accountabilities: list[LocalEducationAgencyAccountability] = collection(
        LocalEducationAgencyAccountability, PUBLIC, unique_by=("schoolYearTypeReference",)
    )
    addresses: list[Address] = collection(
        Address,
        PUBLIC,
        unique_by=("addressTypeDescriptor", "city", "postalCode", "stateAbbreviationDescriptor", "streetNumberName"),
    )
    categories: list[Category] = collection(Category, PUBLIC, unique_by=("educationOrganizationCategoryDescriptor",))
    federalFunds: list[LocalEducationAgencyFederalFund] = collection(
        LocalEducationAgencyFederalFund, PUBLIC, unique_by=("fiscalYear",)
    )
    identificationCodes: list[IdentificationCode] = collection(
        IdentificationCode, PUBLIC, unique_by=("educationOrganizationIdentificationSystemDescriptor",)
    )
    indicators: list[Indicator] = collection(Indicator, PUBLIC, unique_by=("indicatorDescriptor",))
    institutionTelephones: list[InstitutionTelephone] = collection(
        InstitutionTelephone, PUBLIC, unique_by=("institutionTelephoneNumberTypeDescriptor",)
    )
    internationalAddresses: list[InternationalAddress] = collection(
        InternationalAddress, PUBLIC, unique_by=("addressTypeDescriptor",)
    )


class StateEducationAgency(Resource, domain="education_organization", subclass_of="EducationOrganization"):
    """The agency of a state that oversees its schools."""

    operationalStatusDescriptor: str | None = descriptor("OperationalStatusDescriptor", PUBLIC)
    nameOfInstitution: str = text(75, PUBLIC, required=True)
    shortNameOfInstitution: str | None = text(75, PUBLIC)
    stateEducationAgencyId: int = long(PUBLIC, key=True)
    webSite: str | None = text(255, PUBLIC)
    accountabilities: list[StateEducationAgencyAccountability] = collection(
        StateEducationAgencyAccountability, PUBLIC, unique_by=("schoolYearTypeReference",)
    )
    addresses: list[Address] = collection(
        Address,
        PUBLIC,
        unique_by=("addressTypeDescriptor", "city", "postalCode", "stateAbbreviationDescriptor", "streetNumberName"),
    )
    categories: list[Category] = collection(Category, PUBLIC, unique_by=("educationOrganizationCategoryDescriptor",))
    federalFunds: list[StateEducationAgencyFederalFund] = collection(
        StateEducationAgencyFederalFund, PUBLIC, unique_by=("fiscalYear",)
    )
    identificationCodes: list[IdentificationCode] = collection(
        IdentificationCode, PUBLIC, unique_by=("educationOrganizationIdentificationSystemDescriptor",)
    )
    indicators: list[Indicator] = collection(Indicator, PUBLIC, unique_by=("indicatorDescriptor",))
    institutionTelephones: list[InstitutionTelephone] = collection(
        InstitutionTelephone, PUBLIC, unique_by=("institutionTelephoneNumberTypeDescriptor",)
    )
    internationalAddresses: list[InternationalAddress] = collection(
        InternationalAddress, PUBLIC, unique_by=("addressTypeDescriptor",)
    )


class EducationServiceCenter(Resource, domain="education_organization", subclass_of="EducationOrganization"):
    """A regional office that serves several districts."""

    stateEducationAgencyReference: StateEducationAgency | None = reference(
        "StateEducationAgency", PUBLIC, stateEducationAgencyId=LONG
    )
    operationalStatusDescriptor: str | None = descriptor("OperationalStatusDescriptor", PUBLIC)
    educationServiceCenterId: int = long(PUBLIC, key=True)
    nameOfInstitution: str = text(75, PUBLIC, required=True)
    shortNameOfInstitution: str | None = text(75, PUBLIC)
    webSite: str | None = text(255, PUBLIC)
    addresses: list[Address] = collection(
        Address,
        PUBLIC,
        unique_by=("addressTypeDescriptor", "city", "postalCode", "stateAbbreviationDescriptor", "streetNumberName"),
    )
    categories: list[Category] = collection(Category, PUBLIC, unique_by=("educationOrganizationCategoryDescriptor",))
    identificationCodes: list[IdentificationCode] = collection(
        IdentificationCode, PUBLIC, unique_by=("educationOrganizationIdentificationSystemDescriptor",)
    )
    indicators: list[Indicator] = collection(Indicator, PUBLIC, unique_by=("indicatorDescriptor",))
    institutionTelephones: list[InstitutionTelephone] = collection(
        InstitutionTelephone, PUBLIC, unique_by=("institutionTelephoneNumberTypeDescriptor",)
    )
    internationalAddresses: list[InternationalAddress] = collection(
        InternationalAddress, PUBLIC, unique_by=("addressTypeDescriptor",)
    )


class CommunityOrganization(Resource, domain="education_organization", subclass_of="EducationOrganization"):
    """An organisation outside the school system that works with it, such as a food bank."""

    operationalStatusDescriptor: str | None = descriptor("OperationalStatusDescriptor", PUBLIC)
    communityOrganizationId: int = long(PUBLIC, key=True)
    nameOfInstitution: str = text(75, PUBLIC, required=True)
    shortNameOfInstitution: str | None = text(75, PUBLIC)
    webSite: str | None = text(255, PUBLIC)
    addresses: list[Address] = collection(
        Address,
        PUBLIC,
        unique_by=("addressTypeDescriptor", "city", "postalCode", "stateAbbreviationDescriptor", "streetNumberName"),
    )
    categories: list[Category] = collection(Category, PUBLIC, unique_by=("educationOrganizationCategoryDescriptor",))
    identificationCodes: list[IdentificationCode] = collection(
        IdentificationCode, PUBLIC, unique_by=("educationOrganizationIdentificationSystemDescriptor",)
    )
    indicators: list[Indicator] = collection(Indicator, PUBLIC, unique_by=("indicatorDescriptor",))
    institutionTelephones: list[InstitutionTelephone] = collection(
        InstitutionTelephone, PUBLIC, unique_by=("institutionTelephoneNumberTypeDescriptor",)
    )
    internationalAddresses: list[InternationalAddress] = collection(
        InternationalAddress, PUBLIC, unique_by=("addressTypeDescriptor",)
    )


class CommunityProvider(Resource, domain="education_organization", subclass_of="EducationOrganization"):
    """A place outside the school system that cares for or teaches children, such as a day care center."""

    communityOrganizationReference: CommunityOrganization | None = reference(
        "CommunityOrganization", PUBLIC, communityOrganizationId=LONG
    )
    operationalStatusDescriptor: str | None = descriptor("OperationalStatusDescriptor", PUBLIC)
    providerCategoryDescriptor: str = descriptor("ProviderCategoryDescriptor", PUBLIC, required=True)
    providerProfitabilityDescriptor: str | None = descriptor("ProviderProfitabilityDescriptor", PUBLIC)
    providerStatusDescriptor: str = descriptor("ProviderStatusDescriptor", PUBLIC, required=True)
    communityProviderId: int = long(PUBLIC, key=True)
    licenseExemptIndicator: bool | None = boolean(PUBLIC)
    nameOfInstitution: str = text(75, PUBLIC, required=True)
    schoolIndicator: bool | None = boolean(PUBLIC)
    shortNameOfInstitution: str | None = text(75, PUBLIC)
    webSite: str | None = text(255, PUBLIC)
    addresses: list[Address] = collection(
        Address,
        PUBLIC,
        unique_by=("addressTypeDescriptor", "city", "postalCode", "stateAbbreviationDescriptor", "streetNumberName"),
    )
    categories: list[Category] = collection(Category, PUBLIC, unique_by=("educationOrganizationCategoryDescriptor",))
    identificationCodes: list[IdentificationCode] = collection(
        IdentificationCode, PUBLIC, unique_by=("educationOrganizationIdentificationSystemDescriptor",)
    )
    indicators: list[Indicator] = collection(Indicator, PUBLIC, unique_by=("indicatorDescriptor",))
    institutionTelephones: list[InstitutionTelephone] = collection(
        InstitutionTelephone, PUBLIC, unique_by=("institutionTelephoneNumberTypeDescriptor",)
    )
    internationalAddresses: list[InternationalAddress] = collection(
        InternationalAddress, PUBLIC, unique_by=("addressTypeDescriptor",)
    )


class CommunityProviderLicense(Resource, domain="education_organization"):
    """A license to care for children: its kind, its dates, for how many children of what ages."""

    communityProviderReference: CommunityProvider = reference(
        "CommunityProvider", PUBLIC, key=True, communityProviderId=LONG
    )
    licenseStatusDescriptor: str | None = descriptor("LicenseStatusDescriptor", PUBLIC)
    licenseTypeDescriptor: str = descriptor("LicenseTypeDescriptor", PUBLIC, required=True)
    authorizedFacilityCapacity: int | None = integer(PUBLIC)
    licenseEffectiveDate: date = day(PUBLIC, required=True)
    licenseExpirationDate: date | None = day(PUBLIC)
    licenseIdentifier: str = text(36, PUBLIC, key=True)
    licenseIssueDate: date | None = day(PUBLIC)
    licensingOrganization: str = text(75, PUBLIC, key=True)
    oldestAgeAuthorizedToServe: int | None = integer(PUBLIC)
    youngestAgeAuthorizedToServe: int | None = integer(PUBLIC)


class EducationOrganizationNetwork(Resource, domain="education_organization", subclass_of="EducationOrganization"):
    """A network of organisations with a common purpose, such as a charter network."""

    networkPurposeDescriptor: str = descriptor("NetworkPurposeDescriptor", PUBLIC, required=True)
    operationalStatusDescriptor: str | None = descriptor("OperationalStatusDescriptor", PUBLIC)
    educationOrganizationNetworkId: int = long(PUBLIC, key=True)
    nameOfInstitution: str = text(75, PUBLIC, required=True)
    shortNameOfInstitution: str | None = text(75, PUBLIC)
    webSite: str | None = text(255, PUBLIC)
    addresses: list[Address] = collection(
        Address,
        PUBLIC,
        unique_by=("addressTypeDescriptor", "city", "postalCode", "stateAbbreviationDescriptor", "streetNumberName"),
    )
    categories: list[Category] = collection(Category, PUBLIC, unique_by=("educationOrganizationCategoryDescriptor",))
    identificationCodes: list[IdentificationCode] = collection(
        IdentificationCode, PUBLIC, unique_by=("educationOrganizationIdentificationSystemDescriptor",)
    )
    indicators: list[Indicator] = collection(Indicator, PUBLIC, unique_by=("indicatorDescriptor",))
    institutionTelephones: list[InstitutionTelephone] = collection(
        InstitutionTelephone, PUBLIC, unique_by=("institutionTelephoneNumberTypeDescriptor",)
    )
    internationalAddresses: list[InternationalAddress] = collection(
        InternationalAddress, PUBLIC, unique_by=("addressTypeDescriptor",)
    )


class EducationOrganizationNetworkAssociation(Resource, domain="education_organization"):
    """The time in which an organisation belonged to a network."""

    educationOrganizationNetworkReference: EducationOrganizationNetwork = reference(
        "EducationOrganizationNetwork", PUBLIC, key=True, educationOrganizationNetworkId=LONG
    )
    memberEducationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    beginDate: date | None = day(PUBLIC)
    endDate: date | None = day(PUBLIC)


class EducationOrganizationPeerAssociation(Resource, domain="education_organization"):
    """Two organisations that are compared with each other because they are alike."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    peerEducationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )


class OrganizationDepartment(Resource, domain="education_organization", subclass_of="EducationOrganization"):
    """A department of an organisation, such as a high school's mathematics department."""

    parentEducationOrganizationReference: EducationOrganization | None = reference(
        "EducationOrganization", PUBLIC, educationOrganizationId=LONG
    )
    academicSubjectDescriptor: str | None = descriptor("AcademicSubjectDescriptor", PUBLIC)
    operationalStatusDescriptor: str | None = descriptor("OperationalStatusDescriptor", PUBLIC)
    nameOfInstitution: str = text(75, PUBLIC, required=True)
    organizationDepartmentId: int = long(PUBLIC, key=True)
    shortNameOfInstitution: str | None = text(75, PUBLIC)
    webSite: str | None = text(255, PUBLIC)
    addresses: list[Address] = collection(
        Address,
        PUBLIC,
        unique_by=("addressTypeDescriptor", "city", "postalCode", "stateAbbreviationDescriptor", "streetNumberName"),
    )
    categories: list[Category] = collection(Category, PUBLIC, unique_by=("educationOrganizationCategoryDescriptor",))
    identificationCodes: list[IdentificationCode] = collection(
        IdentificationCode, PUBLIC, unique_by=("educationOrganizationIdentificationSystemDescriptor",)
    )
    indicators: list[Indicator] = collection(Indicator, PUBLIC, unique_by=("indicatorDescriptor",))
    institutionTelephones: list[InstitutionTelephone] = collection(
        InstitutionTelephone, PUBLIC, unique_by=("institutionTelephoneNumberTypeDescriptor",)
    )
    internationalAddresses: list[InternationalAddress] = collection(
        InternationalAddress, PUBLIC, unique_by=("addressTypeDescriptor",)
    )


class PostSecondaryInstitution(Resource, domain="education_organization", subclass_of="EducationOrganization"):
    """A college, university or other school after high school."""

    administrativeFundingControlDescriptor: str | None = descriptor("AdministrativeFundingControlDescriptor", PUBLIC)
    operationalStatusDescriptor: str | None = descriptor("OperationalStatusDescriptor", PUBLIC)
    postSecondaryInstitutionLevelDescriptor: str | None = descriptor("PostSecondaryInstitutionLevelDescriptor", PUBLIC)
    nameOfInstitution: str = text(75, PUBLIC, required=True)
    postSecondaryInstitutionId: int = long(PUBLIC, key=True)
    shortNameOfInstitution: str | None = text(75, PUBLIC)
    webSite: str | None = text(255, PUBLIC)
    addresses: list[Address] = collection(
        Address,
        PUBLIC,
        unique_by=("addressTypeDescriptor", "city", "postalCode", "stateAbbreviationDescriptor", "streetNumberName"),
    )
    categories: list[Category] = collection(Category, PUBLIC, unique_by=("educationOrganizationCategoryDescriptor",))
    identificationCodes: list[IdentificationCode] = collection(
        IdentificationCode, PUBLIC, unique_by=("educationOrganizationIdentificationSystemDescriptor",)
    )
    indicators: list[Indicator] = collection(Indicator, PUBLIC, unique_by=("indicatorDescriptor",))
    institutionTelephones: list[InstitutionTelephone] = collection(
        InstitutionTelephone, PUBLIC, unique_by=("institutionTelephoneNumberTypeDescriptor",)
    )
    internationalAddresses: list[InternationalAddress] = collection(
        InternationalAddress, PUBLIC, unique_by=("addressTypeDescriptor",)
    )
    mediumOfInstructions: list[MediumOfInstruction] = collection(
        MediumOfInstruction, PUBLIC, unique_by=("mediumOfInstructionDescriptor",)
    )


class FeederSchoolAssociation(Resource, domain="education_organization"):
    """A school whose students usually go on to another one, and from when to when."""

    feederSchoolReference: School = reference("School", PUBLIC, key=True, schoolId=LONG)
    schoolReference: School = reference("School", PUBLIC, key=True, schoolId=LONG)
    beginDate: date = day(PUBLIC, key=True)
    endDate: date | None = day(PUBLIC)
    feederRelationshipDescription: str | None = text(1024, PUBLIC)


class AccountabilityRating(Resource, domain="education_organization"):
    """The rating that an organisation got in an accountability system for one school year."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    schoolYearTypeReference: SchoolYearType = reference("SchoolYearType", PUBLIC, key=True, schoolYear=INTEGER)
    rating: str = text(35, PUBLIC, required=True)
    ratingDate: date | None = day(PUBLIC)
    ratingOrganization: str | None = text(35, PUBLIC)
    ratingProgram: str | None = text(30, PUBLIC)
    ratingTitle: str = text(60, PUBLIC, key=True)


class Location(Resource, domain="education_organization"):
    """A room at a school, with its number of seats."""

    schoolReference: School = reference("School", PUBLIC, key=True, schoolId=LONG)
    classroomIdentificationCode: str = text(60, PUBLIC, key=True)
    maximumNumberOfSeats: int | None = integer(PUBLIC)
    optimalNumberOfSeats: int | None = integer(PUBLIC)


class Program(Resource, domain="education_organization"):
    """A program that an organisation runs, such as special education, bilingual education or gifted classes."""

    educationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", PUBLIC, key=True, educationOrganizationId=LONG
    )
    programTypeDescriptor: str = descriptor("ProgramTypeDescriptor", PUBLIC, key=True)
    programId: str | None = text(20, PUBLIC)
    programName: str = text(60, PUBLIC, key=True)
    characteristics: list[ProgramCharacteristic] = collection(
        ProgramCharacteristic, PUBLIC, unique_by=("programCharacteristicDescriptor",)
    )
    learningStandards: list[AssessmentItemLearningStandard] = collection(
        AssessmentItemLearningStandard, PUBLIC, unique_by=("learningStandardReference",)
    )
    sponsors: list[Sponsor] = collection(Sponsor, PUBLIC, unique_by=("programSponsorDescriptor",))
