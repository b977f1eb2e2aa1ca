"""What describes groups of students that are followed together."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class CohortScopeDescriptor(Descriptor):
    """How far a cohort reaches: a classroom, a school, the district, the state."""


class CohortTypeDescriptor(Descriptor):
    """What a cohort was formed for, such as an intervention or a counselor's list."""
