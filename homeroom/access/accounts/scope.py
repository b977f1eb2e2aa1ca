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
from homeroom.model.columns import columns


def condition(resource: str, row: str, reached: Callable[[str, str], str]) -> str:
    """What a row of a resource, which the statement knows as `row`, has to fulfil, in SQL.

    `reached`: the condition that a column names somebody of a kind within reach.
    """
    own = columns(resource)
    persons = [(column.key, f'"{row}".{column.name}', str(column.identifies)) for column in own
               if column.identifies in REACH]  # fmt: skip
    if key := [reached(name, kind) for is_key, name, kind in persons if is_key]:
        return " and ".join(key)
    if all(column.privacy is PrivacyClass.PUBLIC for column in own):
        return "true"
    if persons:
        each = " and ".join(f"({name} is null or {reached(name, kind)})" for _, name, kind in persons)
        return f"num_nonnulls({', '.join(name for _, name, _ in persons)}) > 0 and {each}"
    return "false"
