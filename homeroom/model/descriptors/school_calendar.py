"""What describes years, terms, days and crises."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class CalendarEventDescriptor(Descriptor):
    """What a day is in the calendar: instruction, holiday, make-up day."""


class CalendarTypeDescriptor(Descriptor):
    """Whom a calendar is for: the school, a grade, one student, the staff."""


class CrisisTypeDescriptor(Descriptor):
    """The kind of disaster that took students from their schools."""


class GradingPeriodDescriptor(Descriptor):
    """A part of the year for which grades are given, such as the first nine weeks."""


class TermDescriptor(Descriptor):
    """A part of the school year in which sections are taught, such as a semester."""
