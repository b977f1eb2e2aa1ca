"""Which code of one vocabulary means the same as which code of another.

All of it is public: words about words.
"""

from __future__ import annotations

from homeroom.model.declaration import (
    Element,
    PrivacyClass,
    Resource,
    collection,
    descriptor,
    text,
)

PUBLIC = PrivacyClass.PUBLIC


class ModelEntity(Element):
    """A kind of record for which the mapping holds."""

    modelEntityDescriptor: str = descriptor("ModelEntityDescriptor", PUBLIC, required=True)


class DescriptorMapping(Resource, domain="descriptor_mapping"):
    """A pair of codes that mean the same: a value of one vocabulary and its equal in another."""

    mappedNamespace: str = text(255, PUBLIC, key=True)
    mappedValue: str = text(50, PUBLIC, key=True)
    namespace: str = text(255, PUBLIC, key=True)
    value: str = text(50, PUBLIC, key=True)
    modelEntities: list[ModelEntity] = collection(ModelEntity, PUBLIC, unique_by=("modelEntityDescriptor",))
