"""Students and their contacts: names, birth, papers, addresses, circumstances, health and transport.

Directory information is a student's name as it stands on a class list, and no more, although FERPA (34 CFR 99.3) would
let a district add addresses, birth dates and photographs: whatever helps to find or impersonate a child (numbers,
birth, ways to reach them, bus, household, former and preferred names) is identifying, and everything about a contact
at least that. Sensitive is what the law and families guard most: race and origin, citizenship, birth abroad and papers
that show it, the language of the home, gender identity, disability, health, circumstances such as homelessness or
foster care (also where the kind of an address tells it), how a home is connected, marks of a district's own making,
and who may not come near a child. How a contact is related is identifying, though it can tell of foster care: whoever
may call a contact has to know whom they call. Which school or district a student belongs to, and which yearly cohort
they count into, is part of the education record.
"""

from homeroom.model.student_identification.circumstances import (
    StudentEducationOrganizationAssociation,
    StudentEducationOrganizationResponsibilityAssociation,
)
from homeroom.model.student_identification.health import StudentHealth
from homeroom.model.student_identification.persons import Contact, Person, Student, StudentContactAssociation
from homeroom.model.student_identification.transportation import StudentTransportation

__all__ = [
    "Contact",
    "Person",
    "Student",
    "StudentContactAssociation",
    "StudentEducationOrganizationAssociation",
    "StudentEducationOrganizationResponsibilityAssociation",
    "StudentHealth",
    "StudentTransportation",
]
