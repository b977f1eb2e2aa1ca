"""What ties organisations together: networks, peers, feeder schools."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    LONG,
    PrivacyClass,
    Resource,
    collection,
    day,
    descriptor,
    long,
    reference,
    text,
)
from homeroom.model.education_organization.elements import Category, IdentificationCode, Indicator, InstitutionTelephone
from homeroom.model.personal_elements import Address, InternationalAddress

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.education_organization.school_system import School

PUBLIC = PrivacyClass.PUBLIC


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


class FeederSchoolAssociation(Resource, domain="education_organization"):
    """A school whose students usually go on to another one, and from when to when."""

    feederSchoolReference: School = reference("School", PUBLIC, key=True, schoolId=LONG)
    schoolReference: School = reference("School", PUBLIC, key=True, schoolId=LONG)
    beginDate: date = day(PUBLIC, key=True)
    endDate: date | None = day(PUBLIC)
    feederRelationshipDescription: str | None = text(1024, PUBLIC)
