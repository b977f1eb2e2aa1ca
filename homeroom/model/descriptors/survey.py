"""What describes surveys and their questions."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class QuestionFormDescriptor(Descriptor):
    """How a question is answered: by a choice, in text, on a scale."""


class SurveyCategoryDescriptor(Descriptor):
    """Whom or what a survey is about, such as parents or teachers."""


class SurveyLevelDescriptor(Descriptor):
    """A level of schooling that a survey is meant for."""
