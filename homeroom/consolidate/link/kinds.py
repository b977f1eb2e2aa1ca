"""What differs between linking students, contacts and staff."""

from __future__ import annotations

from dataclasses import dataclass

from homeroom.consolidate.link.comparisons import Comparison


@dataclass(frozen=True)
class PersonKind:
    """`blocking`: conditions that a pair must meet one of to be compared, each narrow enough for a whole district.

    `training`: under which pairs Splink estimates how often true pairs agree. `exact`: (decided_by, column, whether the
    full names must be the same or only compatible): rows with a value of the column in common are one person.
    `more_than_names`: comparisons of which one must be met at its best level, as names alone say too little; none: the
    weights decide.
    """

    name: str
    comparisons: tuple[Comparison, ...]
    blocking: tuple[str, ...]
    training: tuple[str, ...]
    exact: tuple[tuple[str, str, bool], ...]
    more_than_names: tuple[str, ...] = ()
