"""What makes a row of a table one: its natural key, and the keys that an abstract resource's subclasses share."""

from __future__ import annotations

from homeroom.model import RESOURCES
from homeroom.model import columns as shape
from homeroom.model.columns import EDUCATION_ORGANIZATION, GENERAL_STUDENT_PROGRAM_ASSOCIATION

_PERSONS = ("Student", "Contact", "Staff")

# The columns of a subclass that make the key of its base table.
BASE_KEYS = {
    EDUCATION_ORGANIZATION: ("education_organization_id",),
    GENERAL_STUDENT_PROGRAM_ASSOCIATION: (
        "begin_date",
        "education_organization_id",
        "program_education_organization_id",
        "program_name",
        "program_type_descriptor",
        "student_unique_id",
    ),
}


def base_key(resource: str) -> tuple[str, ...]:
    """The columns of a subclass's table that hold the key of its base, in the base's order."""
    base = RESOURCES[resource].subclass_of
    if base == EDUCATION_ORGANIZATION:
        return shape.key_columns(resource)
    return BASE_KEYS[base] if base else ()


def unique_columns(resource: str) -> tuple[str, ...]:
    """The natural key in the order of its index: the person first, by whom rows are asked for, then as declared."""
    key = [column for column in shape.columns(resource) if column.key]
    return tuple(column.name for column in sorted(key, key=lambda column: column.identifies not in _PERSONS))
