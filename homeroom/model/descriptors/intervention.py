"""What describes interventions and what is known of their effects."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class DeliveryMethodDescriptor(Descriptor):
    """Whether help is given one to one, in a small group, or to a class or school."""


class DiagnosisDescriptor(Descriptor):
    """The need that an intervention is for, such as low attendance."""


class InterventionClassDescriptor(Descriptor):
    """What an intervention is: a curriculum, a supplement, a practice."""


class InterventionEffectivenessRatingDescriptor(Descriptor):
    """What studies found an intervention to do, from negative to positive effects."""
