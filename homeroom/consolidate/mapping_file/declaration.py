"""What a mapping is: for each kind of table that a source delivers, the documents that each of its rows becomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from homeroom.sources.csv_files import file_of

# In a condition: whatever fills the cell.
FILLED = "*"


@dataclass(frozen=True)
class Value:
    """One value of a document, from a row.

    The first of `columns` that is filled, or all of `parts` joined by `between`, or `constant`. Of that `match` takes
    what its one group matches, `date` reads a date in that form (strftime's signs), `codes` says what the source's own
    codes mean, in small letters, and `otherwise` stands where nothing is left. With `through`, another column, the item
    that holds the value is there for each grade level from the one to the other.
    """

    columns: tuple[str, ...] = ()
    constant: str | None = None
    parts: tuple[Value, ...] = ()
    between: str = ""
    match: str | None = None
    date: str | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    through: str | None = None

    def read(self) -> Iterator[str]:
        """The columns that the value is read from."""
        yield from self.columns
        if self.through:
            yield self.through
        for part in self.parts:
            yield from part.read()


@dataclass(frozen=True)
class Condition:
    """Where a row counts: each column of `where` holds one of its values, and none of `unless` does.

    Values are in small letters; FILLED stands for any.
    """

    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def read(self) -> Iterator[str]:
        """The columns that are asked."""
        yield from self.where
        yield from self.unless


@dataclass(frozen=True)
class Items:
    """The items of a collection, or an embedded object (`single`)."""

    items: tuple[Item, ...]
    single: bool = False


@dataclass(frozen=True)
class Item:
    """One item: `values` by the names of the standard; it is there where the condition holds and a column fills it."""

    values: Mapping[str, Value | Items | Mapping[str, Value]]
    condition: Condition = Condition()

    def read(self) -> Iterator[str]:
        """The columns that the item is read from."""
        yield from self.condition.read()
        for value in self.values.values():
            if isinstance(value, Value):
                yield from value.read()
            elif isinstance(value, Items):
                for item in value.items:
                    yield from item.read()
            else:
                for part in value.values():
                    yield from part.read()


@dataclass(frozen=True)
class Document:
    """What a row says of one resource: an item whose values are the resource's."""

    resource: str
    item: Item


@dataclass(frozen=True)
class TableMapping:
    """What the tables of the files that fit the pattern `file` (and the sheet `sheet`) become, row by row."""

    file: str
    sheet: str | None
    condition: Condition
    documents: tuple[Document, ...]
    ignored: tuple[str, ...] = ()

    def fits(self, table: str) -> bool:
        """Whether it is for a landed table of that name."""
        path, sheet = file_of(table)
        name = path.rpartition("/")[2]
        named = any(fnmatchcase(one.lower(), self.file.lower()) for one in (path, name))
        return named and (self.sheet is None or fnmatchcase((sheet or "").lower(), self.sheet.lower()))

    def read(self) -> Iterator[str]:
        """The columns that the mapping reads, in its order, some more than once."""
        yield from self.condition.read()
        for document in self.documents:
            yield from document.item.read()
