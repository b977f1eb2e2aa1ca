"""Which rows of a resource a person sees: found in the model, for each resource alike.

A row is seen where each student, contact and member of staff whom its key names is within reach, wherever it was: a
school of before belongs to a student's record. A row whose key names nobody is everybody's where all that it can say
is public. If it isn't, whoever it names besides has to be within reach, and somebody has to be named; of all else
nothing is seen.
"""

from __future__ import annotations

from collections.abc import Callable

from homeroom.access.accounts.reach import REACH
from homeroom.model import PrivacyClass
from homeroom.model.columns import Column, columns


def condition(resource: str, row: str, reached: Callable[[str, str], str]) -> str:
    """What a row of a resource, which the statement knows as `row`, has to fulfil, in SQL.

    `reached`: the condition that a column names somebody of a kind within reach.
    """
    asked = asked_columns(resource)
    if asked is None:
        return "false"
    within = [(f'"{row}".{column.name}', str(column.identifies)) for column in asked]
    if all(column.key for column in asked):
        return " and ".join(reached(name, kind) for name, kind in within) or "true"
    each = " and ".join(f"({name} is null or {reached(name, kind)})" for name, kind in within)
    return f"num_nonnulls({', '.join(name for name, _ in within)}) > 0 and {each}"


def asked_columns(resource: str) -> tuple[Column, ...] | None:
    """The columns that name whom a row asks to be within reach: those of the key, or, where it names nobody and the row
    can say what is not public, all others, one of which has to name somebody. None for a row that is nobody's."""
    own = columns(resource)
    persons = tuple(column for column in own if column.identifies in REACH)
    if key := tuple(column for column in persons if column.key):
        return key
    if all(column.privacy is PrivacyClass.PUBLIC for column in own):
        return ()
    return persons or None
