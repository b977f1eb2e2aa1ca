"""What describes courses, credits and competencies."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class AcademicSubjectDescriptor(Descriptor):
    """A field of teaching, such as mathematics or fine arts."""


class CareerPathwayDescriptor(Descriptor):
    """The family of careers that a course or program leads to."""


class CompetencyLevelDescriptor(Descriptor):
    """How well a competency was shown, from failing to advanced."""


class CourseDefinedByDescriptor(Descriptor):
    """Who wrote the course's definition: school, district, state, a national body."""


class CourseGPAApplicabilityDescriptor(Descriptor):
    """Whether a course counts into the grade point average, and whether with extra weight."""


class CourseIdentificationSystemDescriptor(Descriptor):
    """The catalog that a course's code comes from."""


class CourseLevelCharacteristicDescriptor(Descriptor):
    """A trait of a course, such as honors, remedial or Advanced Placement."""


class CreditCategoryDescriptor(Descriptor):
    """A group that credits are counted in, such as college preparatory."""


class CreditTypeDescriptor(Descriptor):
    """The unit that a credit is measured in, such as a Carnegie unit or a semester hour."""
