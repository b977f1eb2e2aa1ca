"""What describes incidents, behavior, consequences and restraint."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class BehaviorDescriptor(Descriptor):
    """What a student is said to have done, by the law or code that it breaks."""


class DisciplineDescriptor(Descriptor):
    """A kind of consequence, such as detention, suspension or expulsion."""


class DisciplineActionLengthDifferenceReasonDescriptor(Descriptor):
    """Why a consequence lasted longer or shorter than was imposed."""


class DisciplineIncidentParticipationCodeDescriptor(Descriptor):
    """The part someone had in an incident: perpetrator, victim, witness, reporter."""


class IncidentLocationDescriptor(Descriptor):
    """Where an incident happened, on or off the school's grounds."""


class ReporterDescriptionDescriptor(Descriptor):
    """Who reported an incident: staff, student, parent, police."""


class RestraintEventReasonDescriptor(Descriptor):
    """The danger for which a student was restrained or secluded."""


class WeaponDescriptor(Descriptor):
    """A kind of weapon in an incident."""
