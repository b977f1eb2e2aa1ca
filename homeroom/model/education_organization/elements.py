"""What several kinds of organisation hold: categories, numbers, indicators, telephones."""

from __future__ import annotations

from homeroom.model.declaration import (
    Element,
    PrivacyClass,
    collection,
    descriptor,
    text,
)
from homeroom.model.shared_elements import Period

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
