"""Telephone numbers in one form: E.164, `+15554010123`, with ` x12` behind it for an extension.

One form for the country's own numbers and for foreign ones, the same whoever wrote it, so that two sources' numbers can
be compared. A number is kept when it is possible by its length and shape; whether it is in use nobody here can know.
The numbers set aside for fiction (555-0100 to 555-0199) are possible ones.
"""

from __future__ import annotations

import re

import phonenumbers

from homeroom.consolidate.clean.cleaned import NOTHING, Cleaned, Cleaning, Context
from homeroom.consolidate.clean.text import is_nothing

FIELDS = frozenset({"telephoneNumber"})
_LENGTH = 24
_TEN_DIGITS = r"(\+?1[ .-]?)?\(?([2-9]\d\d)\)?[ .-]?(\d\d\d)[ .-]?(\d\d\d\d)"


def cleaning(context: Context) -> Cleaning:
    """The cleaning of a column of telephone numbers."""
    if context.region != "US":
        return Cleaning(None, "{v}", "VARCHAR", lambda _: lambda value: clean_telephone(value, context))
    digits = "regexp_replace({v}, '\\D', '', 'g')"
    plain = f"regexp_full_match({{v}}, '{_TEN_DIGITS}') and not regexp_matches({digits}, '{_one_digit()}')"
    return Cleaning(
        plain, f"'+1' || right({digits}, 10)", "VARCHAR", lambda _: lambda value: clean_telephone(value, context)
    )


def clean_telephone(value: str, context: Context) -> Cleaned:
    """The number in E.164."""
    text = " ".join(value.split())
    digits = re.sub(r"\D", "", text)
    if is_nothing(text) or (digits and not digits.strip("0")):
        return NOTHING
    if context.region == "US" and len(digits) == 7 and not text.startswith("+"):
        if not context.area_code:
            return Cleaned(None, "telephone-without-area-code")
        text = context.area_code + digits
    # A spreadsheet makes 5554010123.0 of a number.
    text = re.sub(r"^(\d+)\.0$", r"\1", text)
    try:
        number = phonenumbers.parse(text, context.region)
    except phonenumbers.NumberParseException:
        return Cleaned(None, "telephone-not-possible")
    national = str(number.national_number)
    american = number.country_code == 1
    if not phonenumbers.is_possible_number(number) or len(set(national)) == 1 or (american and national[0] in "01"):
        return Cleaned(None, "telephone-not-possible")
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    formatted = f"{plain} x{number.extension}" if number.extension else plain
    return Cleaned(formatted) if len(formatted) <= _LENGTH else Cleaned(None, "text-too-long")


def _one_digit() -> str:
    return "|".join(f"^1?{digit}{{10}}$" for digit in range(2, 10))
