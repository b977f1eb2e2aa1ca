"""What describes plans for graduating and what follows after school."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class GraduationPlanTypeDescriptor(Descriptor):
    """The set of requirements that a student is to graduate by."""


class PostSecondaryEventCategoryDescriptor(Descriptor):
    """A step on the way to college or work, such as applying or being accepted."""
