"""Surveys: their questions and sections, who answered, and what was answered.

Questions are public. That somebody answered is part of the education record, and who it was is identifying. The answers
are sensitive, whatever was asked: the Protection of Pupil Rights Amendment (20 U.S.C. 1232h) guards answers on beliefs,
family, health and income, and no field can tell beforehand which question that will be.
"""

from homeroom.model.survey.questions import (
    Survey,
    SurveyCourseAssociation,
    SurveyProgramAssociation,
    SurveyQuestion,
    SurveySection,
    SurveySectionAssociation,
)
from homeroom.model.survey.responses import (
    SurveyQuestionResponse,
    SurveyResponse,
    SurveyResponseEducationOrganizationTargetAssociation,
    SurveyResponseStaffTargetAssociation,
    SurveySectionResponse,
    SurveySectionResponseEducationOrganizationTargetAssociation,
    SurveySectionResponseStaffTargetAssociation,
)

__all__ = [
    "Survey",
    "SurveyCourseAssociation",
    "SurveyProgramAssociation",
    "SurveyQuestion",
    "SurveyQuestionResponse",
    "SurveyResponse",
    "SurveyResponseEducationOrganizationTargetAssociation",
    "SurveyResponseStaffTargetAssociation",
    "SurveySection",
    "SurveySectionAssociation",
    "SurveySectionResponse",
    "SurveySectionResponseEducationOrganizationTargetAssociation",
    "SurveySectionResponseStaffTargetAssociation",
]
