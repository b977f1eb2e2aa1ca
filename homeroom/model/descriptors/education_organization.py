"""What describes schools, districts, agencies, providers and their programs."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class AdministrativeFundingControlDescriptor(Descriptor):
    """Whether an institution is run with public or private money."""


class CharterApprovalAgencyTypeDescriptor(Descriptor):
    """The kind of body that approved a school's charter."""


class CharterStatusDescriptor(Descriptor):
    """Whether, and how, a school is a charter school."""


class EducationOrganizationCategoryDescriptor(Descriptor):
    """What an organization is: school, district, state agency, service center."""


class EducationOrganizationIdentificationSystemDescriptor(Descriptor):
    """The register that an organization's number comes from, such as that of NCES."""


class GunFreeSchoolsActReportingStatusDescriptor(Descriptor):
    """What a school or district reported under the Gun-Free Schools Act."""


class IndicatorDescriptor(Descriptor):
    """A measure or mark that is kept of an organization, by the name that its users gave it."""


class IndicatorGroupDescriptor(Descriptor):
    """A group of indicators of organizations that belong together."""


class IndicatorLevelDescriptor(Descriptor):
    """A step on the scale of an indicator of an organization."""


class InstitutionTelephoneNumberTypeDescriptor(Descriptor):
    """The office behind an organization's telephone number."""


class InternetAccessDescriptor(Descriptor):
    """The kind of line by which a school reaches the internet."""


class LicenseStatusDescriptor(Descriptor):
    """Whether a provider of child care is licensed, exempt, or outside of regulation."""


class LicenseTypeDescriptor(Descriptor):
    """What a provider of child care is licensed to run."""


class LocalEducationAgencyCategoryDescriptor(Descriptor):
    """The kind of district: independent, charter, part of a supervisory union."""


class MagnetSpecialProgramEmphasisSchoolDescriptor(Descriptor):
    """Whether all, some or none of a school's students are in its magnet program."""


class NetworkPurposeDescriptor(Descriptor):
    """What organizations joined in a network for: shared services, buying together."""


class OperationalStatusDescriptor(Descriptor):
    """Whether an organization is open, closed, new or to be opened."""


class PostSecondaryInstitutionLevelDescriptor(Descriptor):
    """The highest degree or length of study that a college offers."""


class ProgramCharacteristicDescriptor(Descriptor):
    """A trait of a program that its users keep track of."""


class ProgramSponsorDescriptor(Descriptor):
    """Who pays for or runs a program."""


class ProgramTypeDescriptor(Descriptor):
    """The kind of program, such as bilingual, special education or Title I."""


class ProviderCategoryDescriptor(Descriptor):
    """The setting of early care: a center, a home, with or without age groups together."""


class ProviderProfitabilityDescriptor(Descriptor):
    """Whether a provider is run for profit, without profit, or by government."""


class ProviderStatusDescriptor(Descriptor):
    """Whether a provider of early care is at work."""


class SchoolCategoryDescriptor(Descriptor):
    """The grades that a school is for, such as elementary or high school."""


class SchoolChoiceImplementStatusDescriptor(Descriptor):
    """How far a district offers families the choice of another school."""


class SchoolTypeDescriptor(Descriptor):
    """What a school is for: regular, special education, career and technical, alternative."""


class TitleIPartASchoolDesignationDescriptor(Descriptor):
    """How a school takes part in Title I, Part A."""
