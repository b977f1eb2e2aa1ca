"""What describes a student's time in programs and the services given there."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class CTEProgramServiceDescriptor(Descriptor):
    """A field of career and technical education that a student is taught in."""


# The standard writes this namespace with a small "of", other than the name.
class ContinuationOfServicesReasonDescriptor(
    Descriptor, namespace="uri://ed-fi.org/ContinuationofServicesReasonDescriptor"
):
    """Why migrant education goes on after a student's time of eligibility ended."""


class HomelessPrimaryNighttimeResidenceDescriptor(Descriptor):
    """Where a student without a home sleeps: with others, in a shelter, unsheltered."""


class HomelessProgramServiceDescriptor(Descriptor):
    """A service for students without a home, such as a ride or help with enrolling."""


class LanguageInstructionProgramServiceDescriptor(Descriptor):
    """The way in which English learners are taught, such as dual language."""


class MigrantEducationProgramServiceDescriptor(Descriptor):
    """A service for children of migrant workers."""


class MonitoredDescriptor(Descriptor):
    """The year of monitoring that a former English learner is in."""


class NeglectedOrDelinquentProgramDescriptor(Descriptor):
    """The kind of institution or program for neglected or delinquent youth."""


class NeglectedOrDelinquentProgramServiceDescriptor(Descriptor):
    """A service for neglected or delinquent youth."""


class ParticipationDescriptor(Descriptor):
    """Whether a student took the test of English proficiency."""


class ParticipationStatusDescriptor(Descriptor):
    """Where a student stands in a program, by the district's own words."""


class ProficiencyDescriptor(Descriptor):
    """Whether a student was found proficient in English."""


class ProgressDescriptor(Descriptor):
    """Whether a student came forward in English since the last test."""


class ProgressLevelDescriptor(Descriptor):
    """How many grades a student moved between two tests, or fell behind."""


class ReasonExitedDescriptor(Descriptor):
    """Why a student's time in a program ended."""


class SchoolFoodServiceProgramServiceDescriptor(Descriptor):
    """The meal, and whether free, at a reduced or at full price."""


class Section504DisabilityDescriptor(Descriptor):
    """A condition for which Section 504 gives a student accommodations."""


class ServiceDescriptor(Descriptor):
    """A service that a program gives a student."""


class TechnicalSkillsAssessmentDescriptor(Descriptor):
    """Whether a student took and passed an exam in their technical field."""


class TitleIPartAParticipantDescriptor(Descriptor):
    """How a student takes part in Title I, Part A."""


class TitleIPartAProgramServiceDescriptor(Descriptor):
    """A service paid for by Title I, Part A."""
