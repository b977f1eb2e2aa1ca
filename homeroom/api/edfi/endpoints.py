"""The names under `/data/v3/ed-fi`, and what a row's id is there."""

from __future__ import annotations

from uuid import UUID

from homeroom.access.reasons import NO_ROW as NO_ROW
from homeroom.api import problems
from homeroom.model import DESCRIPTORS, RESOURCES

RESOURCE_OF = {definition.endpoint: name for name, definition in RESOURCES.items()}
DESCRIPTOR_OF = {type_.endpoint: name for name, type_ in DESCRIPTORS.items()}


def check_endpoint(endpoint: str) -> None:
    """Raises Problem where there is no such resource or descriptor."""
    if endpoint not in RESOURCE_OF and endpoint not in DESCRIPTOR_OF:
        raise problems.not_found("There is no such resource. The dependencies in /metadata name all.")


def id_of(text: str) -> UUID | None:
    """An id as it is written: 32 hexadecimal digits, with hyphens or without; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
