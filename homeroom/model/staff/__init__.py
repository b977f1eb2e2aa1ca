"""Staff: who they are, their credentials, employment, assignments, absences and leave.

What staff do for the district is of the class of staff: name, work e-mail, position, wage, credentials. What belongs
to the person is protected as a student's would be: birth date, sex, home address, telephones and numbers are
identifying; race, origin, citizenship, papers, absence, leave and how employment ended are sensitive, for their
reasons tell of health and family. An open position has the class of staff until it is filled.
"""

from homeroom.model.staff.persons import Credential, Staff
from homeroom.model.staff.work import (
    OpenStaffPosition,
    StaffAbsenceEvent,
    StaffEducationOrganizationAssignmentAssociation,
    StaffEducationOrganizationContactAssociation,
    StaffEducationOrganizationEmploymentAssociation,
    StaffLeave,
    StaffProgramAssociation,
    StaffSchoolAssociation,
)

__all__ = [
    "Credential",
    "OpenStaffPosition",
    "Staff",
    "StaffAbsenceEvent",
    "StaffEducationOrganizationAssignmentAssociation",
    "StaffEducationOrganizationContactAssociation",
    "StaffEducationOrganizationEmploymentAssociation",
    "StaffLeave",
    "StaffProgramAssociation",
    "StaffSchoolAssociation",
]
