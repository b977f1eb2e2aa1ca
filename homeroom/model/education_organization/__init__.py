"""Schools, districts, agencies, providers and colleges, with their programs, ratings and places.

All of it is public: an organization is no person, and its address, telephone and ratings are published anyway. That a
student belongs to one is in the domains about students.
"""

from homeroom.model.education_organization.networks import (
    EducationOrganizationNetwork,
    EducationOrganizationNetworkAssociation,
    EducationOrganizationPeerAssociation,
    FeederSchoolAssociation,
)
from homeroom.model.education_organization.partners import (
    CommunityOrganization,
    CommunityProvider,
    CommunityProviderLicense,
    PostSecondaryInstitution,
)
from homeroom.model.education_organization.programs_and_places import AccountabilityRating, Location, Program
from homeroom.model.education_organization.school_system import (
    EducationServiceCenter,
    LocalEducationAgency,
    OrganizationDepartment,
    School,
    StateEducationAgency,
)

__all__ = [
    "AccountabilityRating",
    "CommunityOrganization",
    "CommunityProvider",
    "CommunityProviderLicense",
    "EducationOrganizationNetwork",
    "EducationOrganizationNetworkAssociation",
    "EducationOrganizationPeerAssociation",
    "EducationServiceCenter",
    "FeederSchoolAssociation",
    "LocalEducationAgency",
    "Location",
    "OrganizationDepartment",
    "PostSecondaryInstitution",
    "Program",
    "School",
    "StateEducationAgency",
]
