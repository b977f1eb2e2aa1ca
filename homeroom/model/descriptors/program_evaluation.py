"""What describes the evaluation of students in programs."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class ProgramEvaluationPeriodDescriptor(Descriptor):
    """The part of the year that an evaluation is about."""


class ProgramEvaluationTypeDescriptor(Descriptor):
    """How an evaluation is made: by observation, survey, test."""


class RatingLevelDescriptor(Descriptor):
    """A named step of a rating, such as developing or effective."""
