"""What part of a collection is asked for: by `offset` and `limit`, `orderBy` and `direction`, as is specified.

A district has as many vendors and applications as it has apps, so that they are sorted and passed over here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, BeforeValidator

from homeroom.api import problems
from homeroom.api.admin.numbers import HIGHEST

_SORTED_BY = (int, str, bool, int | None, str | None)
_DIRECTIONS = {"asc": "Ascending", "ascending": "Ascending", "desc": "Descending", "descending": "Descending"}

Answer = TypeVar("Answer", bound=BaseModel)


@dataclass(frozen=True)
class Part:
    """The part that is asked for."""

    offset: int
    limit: int
    order_by: str
    descending: bool

    def of(self, kind: type[Answer], found: Iterable[Answer]) -> list[Answer]:
        """This part of what was found. Raises Problem where it is to be sorted by what it does not have."""
        names = {
            info.serialization_alias or info.alias or name: name
            for name, info in kind.model_fields.items()
            if info.annotation in _SORTED_BY
        }
        named = {told.lower(): name for told, name in names.items()}
        if self.order_by and self.order_by.lower() not in named:
            raise problems.not_valid({"OrderBy": [f"It can be one of {', '.join(names)}."]})
        # Without a property it is the first that they have, their number.
        by = named.get(self.order_by.lower(), next(iter(names.values())))
        order = sorted(found, key=lambda one: _place(getattr(one, by)), reverse=self.descending)
        return order[self.offset : self.offset + self.limit]


def same(said: str | None, value: str | None) -> bool:
    """Whether a value is the one that is asked for, however it is written; any value where none is."""
    return said is None or said.strip().lower() == (value or "").lower()


def any_of(said: str | None) -> Sequence[str]:
    """The values of a list with commas between them."""
    return [one.strip() for one in (said or "").split(",") if one.strip()]


def _place(value: Any) -> tuple[bool, Any]:
    return (value is not None, value.lower() if isinstance(value, str) else value or 0)


def _direction(said: Any) -> Any:
    return _DIRECTIONS.get(said.lower(), said) if isinstance(said, str) else said


def _part(
    offset: Annotated[int, Query(ge=0, le=HIGHEST, description="How many items are passed over.")] = 0,
    limit: Annotated[int, Query(ge=0, le=HIGHEST, description="How many items are told at most.")] = 25,
    order_by: Annotated[str, Query(alias="orderBy", description="By which property they are sorted.")] = "",
    direction: Annotated[
        Literal["Ascending", "Descending"],
        BeforeValidator(_direction),
        Query(description="Whether the largest comes first."),
    ] = "Descending",
) -> Part:
    return Part(offset, limit, order_by.strip(), direction == "Descending")


Asked = Annotated[Part, Depends(_part)]
