"""What describes assignments and what was handed in."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class AssignmentLateStatusDescriptor(Descriptor):
    """Whether an assignment was handed in late."""


class GradebookEntryTypeDescriptor(Descriptor):
    """The kind of work in a gradebook: homework, quiz, activity."""


class SubmissionStatusDescriptor(Descriptor):
    """Where a student's piece of work stands: submitted, graded, returned."""
