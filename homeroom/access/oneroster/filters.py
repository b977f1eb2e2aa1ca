"""The filter of a request: clauses of a field, an operator and a value, joined by AND and OR, of which AND binds first.

`familyName='Okafor' AND dateLastModified>='2026-09-01'`. A field inside of another is named with a dot
(`school.sourcedId`, `roles.role`). What a row does not have fulfils `!=` and nothing else. Text is compared by its
code points.

- Of a list of texts `=` wants all of the values, which commas part, and no others; `~` one of them.
- Of a list of references or objects an item has to fulfil it, and for `!=` none may be equal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from homeroom.access.oneroster.declaration import MODIFIED, STATUS, Field, Kind
from homeroom.access.oneroster.documents import as_text

OPERATORS = ("!=", ">=", "<=", "=", ">", "<", "~")
MOST_CLAUSES = 20
_CLAUSE = re.compile(rf"\s*([A-Za-z][A-Za-z0-9.]*)\s*({'|'.join(OPERATORS)})\s*'((?:[^']|'')*)'\s*")
_JOIN = re.compile(r"(AND|OR)\b", re.IGNORECASE)


class WrongFilter(ValueError):
    """The filter can't be read. The message says how one is written, and nothing that was sent."""


@dataclass(frozen=True)
class Clause:
    """One condition. `path`: the field, and the part of it behind a dot."""

    path: str
    operator: str
    value: str


@dataclass(frozen=True)
class Filter:
    """Clauses by groups: one group has to be fulfilled, with all of its clauses."""

    groups: tuple[tuple[Clause, ...], ...] = ()

    @property
    def clauses(self) -> list[Clause]:
        return [clause for group in self.groups for clause in group]

    @property
    def asks_for_changes(self) -> bool:
        """Whether it speaks of changes, so that what is gone is to be told as well."""
        return any(clause.path in (STATUS, MODIFIED) for clause in self.clauses)


def read_filter(text: str) -> Filter:
    """What a filter says. Raises WrongFilter."""
    groups: list[list[Clause]] = [[]]
    place = 0
    while True:
        found = _CLAUSE.match(text, place)
        if found is None:
            raise WrongFilter("write it as field='value', with = != > >= < <= or ~, and AND or OR between two of them")
        groups[-1].append(Clause(found[1], found[2], found[3].replace("''", "'")))
        place = found.end()
        if place == len(text):
            break
        join = _JOIN.match(text, place)
        if join is None:
            raise WrongFilter("write AND or OR between two conditions, and a quotation mark in a value twice")
        if join[1].upper() == "OR":
            groups.append([])
        place = join.end()
    if sum(map(len, groups)) > MOST_CLAUSES:
        raise WrongFilter(f"it has more than {MOST_CLAUSES} conditions")
    return Filter(tuple(map(tuple, groups)))


def value_of(field: Field, inner: Field | None, clause: Clause) -> Any:
    """The value of a clause as the database compares it. Raises WrongFilter where it is none of the field's kind."""
    kind = inner.kind if inner else field.kind
    if field.kind is Kind.TEXTS:
        if clause.operator not in ("=", "!=", "~"):
            raise WrongFilter("a list can be compared with =, != and ~ alone")
        return [item.strip() for item in clause.value.split(",")]
    if "\0" in clause.value:
        raise WrongFilter("a value holds a character that no text can have")
    if clause.operator == "~" or kind in (Kind.TEXT, Kind.TRUTH):
        return clause.value
    if kind in (Kind.REFERENCE, Kind.REFERENCES):
        return _id(clause.value) if clause.operator in ("=", "!=") else clause.value
    try:
        return _READERS[kind](clause.value)
    except (ValueError, InvalidOperation, OverflowError):
        raise WrongFilter(f"a value is no {_WORDS[kind]}") from None


def condition(field: Field, inner: Field | None, operator: str, column: str, value: str) -> str:
    """SQL of a clause. `column`: what holds the field; `value`: the parameter with that of the clause.

    What follows is never null, so that conditions can be joined.
    """
    if field.kind is Kind.TEXTS:
        return _of_texts(operator, column, f"{value}::text[]")
    if field.kind is Kind.REFERENCES:
        return _of_items(operator, f"unnest({column}) as one", "one", Kind.REFERENCE, value)
    if field.kind is Kind.OBJECTS and inner is not None:
        item = f"(one ->> '{inner.name}')"
        if inner.kind is not Kind.TEXT:
            item += f"::{inner.kind}"
        return _of_items(operator, f"jsonb_array_elements({column}) as one", item, inner.kind, value)
    return _compared(operator, field.kind, column, value)


def _compared(operator: str, kind: Kind, column: str, value: str) -> str:
    if operator == "~":
        return f"coalesce(strpos({as_text(kind, column)}, {value}::text) > 0, false)"
    if kind in (Kind.TEXT, Kind.TRUTH) or (kind is Kind.REFERENCE and operator not in ("=", "!=")):
        left, right = f'({as_text(kind, column)}) collate "C"', f"{value}::text"
    else:
        left, right = column, f"{value}::{kind}"
    if operator == "!=":
        return f"({left} is distinct from {right})"
    return f"coalesce({left} {operator} {right}, false)"


def _of_items(operator: str, items: str, item: str, kind: Kind, value: str) -> str:
    if operator == "!=":
        return f"(not {_of_items('=', items, item, kind, value)})"
    return f"exists (select from {items} where {_compared(operator, kind, item, value)})"


def _of_texts(operator: str, column: str, values: str) -> str:
    if operator == "~":
        return f"coalesce({column} && {values}, false)"
    same = f"coalesce({column} @> {values} and {column} <@ {values}, false)"
    return same if operator == "=" else f"(not {same})"


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        # What is no id is that of nothing.
        return None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError
    return number


_READERS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.DATE: date.fromisoformat,
    Kind.MOMENT: _moment,
    Kind.NUMBER: _number,
}
_WORDS = {Kind.DATE: "date, as 2026-09-01", Kind.MOMENT: "moment, as 2026-09-01T08:00:00.000Z", Kind.NUMBER: "number"}


def changed_since(filter_: Filter, values: Sequence[Any]) -> datetime | None:
    """From when on changes are asked for, where every group of clauses says so; `values`: those of the clauses."""
    by_clause = iter(values)
    starts = [
        [
            value
            for clause in group
            for value in [next(by_clause)]
            if clause.path == MODIFIED and clause.operator[0] == ">"
        ]
        for group in filter_.groups
    ]
    return min(max(group) for group in starts) if starts and all(starts) else None
