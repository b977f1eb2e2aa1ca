"""Assessments: the tests themselves with their items, objectives and cut scores, and each student's results.

A test is public: it says nothing about anybody. A student's result is part of the education record. Sensitive in it is
what tells of a disability, an illness or a punishment: accommodations, why a test was not taken, and what happened
during it, as a code or in words. Which test it was can tell too (an alternate one), but a result means nothing without
its test.
"""

from homeroom.model.assessment.design import (
    Assessment,
    AssessmentItem,
    AssessmentScoreRangeLearningStandard,
    ObjectiveAssessment,
)
from homeroom.model.assessment.results import StudentAssessment, StudentAssessmentEducationOrganizationAssociation

__all__ = [
    "Assessment",
    "AssessmentItem",
    "AssessmentScoreRangeLearningStandard",
    "ObjectiveAssessment",
    "StudentAssessment",
    "StudentAssessmentEducationOrganizationAssociation",
]
