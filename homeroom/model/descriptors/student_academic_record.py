"""What describes grades, honors, transcripts and diplomas."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class AcademicHonorCategoryDescriptor(Descriptor):
    """The kind of academic honor, such as the honor roll."""


class AdditionalCreditTypeDescriptor(Descriptor):
    """A credit beyond the course's own, such as for college."""


class CourseAttemptResultDescriptor(Descriptor):
    """What came of taking a course: passed, failed, incomplete, withdrawn."""


class CourseRepeatCodeDescriptor(Descriptor):
    """How a course that was taken again counts."""


class DiplomaLevelDescriptor(Descriptor):
    """The rank of a diploma, such as cum laude."""


class DiplomaTypeDescriptor(Descriptor):
    """The kind of diploma or certificate that ends school."""


class GradePointAverageTypeDescriptor(Descriptor):
    """Whether a grade point average gives extra weight to harder courses."""


class GradeTypeDescriptor(Descriptor):
    """What a grade is for: a grading period, an exam, the course as a whole, conduct."""


class MethodCreditEarnedDescriptor(Descriptor):
    """How a credit was earned, such as in class, by exam, or at another school."""


class PerformanceBaseConversionDescriptor(Descriptor):
    """The level of performance that a grade stands for."""
