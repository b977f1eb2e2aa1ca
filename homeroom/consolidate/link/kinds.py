"""What differs between linking students, contacts and staff."""

from __future__ import annotations

from dataclasses import dataclass

from homeroom.consolidate.link.blocking import Block
from homeroom.consolidate.link.comparisons import Comparison


@dataclass(frozen=True)
class PersonKind:
    """`blocking`: on one of these a pair must agree to be compared; a text is a condition in SQL, of `l` and `r`.

    `training`: under which pairs Splink estimates how often true pairs agree. `exact`: (decided_by, column, whether the
    full names must be the same or only compatible): rows with a value of the column in common are one person.
    `more_than_names`: comparisons of which one must be met at its best level, as names alone say too little; none: the
    weights decide.
    """

    name: str
    comparisons: tuple[Comparison, ...]
    blocking: tuple[Block | str, ...]
    training: tuple[str, ...]
    exact: tuple[tuple[str, str, bool], ...]
    more_than_names: tuple[str, ...] = ()
