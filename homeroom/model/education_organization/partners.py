"""Organisations beside the school system: communities, providers of early care, colleges."""

from __future__ import annotations

from datetime import date

from homeroom.model.declaration import (
    LONG,
    Element,
    PrivacyClass,
    Resource,
    boolean,
    collection,
    day,
    descriptor,
    integer,
    long,
    reference,
    text,
)
from homeroom.model.education_organization.elements import Category, IdentificationCode, Indicator, InstitutionTelephone
from homeroom.model.personal_elements import Address, InternationalAddress

PUBLIC = PrivacyClass.PUBLIC


class MediumOfInstruction(Element):
    """A way in which the institution teaches, such as in person or online."""

    mediumOfInstructionDescriptor: str = descriptor("MediumOfInstructionDescriptor", PUBLIC, required=True)


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
