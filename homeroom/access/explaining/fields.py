"""The fields of a resource, as an explanation is asked for them."""

from __future__ import annotations

from homeroom.access.agreements.terms import fields_of
from homeroom.access.agreements.writes import meant
from homeroom.errors import WrongUse
from homeroom.model import RESOURCES
from homeroom.model.columns import Column, columns

_BY_ENDPOINT = {definition.endpoint.casefold(): name for name, definition in RESOURCES.items()}


def resource_called(words: str) -> str:
    """The resource that is called so, by the API's address or the model's name (`students`, `Student`). Raises
    WrongUse where there is none."""
    asked = words.strip()
    if asked in RESOURCES:
        return asked
    if found := _BY_ENDPOINT.get(asked.casefold()):
        return found
    guess = meant(asked, [*RESOURCES, *(definition.endpoint for definition in RESOURCES.values())])
    raise WrongUse(f"The record has no resource {asked[:60]!r}.{guess}")


def fields_asked(resource: str, field: str) -> list[str]:
    """The JSON paths that are asked for: one field, the fields of a list or a reference (`addresses`), or without one
    all. Raises WrongUse where there is no such field."""
    every = sorted(fields_of(resource))
    if not field:
        return every
    found = [path for path in every if path == field or path.startswith((f"{field}[*].", f"{field}."))]
    if not found:
        raise WrongUse(f"A {resource} has no field {field[:60]!r}.{meant(field, every)}")
    return found


def column_at(resource: str, path: str) -> Column:
    """The column that holds the value at a path. Raises StopIteration where there is none."""
    return next(
        column
        for column in columns(resource)
        if any(path == own or path.startswith((f"{own}[", f"{own}.")) for own in column.paths)
    )
