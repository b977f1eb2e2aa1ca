"""Which cleaning a value gets: its type in the model decides, and for people, telephones and addresses its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from homeroom.consolidate.clean import (
    addresses,
    codes,
    dates,
    electronic_mails,
    identifiers,
    names,
    numbers,
    telephones,
    text,
)
from homeroom.consolidate.clean.cleaned import Cleaning, Context
from homeroom.model.columns import Column, part_identity
from homeroom.model.declaration import Collection, Field, Kind, Member, Reference, ValueType

_IDENTIFIER_FIELDS = frozenset({"identificationCode", "personId", "localCourseCode", "assessmentIdentifier"})


@dataclass(frozen=True)
class Cell:
    """One value of a row or of a collection's item: a column of the table at hand.

    `column` is its name in the table, `path` its place in the JSON of an item. `collection` is set (and `type` None)
    for a collection or object inside.
    """

    column: str
    path: tuple[str, ...]
    type: ValueType | None
    required: bool = False
    key: bool = False
    identifies: str | None = None
    collection: Collection | None = None

    @property
    def field(self) -> str:
        """The name that the standard gives the value."""
        return self.path[-1]


def cells_of_table(columns: Iterable[Column], present: Iterable[str]) -> list[Cell]:
    """The cells of a resource's table that a staged table has."""
    held = set(present)
    return [
        Cell(
            column.name,
            (column.paths[0].rpartition(".")[2],),
            column.type,
            column.required,
            column.key,
            column.identifies,
            column.collection,
        )
        for column in columns
        if column.name in held
    ]


def cells_of_item(members: dict[str, Member]) -> list[Cell]:
    """The cells of one item of a collection, in the order of declaration, each part of a reference for itself."""
    return list(_cells_of_item(members))


def _cells_of_item(members: dict[str, Member]) -> Iterator[Cell]:
    for name, member in members.items():
        if isinstance(member, Field):
            yield Cell(name, (name,), member.type, member.required)
        elif isinstance(member, Reference):
            for part, type_ in member.parts:
                yield Cell(f"{name}.{part}", (name, part), type_, member.required, identifies=part_identity(part))
        else:
            yield Cell(name, (name,), None, member.required, collection=member)


def cleaning_of(cell: Cell, context: Context) -> Cleaning:
    """The cleaning of a cell that holds a single value."""
    type_ = cell.type
    if type_ is None:
        raise TypeError(f"{cell.column} holds a collection: its items are cleaned one by one.")
    if cell.identifies or cell.field in _IDENTIFIER_FIELDS:
        width = context.identifier_widths.get(cell.identifies) if cell.identifies else None
        return identifiers.cleaning(width, type_.length)
    match type_.kind:
        case Kind.TEXT:
            return _text(cell.field, type_.length, context)
        case Kind.DESCRIPTOR:
            return codes.cleaning(str(type_.descriptor), context)
        case Kind.BOOLEAN if cell.field == "hispanicLatinoEthnicity":
            return codes.ethnicity_cleaning()
        case Kind.BOOLEAN:
            return numbers.boolean_cleaning()
        case Kind.INTEGER if cell.field.lower().endswith("schoolyear"):
            return numbers.school_year_cleaning()
        case Kind.DATE:
            return dates.date_cleaning(cell.field, context)
        case Kind.DATETIME:
            return dates.moment_cleaning(cell.field, context)
        case Kind.TIME:
            return dates.time_cleaning()
        case _:
            return numbers.number_cleaning(type_)


def _text(field: str, length: int | None, context: Context) -> Cleaning:
    if field in names.FIELDS:
        return names.cleaning(field)
    if field == "generationCodeSuffix":
        return Cleaning(None, "{v}", "VARCHAR", lambda _: names.clean_suffix)
    if field == "personalTitlePrefix":
        return Cleaning(None, "{v}", "VARCHAR", lambda _: names.clean_prefix)
    if field in telephones.FIELDS:
        return telephones.cleaning(context)
    if field in electronic_mails.FIELDS:
        return electronic_mails.cleaning()
    return addresses.cleaning(field, length) or text.cleaning(length)
