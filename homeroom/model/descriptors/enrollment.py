"""What describes a student's entering, being in and leaving a school."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class EducationPlanDescriptor(Descriptor):
    """A plan that guides a student's schooling, such as a career pathway or a 504 plan."""


class EnrollmentTypeDescriptor(Descriptor):
    """Whether an enrollment is for the current year, the coming one or the summer."""


class EntryGradeLevelReasonDescriptor(Descriptor):
    """Why a student entered the grade they did: promoted, retained, placed."""


class EntryTypeDescriptor(Descriptor):
    """How a student came to the school: as new, from another school, back again."""


class ExitWithdrawTypeDescriptor(Descriptor):
    """How a student left the school: completed, transferred, dropped out."""


class GradeLevelDescriptor(Descriptor):
    """A year of schooling, from infants through grade twelve to adult education."""


class ResidencyStatusDescriptor(Descriptor):
    """Whether a student lives in the area that their school is for."""


class SchoolChoiceBasisDescriptor(Descriptor):
    """The law or rule under which a student chose another school."""
