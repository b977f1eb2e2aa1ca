"""What says which parts of a standard a mapping of codes is for."""

from __future__ import annotations

from homeroom.model.descriptor import Descriptor


class ModelEntityDescriptor(Descriptor):
    """A resource of the standard for which a mapping of codes holds."""
