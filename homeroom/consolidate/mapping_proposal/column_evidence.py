"""What the values of a column look like: the share of them that could be what a concept asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from homeroom.consolidate.clean.cleaned import Context
from homeroom.consolidate.clean.codes import clean_code, clean_ethnicity
from homeroom.consolidate.clean.dates import clean_date, day_comes_first
from homeroom.consolidate.clean.numbers import clean_boolean, clean_school_year
from homeroom.model import DESCRIPTORS

_NAME = re.compile(r"[^\W\d_][^@]{0,60}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"[\d\s().+/x-]{7,24}")
_POSTAL = re.compile(r"\d{5}(-?\d{4})?")
_NUMBER = re.compile(r"[<>]?\s*-?\d{1,9}([.,]\d+)?\s*%?")
_MARK = re.compile(r"([A-F][+-]?|P|I|W|NP|WF|WP|CR|NC|Pass|Fail|\d{1,3}(\.\d+)?)", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[\w./{}-]{1,60}")
# Codes of attendance are the district's own: short words, or a letter or two.
_SHORT_CODE = re.compile(r"[\w /-]{1,30}")


@dataclass(frozen=True)
class Column:
    """A column as it came: its `name`, how many of the `rows` it fills, and some of its `distinct` values, which are
    `kinds` in all."""

    name: str
    rows: int
    filled: int
    kinds: int
    distinct: tuple[str, ...]

    @property
    def unique(self) -> float:
        """How many different values it has for each filled row, from 0 to 1."""
        return self.kinds / self.filled if self.filled else 0.0


def share(column: Column, values: str, today: date) -> float:
    """The share, from 0 to 1, of a column's different values that could be of the kind `values`; 0 for an empty one."""
    if not column.distinct:
        return 0.0
    test = _test(column, values, today)
    return sum(map(test, column.distinct)) / len(column.distinct)


def _test(column: Column, values: str, today: date) -> Callable[[str], bool]:
    if values in DESCRIPTORS or values.endswith("Descriptor"):
        return _code(values)
    if values in ("date", "birth date"):
        return _date(column.distinct, values, today)
    return _TESTS[values]


def _code(type_: str) -> Callable[[str], bool]:
    if type_ == "AttendanceEventCategoryDescriptor":
        return lambda value: bool(_SHORT_CODE.fullmatch(value)) and not _is_date(value)
    return lambda value: clean_code(value, type_, Context()).value is not None


def _date(values: Sequence[str], kind: str, today: date) -> Callable[[str], bool]:
    day_first = bool(day_comes_first(values))

    def test(value: str) -> bool:
        # Five digits are a spreadsheet's date to cleaning, and far more often a number of something.
        if value.isdigit() and len(value) < 8:
            return False
        found = clean_date(value, field="birthDate" if kind == "birth date" else "", today=today, day_first=day_first)
        if found.value is None:
            return False
        years = today.year - int(found.value[:4])
        return 2 <= years <= 90 if kind == "birth date" else -3 <= years <= 15

    return test


def _is_date(value: str) -> bool:
    return not value.isdigit() and clean_date(value, field="", today=date.today()).value is not None


def _words(value: str) -> bool:
    return any(sign.isalpha() for sign in value) and not _is_date(value)


_TESTS: dict[str, Callable[[str], bool]] = {
    "identifier": lambda value: bool(_IDENTIFIER.fullmatch(value)) and not _is_date(value),
    "name": lambda value: bool(_NAME.fullmatch(value)) and len(value.split()) <= 5,
    "full name": lambda value: "," in value and bool(_NAME.fullmatch(value)),
    "full name in order": lambda value: "," not in value and " " in value and bool(_NAME.fullmatch(value)),
    "text": _words,
    "number": lambda value: bool(_NUMBER.fullmatch(value)),
    "mark": lambda value: bool(_MARK.fullmatch(value)),
    "email": lambda value: bool(_MAIL.fullmatch(value)),
    "phone": lambda value: bool(_PHONE.fullmatch(value)) and sum(map(str.isdigit, value)) >= 7,
    "postal code": lambda value: bool(_POSTAL.fullmatch(value)),
    "yes": lambda value: clean_boolean(value).value is not None,
    "ethnicity": lambda value: clean_ethnicity(value).value is not None,
    "school year": lambda value: 1990 <= int(clean_school_year(value).value or 0) <= 2100,
}
