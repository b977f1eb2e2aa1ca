"""What describes being present and absent."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class AttendanceEventCategoryDescriptor(Descriptor):
    """Whether a student was present, tardy, or absent with or without excuse."""
