"""The standard's descriptor values, as the model declares them."""

from __future__ import annotations

from functools import cache

from homeroom.model import DESCRIPTORS


@cache
def values(type_: str) -> frozenset[str]:
    """The code values that the standard ships for a descriptor type; none for the types it leaves to others."""
    return frozenset(DESCRIPTORS[type_].values()) if type_ in DESCRIPTORS else frozenset()


def descriptor_uri(type_: str, code: str) -> str:
    """The URI of one of the standard's values."""
    return DESCRIPTORS[type_].uri(code)
