"""What describes assessments, their items, how they were given and what came out."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class AccommodationDescriptor(Descriptor):
    """A change in how a test is given so that a student can show what they know."""


class AdministrationEnvironmentDescriptor(Descriptor):
    """Where a test was taken: classroom, testing center, at a distance."""


class AssessmentCategoryDescriptor(Descriptor):
    """The kind of assessment, such as a state test, a college entrance exam, a screening."""


class AssessmentIdentificationSystemDescriptor(Descriptor):
    """Who gave an assessment the number by which it is known."""


class AssessmentItemCategoryDescriptor(Descriptor):
    """The form of a test item: multiple choice, essay, matching."""


class AssessmentItemResultDescriptor(Descriptor):
    """How an answer to an item was judged: correct, incorrect, partly correct."""


class AssessmentPeriodDescriptor(Descriptor):
    """The part of the year that an assessment is meant for."""


class AssessmentReportingMethodDescriptor(Descriptor):
    """How a result is expressed: raw score, scale score, percentile, grade equivalent."""


class EducationOrganizationAssociationTypeDescriptor(Descriptor):
    """Why an organization is tied to a result: it gave the test, enrolled the student, or answers for the score."""


class EventCircumstanceDescriptor(Descriptor):
    """Something unusual that happened during a test, such as a fire alarm or an illness."""


class PerformanceLevelDescriptor(Descriptor):
    """A named band of results, such as basic, proficient or advanced."""


class PlatformTypeDescriptor(Descriptor):
    """Whether a test is on paper or on a computer."""


class ReasonNotTestedDescriptor(Descriptor):
    """Why a student did not take a test."""


class ResponseIndicatorDescriptor(Descriptor):
    """Whether an answer was one that could be scored."""


class ResultDatatypeTypeDescriptor(Descriptor):
    """What a result is written as: whole number, decimal, percentage, level."""


class RetestIndicatorDescriptor(Descriptor):
    """Whether this was the first try at a test or a repeat."""
