"""What a request for a page asks: its query parameters, read all at once, with a sentence for each that is wrong.

As in the Ed-Fi ODS/API: `limit` and `offset`, or `pageToken` and `pageSize`; `totalCount`; `minChangeVersion` and
`maxChangeVersion`; and each field that rows can be asked for by. A parameter that there is not is refused, since
whoever misspells a filter would get everybody instead of somebody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from homeroom.access.resources.queryable import QueryField
from homeroom.api import problems
from homeroom.api.edfi.page_tokens import Range, partitions, read_token
from homeroom.model.declaration import Kind, ValueType

MOST_ROWS = 500
USUAL_ROWS = 25
MOST_PARTITIONS = 200
_LARGEST = (1 << 63) - 1


@dataclass
class Asked:
    """What is asked for. `where`: values by parameter."""

    limit: int = USUAL_ROWS
    offset: int = 0
    range: Range = field(default_factory=Range)
    total: bool = False
    min_change_version: int | None = None
    max_change_version: int | None = None
    where: dict[str, object] = field(default_factory=dict)


def read_page(given: Sequence[tuple[str, str]], fields: Mapping[str, QueryField]) -> Asked:
    """What a request asks. Raises Problem with all that is wrong, and none of the values that were sent."""
    reader = _Reader(given)
    asked = _asked(reader)
    if "pageToken" in reader.values or "pageSize" in reader.values:
        asked.limit = reader.number("pageSize", 1, MOST_ROWS, USUAL_ROWS)
        if both := {"limit", "offset"} & reader.values.keys():
            reader.errors.append(f"{' and '.join(sorted(both))}: pages by pageToken have a pageSize alone.")
        found = read_token(reader.take("pageToken") or "") if "pageToken" in reader.values else Range()
        if found is None:
            reader.errors.append("pageToken: it is none that was given here. Take one from partitions, or begin anew.")
        asked.range = found or Range()
    asked.where = _where(reader, fields)
    reader.end()
    return asked


def read_changes(given: Sequence[tuple[str, str]]) -> Asked:
    """What a request for deletes or changes of keys asks. Raises Problem with all that is wrong."""
    reader = _Reader(given)
    asked = _asked(reader)
    reader.end()
    return asked


def read_partitions(given: Sequence[tuple[str, str]], fields: Mapping[str, QueryField]) -> list[Range]:
    """The ranges of ids that a request for partitions asks for. Raises Problem with all that is wrong.

    Which rows the pages will ask for may be said here too, as to the Ed-Fi ODS/API; the ranges are the same for all.
    """
    reader = _Reader(given)
    number = reader.number("number", 1, MOST_PARTITIONS, 1)
    _change_versions(reader)
    _where(reader, fields)
    reader.end()
    return partitions(number)


def _asked(reader: _Reader) -> Asked:
    first, last = _change_versions(reader)
    return Asked(
        limit=reader.number("limit", 0, MOST_ROWS, USUAL_ROWS),
        offset=reader.number("offset", 0, _LARGEST, 0),
        total=reader.truth("totalCount"),
        min_change_version=first,
        max_change_version=last,
    )


def _change_versions(reader: _Reader) -> tuple[int | None, int | None]:
    first = reader.number("minChangeVersion", 0, _LARGEST, None)
    last = reader.number("maxChangeVersion", 0, _LARGEST, None)
    if first is not None and last is not None and first > last:
        reader.errors.append("minChangeVersion: it is larger than maxChangeVersion.")
    return first, last


def _where(reader: _Reader, fields: Mapping[str, QueryField]) -> dict[str, object]:
    return {name: reader.of_type(name, one.type) for name, one in fields.items() if name in reader.values}


class _Reader:
    """Takes parameters one by one, and keeps a sentence of each that is wrong."""

    def __init__(self, given: Sequence[tuple[str, str]]) -> None:
        self.values = dict(given)
        self.errors: list[str] = []
        self._taken: set[str] = set()
        names = [name for name, _ in given]
        self.errors += [
            f"{_named(name)}: it is given more than once." for name in sorted(set(names)) if names.count(name) > 1
        ]
        # PostgreSQL can't even be asked for it.
        self.errors += [f"{_named(name)}: no value holds the character NUL." for name, text in given if "\0" in text]

    def take(self, name: str) -> str | None:
        self._taken.add(name)
        return self.values.get(name)

    def number(self, name: str, least: int, most: int, usual: Any) -> Any:
        text = self.take(name)
        if text is None:
            return usual
        if text.isascii() and text.isdigit() and len(text) < 20 and least <= int(text) <= most:
            return int(text)
        self.errors.append(f"{name}: write a whole number from {least} to {most}.")
        return usual

    def truth(self, name: str) -> bool:
        text = (self.take(name) or "false").lower()
        if text not in ("true", "false"):
            self.errors.append(f"{name}: write true or false.")
        return text == "true"

    def of_type(self, name: str, type_: ValueType) -> object:
        """The value as JSON has it; whether it fits the field is known to who reads values."""
        text = self.take(name) or ""
        try:
            if type_.kind in (Kind.INTEGER, Kind.LONG):
                return int(text)
            if type_.kind is Kind.DECIMAL:
                return float(text)
        except ValueError:
            self.errors.append(f"{name}: write a number.")
            return text
        if type_.kind is Kind.BOOLEAN:
            return self.truth(name)
        return text

    def end(self) -> None:
        unknown = sorted(self.values.keys() - self._taken)
        self.errors += [f"{_named(name)}: there is no such parameter here." for name in unknown]
        if self.errors:
            raise problems.wrong_parameters(self.errors)


def _named(name: str) -> str:
    """What is no parameter of ours may be anything, a person's name too."""
    return name if name.isidentifier() and name.isascii() and len(name) <= 60 else "One of the parameters"
