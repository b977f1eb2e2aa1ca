"""Rows of a part of a class, as SQL: the record's rows within reach, with the joins that the asked values need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from psycopg import sql

from homeroom.access.agreements.terms import Extent
from homeroom.access.oneroster.agreed import Open
from homeroom.access.oneroster.declaration import IN_BRACES, MODIFIED, SOURCED_ID, STATUS, Field, Part
from homeroom.access.resources.scope import scope_of
from homeroom.record.identifiers import table


def select_rows(
    one: Open, columns: Mapping[str, str], where: str, extent: Extent, gathered_before: bool = False
) -> str:
    """Some columns of a part's rows that fulfil `where`.

    `gathered_before`: the statement has what the part gathers under its names; else each is asked where it is joined.
    """
    part = one.part
    joins = [part.joins[name] for name in _joins_of(part, " ".join([*columns.values(), where]))]
    if not gathered_before:
        every = f"(select id from {{{part.resource}}})"
        for name, query in part.gathered.items():
            whole = query.replace("{chosen}", every)
            joins = [join.replace(f"left join {name} on", f"left join ({whole}) as {name} on") for join in joins]
    listed = ", ".join(f"{value} as {name}" for name, value in columns.items())
    return within_reach(f"select {listed} from {part.rows} {' '.join(joins)} where {where}", extent)


def gathered(one: Open, chosen: str, extent: Extent) -> dict[str, str]:
    """What a part gathers for the rows with the ids of `chosen`, a query in brackets: queries by their names."""
    return {name: within_reach(query.replace("{chosen}", chosen), extent) for name, query in one.part.gathered.items()}


def field_value(one: Open, field: Field) -> str | None:
    """The value of a field, of the type of its kind; None where the agreement does not let it be told."""
    if field.name == SOURCED_ID:
        return one.part.id
    if field.name == STATUS:
        return "'active'"
    if field.name == MODIFIED:
        changes = [moment for resource, moment in one.part.changes.items() if one.names(resource)]
        return f"date_trunc('milliseconds', greatest({', '.join(changes)}))"
    return one.sql(field.given_as)


def item_value(one: Open, field: Field, inner: Field) -> str | None:
    """The value of a part of an object in a list, which SQL knows as `one`; None where it may not be told."""
    return one.sql(f"{field.name}.{inner.name}")


def within_reach(text: str, extent: Extent) -> str:
    """SQL with each resource in braces as its table, or as those of its rows that are within reach."""
    return IN_BRACES.sub(lambda found: _rows(found[1], extent), text)


@cache
def _rows(resource: str, extent: Extent) -> str:
    if extent is Extent.DISTRICT:
        return table(resource).as_string(None)
    reached = sql.SQL("(select * from {} as row where {})").format(
        table(resource), scope_of(resource).condition(extent=extent)
    )
    return reached.as_string(None)


def _joins_of(part: Part, text: str) -> list[str]:
    """The joins of which some SQL speaks, in their order, and those of which these speak."""
    found: list[str] = []
    for name in reversed(list(part.joins)):
        spoken = " ".join([text, *(part.joins[other] for other in found)])
        if re.search(rf"\b{name}(_\w+)?\.", spoken):
            found.append(name)
    return found[::-1]
