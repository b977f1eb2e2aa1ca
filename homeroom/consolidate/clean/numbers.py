"""Numbers, and yes or no, in the ways systems write them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from homeroom.consolidate.clean.cleaned import NOTHING, Cleaned, Cleaning
from homeroom.consolidate.clean.text import is_nothing, words
from homeroom.model.declaration import Kind, ValueType

_YES = words("true t yes y 1 1.0 on x si sí checked active")
_NO = words("false f no n 0 0.0 off unchecked inactive")
_WHOLE = {Kind.INTEGER: ("INTEGER", 2**31), Kind.LONG: ("BIGINT", 2**63)}


def boolean_cleaning() -> Cleaning:
    """The cleaning of a column of yes and no."""
    return Cleaning("{v} in ('true', 'false')", "{v} = 'true'", "BOOLEAN", lambda _: clean_boolean)


def number_cleaning(type_: ValueType) -> Cleaning:
    """The cleaning of a column of numbers of one type."""
    if type_.kind in _WHOLE:
        sql_type, _ = _WHOLE[type_.kind]
        plain = "regexp_full_match({v}, '-?\\d{1,9}')"
    else:
        sql_type = f"DECIMAL({type_.precision}, {type_.scale})"
        digits = (type_.precision or 0) - (type_.scale or 0)
        plain = f"regexp_full_match({{v}}, '-?\\d{{1,{max(digits, 1)}}}(\\.\\d{{1,{max(type_.scale or 1, 1)}}})?')"
        plain += f" and try_cast({{v}} as {sql_type}) is not null"
    return Cleaning(
        plain, f"try_cast({{v}} as {sql_type})", sql_type, lambda _: lambda value: clean_number(value, type_)
    )


def school_year_cleaning() -> Cleaning:
    """The cleaning of a column of school years, which the standard names by the year in which they end."""
    return Cleaning(
        "regexp_full_match({v}, '(19|20)\\d\\d')", "try_cast({v} as integer)", "INTEGER", lambda _: clean_school_year
    )


def clean_school_year(value: str) -> Cleaned:
    """The year in which the school year ends: 2012 for `2011-2012`, `2011-12` and `SY 2012`."""
    found = re.fullmatch(r"(?:SY\s*)?((?:19|20)\d\d)\s*[-/–]\s*(\d\d|\d{4})", value.strip(), re.IGNORECASE)
    if found:
        end = int(found[1]) + 1
        # Only two years that follow each other are a school year.
        return Cleaned(str(end)) if end % 100 == int(found[2]) % 100 else Cleaned(None, "number-not-understood")
    return clean_number(re.sub(r"^SY\s*", "", value.strip(), flags=re.IGNORECASE), ValueType(Kind.INTEGER))


def clean_boolean(value: str) -> Cleaned:
    """`true` or `false`."""
    text = value.strip().casefold()
    if is_nothing(text):
        return NOTHING
    if text in _YES:
        return Cleaned("true")
    return Cleaned("false") if text in _NO else Cleaned(None, "yes-or-no-not-understood")


def clean_number(value: str, type_: ValueType) -> Cleaned:
    """The number as plain digits; more digits behind the point than the type holds are rounded."""
    text = re.sub(r"(?<=\d)[, ](?=\d{3}(\D|$))", "", value.strip()).removesuffix("%").strip().removeprefix("+")
    if is_nothing(text):
        return NOTHING
    if re.fullmatch(r"\d+,\d+", text):
        text = text.replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Cleaned(None, "number-not-understood")
    if not number.is_finite():
        return Cleaned(None, "number-not-understood")
    if number and number.adjusted() > 40:
        return Cleaned(None, "number-out-of-range")
    if type_.kind in _WHOLE:
        if number != int(number):
            return Cleaned(None, "number-not-whole")
        limit = _WHOLE[type_.kind][1]
        return Cleaned(str(int(number))) if -limit <= number < limit else Cleaned(None, "number-out-of-range")
    scale = type_.scale or 0
    number = round(number, scale)
    if abs(number) >= Decimal(10) ** ((type_.precision or 38) - scale):
        return Cleaned(None, "number-out-of-range")
    return Cleaned(format(number, "f"))
