"""What describes learning standards and materials for teaching."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class ContentClassDescriptor(Descriptor):
    """What a piece of educational content is, such as a video or a presentation."""


class CostRateDescriptor(Descriptor):
    """What the price of content is counted by: each student, or one fee."""


class InteractivityStyleDescriptor(Descriptor):
    """Whether content is worked with or read and watched."""


class LearningStandardCategoryDescriptor(Descriptor):
    """The part of a science framework that a learning standard belongs to."""


class LearningStandardEquivalenceStrengthDescriptor(Descriptor):
    """How far two learning standards ask for the same."""


class LearningStandardScopeDescriptor(Descriptor):
    """Who a learning standard is valid for, from one classroom to many nations."""


class PublicationStatusDescriptor(Descriptor):
    """Whether a learning standard is a draft, adopted, or out of use."""
