"""The public school system: schools, districts, service centers, state agencies, and their departments."""

from __future__ import annotations

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
    decimal,
    descriptor,
    integer,
    long,
    reference,
    text,
)
from homeroom.model.education_organization.elements import Category, IdentificationCode, Indicator, InstitutionTelephone
from homeroom.model.personal_elements import Address, InternationalAddress
from homeroom.model.shared_elements import GradeLevel

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.school_calendar import SchoolYearType

PUBLIC = PrivacyClass.PUBLIC


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
