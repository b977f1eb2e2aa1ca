"""By which fields the rows of a resource can be asked for: the query parameters, as the Ed-Fi ODS/API names them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from homeroom.model.columns import Column, columns, own_path
from homeroom.model.declaration import ValueType


@dataclass(frozen=True)
class QueryField:
    """One query parameter: the JSON path of the value that it asks for, all `paths` of that value, and its type."""

    path: str
    paths: tuple[str, ...]
    type: ValueType


@cache
def query_fields(resource: str) -> Mapping[str, QueryField]:
    """Every single value and part of a reference outside of collections, by its parameter.

    A part goes by its own name (`schoolId`), behind the reference's role where it has one (`nextYearSchoolId`). Raises
    KeyError where there is no such resource.
    """
    return {
        _parameter(column): QueryField(own_path(resource, column), column.paths, column.type)
        for column in columns(resource)
        if column.type is not None
    }


def _parameter(column: Column) -> str:
    if "." not in column.paths[0]:
        return column.paths[0]
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), column.name)
