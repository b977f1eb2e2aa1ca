"""What describes sections and what happens in them."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class AttemptStatusDescriptor(Descriptor):
    """How a student's time in a section came to its end."""


class ClassroomPositionDescriptor(Descriptor):
    """The part that a member of staff has in a section, such as teacher of record."""


class CurriculumUsedDescriptor(Descriptor):
    """The curriculum of early learning that a section follows."""


class DualCreditInstitutionDescriptor(Descriptor):
    """The kind of college that gives credit for a section."""


class DualCreditTypeDescriptor(Descriptor):
    """The arrangement under which a section counts for school and college."""


class EducationalEnvironmentDescriptor(Descriptor):
    """The surroundings that a student is taught in: classroom, home, hospital."""


class MediumOfInstructionDescriptor(Descriptor):
    """The means of teaching: face to face, online, by correspondence."""


class PopulationServedDescriptor(Descriptor):
    """The students that a section or an intervention is for."""


class RepeatIdentifierDescriptor(Descriptor):
    """Whether a student repeats a section, and how it counts then."""


class SectionCharacteristicDescriptor(Descriptor):
    """A trait of a section, such as that attendance is taken."""


class SectionTypeDescriptor(Descriptor):
    """Whether a section is for credit, for attendance, or both."""
