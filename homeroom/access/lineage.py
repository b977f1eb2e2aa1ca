"""Every value with where it came from: which source said it, in which file and line, and what the others said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from homeroom.access.door import Use
from homeroom.access.words import name_of, shown
from homeroom.model.columns import Column, columns
from homeroom.model.declaration import PrivacyClass
from homeroom.source_rows import POSITION, place_in_words

_FIRST = ("first_name", "preferred_first_name", "middle_name", "last_surname", "generation_code_suffix", "birth_date")
_PLACES = {name: place for place, name in enumerate(_FIRST)}

# What stands for the file, of what an app wrote.
_INTERFACE = "the Ed-Fi Resources API"


@dataclass(frozen=True)
class Origin:
    """One row of one delivered file. `unit`: what `position` counts, 'line', 'record' or 'sheet'.

    Or what an app wrote: `file` is the interface, and `position` the row's change version.
    """

    source: str
    received_on: date
    file: str
    unit: str
    position: int

    @property
    def place(self) -> str:
        """Where in the file, in words."""
        return place_in_words(self.unit, self.position)


@dataclass(frozen=True)
class Value:
    """A value as a person reads it. `others`: what other rows said instead; `also`: rows that said the same.

    `resource` and `column` name it in the model.
    """

    name: str
    text: str
    privacy: PrivacyClass
    origin: Origin | None
    also: Sequence[Origin] = ()
    others: Sequence[tuple[str, Origin]] = field(default_factory=tuple)
    resource: str = ""
    column: str = ""


class Lineage:
    """The origins of source rows, looked up once for a page."""

    def __init__(self, origins: Mapping[int, Origin]) -> None:
        self._origins = origins

    @classmethod
    async def of(cls, use: Use, rows: Iterable[Mapping[str, Any]]) -> Lineage:
        """The origins of all `source_rows` of rows of the record."""
        numbers = sorted({number for row in rows for number in row["source_rows"]})
        files = await use.rows(_FILES, files=sorted({number >> 32 for number in numbers}))
        by_number = {row["number"]: row for row in files}
        origins = {}
        for number in numbers:
            file = by_number.get(number >> 32)
            if file:
                origins[number] = Origin(
                    file["source"], file["received_on"], file["path"], file["position_unit"], number & POSITION
                )
        return cls(origins)

    def origins(self, row: Mapping[str, Any]) -> list[Origin]:
        """The rows that a row of the record was merged from, the believed one first; before them who wrote it since."""
        writer = [self._writer(row["written_by"], row)] if row.get("written_by") else []
        return writer + [self._origins[number] for number in row["source_rows"] if number in self._origins]

    def values(self, resource: str, row: Mapping[str, Any], leave_out: Iterable[str] = ()) -> list[Value]:
        """Every value that a row of `resource` holds: a person's name first, then in the order of the declaration."""
        hidden = set(leave_out)
        return [
            self._value(resource, column, row)
            for column in sorted(columns(resource), key=lambda column: _PLACES.get(column.name, len(_PLACES)))
            if column.name in row and column.name not in hidden and not is_empty(row[column.name])
        ]

    def _value(self, resource: str, column: Column, row: Mapping[str, Any]) -> Value:
        text = shown(row[column.name], column)
        # Where all rows agree on the key that holds it, or there is only one, nothing is told of the field.
        alone = row["source_rows"][:1] or [name for name in [row.get("written_by")] if name]
        told = (row["said"] or {}).get(column.name) or [alone]
        # A row by itself said what the record holds; one that said nothing is told of no value.
        said = [
            (origin, shown(value[0], column) if value else text)
            for number, *value in filter(None, told)
            if value != [None] and (origin := self._origin(number, row))
        ]
        same = [origin for origin, words in said if words == text]
        others = [(words, origin) for origin, words in said if words != text]
        if not same and others:
            if isinstance(row[column.name], list):
                # The list was joined from what several rows said: each of them said a part of it.
                same, others = [origin for _, origin in others], []
            else:
                # The same value in another spelling of it, such as 5 and 5.0: the believed row comes first.
                first = others[0][0]
                same = [origin for words, origin in others if words == first]
                others = [(words, origin) for words, origin in others if words != first]
        return Value(
            name_of(column.name),
            text,
            column.privacy,
            same[0] if same else None,
            tuple(same[1:]),
            tuple(others),
            resource,
            column.name,
        )

    def _origin(self, number: int | str, row: Mapping[str, Any]) -> Origin | None:
        """Where a value came from: a row of a source, by its number, or whoever wrote it, by name."""
        return self._writer(number, row) if isinstance(number, str) else self._origins.get(number)

    def _writer(self, name: str, row: Mapping[str, Any]) -> Origin:
        return Origin(name, row["last_modified"].date(), _INTERFACE, "version", row["change_version"])


def is_empty(value: Any) -> bool:
    """Whether a value of a row says nothing, and is not shown."""
    return value is None or value in ("", [], {})


_FILES = """
    select file.number, file.path, file.position_unit, delivery.source, delivery.received_at::date as received_on
    from consolidation.delivered_file as file join consolidation.delivery using (delivery_id)
    where file.number = any(%(files)s)
"""
