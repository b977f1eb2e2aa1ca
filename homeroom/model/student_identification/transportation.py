"""How a student gets to school."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from homeroom.model.declaration import (
    LONG,
    Element,
    PrivacyClass,
    Resource,
    collection,
    decimal,
    descriptor,
    embedded,
    reference,
    string,
    text,
)

if TYPE_CHECKING:
    from homeroom.model.abstract import EducationOrganization
    from homeroom.model.student_identification.persons import Student

IDENTIFYING = PrivacyClass.IDENTIFYING
PUBLIC = PrivacyClass.PUBLIC
SENSITIVE = PrivacyClass.SENSITIVE


class TravelDayofWeek(Element):
    """A day of the week on which the student rides the bus."""

    travelDayofWeekDescriptor: str = descriptor("TravelDayofWeekDescriptor", PUBLIC, required=True)


class TravelDirection(Element):
    """Whether the student rides to school, from school or both."""

    travelDirectionDescriptor: str = descriptor("TravelDirectionDescriptor", PUBLIC, required=True)


class StudentBusDetails(Element):
    """Which bus a student takes, by which route, how far and on which days."""

    busRouteDescriptor: str | None = descriptor("BusRouteDescriptor", PUBLIC)
    busNumber: str | None = text(36, PUBLIC)
    mileage: Decimal | None = decimal(5, 2, PUBLIC)
    travelDayofWeeks: list[TravelDayofWeek] = collection(
        TravelDayofWeek, PUBLIC, unique_by=("travelDayofWeekDescriptor",)
    )
    travelDirections: list[TravelDirection] = collection(
        TravelDirection, PUBLIC, unique_by=("travelDirectionDescriptor",)
    )


class StudentTransportation(Resource, domain="student_identification"):
    """How a student gets to school, which bus they ride and what they need on the way."""

    studentReference: Student = reference("Student", IDENTIFYING, key=True, studentUniqueId=string(32))
    transportationEducationOrganizationReference: EducationOrganization = reference(
        "EducationOrganization", IDENTIFYING, key=True, educationOrganizationId=LONG
    )
    transportationPublicExpenseEligibilityTypeDescriptor: str | None = descriptor(
        "TransportationPublicExpenseEligibilityTypeDescriptor", SENSITIVE
    )
    transportationTypeDescriptor: str | None = descriptor("TransportationTypeDescriptor", IDENTIFYING)
    specialAccomodationRequirements: str | None = text(1024, SENSITIVE)
    studentBusDetails: StudentBusDetails | None = embedded(StudentBusDetails, IDENTIFYING)
