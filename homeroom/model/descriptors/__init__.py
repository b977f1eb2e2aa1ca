"""The descriptor types of the Ed-Fi Data Standard 5.2, by domain: the codes that fields of the school record hold.

A type that several domains use stands where its subject is at home (grade levels with enrollment, credit types with the
course catalog); what describes a person or a place anywhere stands in `persons_and_places`. Importing this package
loads them all into `DESCRIPTORS`.
"""

import importlib
import pkgutil

from homeroom.model.descriptor import DESCRIPTORS, Descriptor

for _module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
    importlib.import_module(f"{__name__}.{_module}")

__all__ = ["DESCRIPTORS", "Descriptor"]
