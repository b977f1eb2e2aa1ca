"""Single values of a document: what JSON may hold for each type of the standard, and how it is written back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from homeroom.model import DESCRIPTORS
from homeroom.model.declaration import Kind, ValueType
from homeroom.model.descriptor import LONGEST_URI

_RANGES = {Kind.INTEGER: 31, Kind.LONG: 63}


class WrongValue(ValueError):
    """A value of another type or size. The message goes on after the field's name: `is longer than 75 characters`."""


def read_value(type_: ValueType, value: object) -> Any:
    """The JSON value as Python holds it: str, int, Decimal, bool, date, time or datetime (in UTC, without a zone).

    Raises WrongValue.
    """
    return _READERS[type_.kind](type_, value)


def json_value(value: object) -> object:
    """A read value as JSON holds it again, always in the same way."""
    if isinstance(value, datetime):
        return value.isoformat() + "Z"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _text(type_: ValueType, value: object) -> str:
    if not isinstance(value, str):
        raise WrongValue("must be text")
    if "\0" in value or (not value.isprintable() and any("\ud800" <= letter <= "\udfff" for letter in value)):
        raise WrongValue("holds a character that no text can have")
    if not value.strip():
        raise WrongValue("must not be empty")
    length = type_.length or LONGEST_URI
    if len(value) > length:
        raise WrongValue(f"is longer than {length} characters")
    return value


def _descriptor(type_: ValueType, value: object) -> str:
    text = _text(type_, value)
    namespace, _, code = text.partition("#")
    standard = DESCRIPTORS[str(type_.descriptor)].namespace
    if not code or not (namespace == standard or namespace.endswith(f"/{type_.descriptor}")):
        raise WrongValue(f"must be the URI of a {type_.descriptor}, such as {standard}#…")
    return text


def _integer(type_: ValueType, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongValue("must be a whole number")
    bits = _RANGES[type_.kind]
    if not -(1 << bits) <= value < 1 << bits:
        raise WrongValue("is too large")
    return value


def _decimal(type_: ValueType, value: object) -> Decimal:
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
        raise WrongValue("must be a number")
    precision, scale = type_.precision or 0, type_.scale or 0
    if isinstance(value, int) and abs(value) >= 10**precision:
        raise WrongValue("is too large")
    number = Decimal(str(value))
    if not number.is_finite():
        raise WrongValue("must be a number")
    try:
        exact = number.quantize(Decimal(1).scaleb(-scale))
    except InvalidOperation:
        raise WrongValue("is too large") from None
    if exact != number:
        raise WrongValue(f"has more than {scale} digits behind the point")
    if abs(number) >= Decimal(10) ** (precision - scale):
        raise WrongValue(f"has more than {precision - scale} digits before the point")
    return exact


def _boolean(type_: ValueType, value: object) -> bool:
    if not isinstance(value, bool):
        raise WrongValue("must be true or false")
    return value


def _parsed(pattern: str, parse: Callable[[str], Any], words: str) -> Callable[[ValueType, object], Any]:
    form = re.compile(pattern, re.ASCII)

    def read(type_: ValueType, value: object) -> Any:
        if not isinstance(value, str) or not form.fullmatch(value):
            raise WrongValue(f"must be {words}")
        try:
            return parse(value)
        except ValueError:
            raise WrongValue(f"must be {words}") from None

    return read


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    try:
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    except OverflowError as problem:
        raise ValueError from problem


_READERS: dict[Kind, Callable[[ValueType, object], Any]] = {
    Kind.TEXT: _text,
    Kind.DESCRIPTOR: _descriptor,
    Kind.INTEGER: _integer,
    Kind.LONG: _integer,
    Kind.DECIMAL: _decimal,
    Kind.BOOLEAN: _boolean,
    Kind.DATE: _parsed(r"\d{4}-\d\d-\d\d", date.fromisoformat, "a date such as 2025-08-20"),
    Kind.TIME: _parsed(r"\d\d:\d\d:\d\d(\.\d{1,6})?", time.fromisoformat, "a time of day such as 08:30:00"),
    Kind.DATETIME: _parsed(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?",
        _moment,
        "a moment such as 2025-08-20T08:30:00Z",
    ),
}
