"""What describes students, their households and their contacts."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class BarrierToInternetAccessInResidenceDescriptor(Descriptor):
    """Why a student has no internet at home: price, no line, no wish."""


class BusRouteDescriptor(Descriptor):
    """A bus route, by the district's own name for it."""


class CohortYearTypeDescriptor(Descriptor):
    """The grade that a student entered in the year that a cohort is named for."""


class DisplacedStudentStatusDescriptor(Descriptor):
    """Whether a student was driven from their school by a crisis."""


class ImmunizationTypeDescriptor(Descriptor):
    """A vaccine or the disease that it protects from."""


class InternetAccessTypeInResidenceDescriptor(Descriptor):
    """The kind of line by which a student reaches the internet at home."""


class InternetPerformanceInResidenceDescriptor(Descriptor):
    """Whether the internet at home is good enough to learn with."""


class LimitedEnglishProficiencyDescriptor(Descriptor):
    """Whether a student is still learning English, or did lately."""


class NonMedicalImmunizationExemptionDescriptor(Descriptor):
    """The ground, other than health, on which a student is free from a vaccine."""


class PrimaryLearningDeviceAccessDescriptor(Descriptor):
    """Whether a student has the device they learn with to themself."""


class PrimaryLearningDeviceAwayFromSchoolDescriptor(Descriptor):
    """The device on which a student most often learns when not at school."""


class PrimaryLearningDeviceProviderDescriptor(Descriptor):
    """Whose device it is that a student learns with."""


class RelationDescriptor(Descriptor):
    """How a contact is related to a student: mother, grandfather, guardian, foster parent."""


class ResponsibilityDescriptor(Descriptor):
    """What an organization answers for about a student: accountability, funding, transport."""


class StudentCharacteristicDescriptor(Descriptor):
    """A circumstance of a student, such as being an immigrant, in foster care or homeless."""


class StudentIdentificationSystemDescriptor(Descriptor):
    """The system that a student's number comes from."""


class SupporterMilitaryConnectionDescriptor(Descriptor):
    """How a student's family is tied to the armed forces."""


class TransportationPublicExpenseEligibilityTypeDescriptor(Descriptor):
    """Why a student may ride to school at public expense, or may not."""


class TransportationTypeDescriptor(Descriptor):
    """How a student gets to school."""


class TravelDayofWeekDescriptor(Descriptor):
    """A day of the week on which a student rides."""


class TravelDirectionDescriptor(Descriptor):
    """Whether a student rides to school, from school, or both."""
