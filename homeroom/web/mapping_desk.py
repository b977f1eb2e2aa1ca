"""What the page on the meaning of columns shows, and who looks into the sources' tables for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

# A form takes a thousand answers; a vendor's file may have more columns than that.
MOST_FIELDS = 900


@dataclass(frozen=True)
class ShownColumn:
    """A column: its name, the `cells` of the first rows, the `fields` that it becomes, and the concept it was taken
    for ('' for none, 'score' for a score of a test). `asked`: whether the page lets a person choose."""

    name: str
    cells: tuple[str, ...]
    fields: tuple[str, ...]
    concept: str
    asked: bool


@dataclass(frozen=True)
class ShownTable:
    """A table: its name as landed, its title, its rows, its columns, and what is to be decided."""

    name: str
    title: str
    rows: int
    columns: tuple[ShownColumn, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class ShownDocuments:
    """What the first rows become: documents of one resource, each from field to value."""

    resource: str
    rows: int
    first: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class ShownMapping:
    """All that the page shows. `proposed`: whether it is a proposal that can be changed here, or a file that is used.

    `asked`: what holds for all rows because no column says it: its name, the words to ask for it, and the value.
    `student_ids`: of whose rows something is shown, in the source's own ids.
    """

    tables: tuple[ShownTable, ...]
    documents: tuple[ShownDocuments, ...]
    set_aside: tuple[str, ...]
    unread: tuple[str, ...]
    asked: tuple[tuple[str, str, str], ...]
    proposed: bool
    file: str
    student_ids: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """What a person said: from tables to columns to concepts ('' for none), and of all rows, from names to values."""

    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)


class MappingDesk(Protocol):
    """Who looks into the sources' tables for the page: given to the application, for pages reach no source."""

    def sources(self) -> Sequence[tuple[str, bool]]:
        """The sources whose tables need a mapping, each with whether it has one."""
        ...

    def concepts(self) -> Sequence[tuple[str, str]]:
        """What a column may be taken for: the concept and its words."""
        ...

    def look(self, source: str, anew: bool, said: Said | None) -> ShownMapping:
        """What the mapping makes of the source's tables."""
        ...

    def save(self, source: str, said: Said) -> None:
        """Use what was said from now on."""
        ...
