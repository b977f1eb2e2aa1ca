"""What describes staff: their work, credentials, absences and leaving."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class AbsenceEventCategoryDescriptor(Descriptor):
    """Why a member of staff was away for a short time."""


class AchievementCategoryDescriptor(Descriptor):
    """The kind of achievement that someone earned, such as a certificate or an honor."""


class ContactTypeDescriptor(Descriptor):
    """What a member of staff is the person to ask about."""


class CredentialFieldDescriptor(Descriptor):
    """The subject or field that a credential is for."""


class CredentialTypeDescriptor(Descriptor):
    """What a credential is: certification, endorsement, license, registration."""


class EmploymentStatusDescriptor(Descriptor):
    """The terms on which someone is employed: probationary, tenured, by contract."""


class LevelOfEducationDescriptor(Descriptor):
    """The highest schooling or degree that a person completed."""


class PostingResultDescriptor(Descriptor):
    """What became of an open position: filled, or called off."""


class ProgramAssignmentDescriptor(Descriptor):
    """The kind of program that a member of staff teaches in."""


class RecognitionTypeDescriptor(Descriptor):
    """What someone was honored with, such as a certificate or a letter."""


class SeparationDescriptor(Descriptor):
    """Whether someone left of their own will, was let go, or by agreement."""


class SeparationReasonDescriptor(Descriptor):
    """Why someone left their employment."""


class StaffClassificationDescriptor(Descriptor):
    """The kind of work someone does: teacher, principal, counselor, bus driver."""


class StaffIdentificationSystemDescriptor(Descriptor):
    """The system that a staff member's number comes from."""


class StaffLeaveEventCategoryDescriptor(Descriptor):
    """Why a member of staff was on leave for a longer time."""


class TeachingCredentialDescriptor(Descriptor):
    """The standing of a teaching credential: provisional, professional, emergency."""


class TeachingCredentialBasisDescriptor(Descriptor):
    """What a teaching credential was given for, such as a degree."""
