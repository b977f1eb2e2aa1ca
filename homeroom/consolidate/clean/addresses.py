"""Postal addresses: case and spaces, the unit split from the street, postal codes whose zero a spreadsheet took."""

from __future__ import annotations

import re

from homeroom.consolidate.clean.cleaned import NOTHING, Cleaned, Cleaning, CleanOne
from homeroom.consolidate.clean.text import SUSPICIOUS, is_nothing, mend, with_capital, within, words

_UNIT = re.compile(
    r"^(?P<street>.*?\S)[\s,]+(?:(?P<word>apt|apartment|unit|ste|suite|room|rm|lot|trlr|spc|space|fl|floor|bldg)\b\.?\s*#?|#)"
    r"\s*(?P<unit>[A-Z]{0,2}-?\d[A-Z0-9-]{0,8}|[A-Z])$",
    re.IGNORECASE,
)
_UNIT_WORDS = {
    "apartment": "Apt", "apt": "Apt", "unit": "Unit", "suite": "Ste", "ste": "Ste", "room": "Rm", "rm": "Rm",
    "lot": "Lot", "trlr": "Trlr", "space": "Spc", "spc": "Spc", "floor": "Fl", "fl": "Fl", "bldg": "Bldg",
}  # fmt: skip
# Written in capitals in an address, whatever the case around it.
_CAPITALS = words("n s e w ne nw se sw po us ii iii iv")
_SMALL = words("of the and")


def cleaning(field: str, length: int | None) -> Cleaning | None:
    """The cleaning of an address's field; None where the field isn't one of an address."""
    clean: CleanOne
    if field == "streetNumberName":
        unit_words = "|".join(word.capitalize() for word in _UNIT_WORDS)
        plain = (
            "regexp_full_match({v}, '[1-9]\\d{0,5}( [NSEW])?( \\p{Lu}\\p{Ll}+){1,4}')"
            f" and not regexp_matches({{v}}, '\\b({unit_words})\\b|{SUSPICIOUS}')"
        )
        return Cleaning(
            plain, "{v}", "VARCHAR", lambda _: clean_street, ("apartmentRoomSuiteNumber",), "^[1-9]\\d{0,5} "
        )
    if field in ("city", "birthCity", "nameOfCounty"):
        plain = (
            "regexp_full_match({v}, '\\p{Lu}\\p{Ll}+( \\p{Lu}\\p{Ll}+)*')"
            f" and not regexp_matches({{v}}, '{SUSPICIOUS}') and length({{v}}) <= {length}"
        )

        def clean(value: str) -> Cleaned:
            return within(clean_place(value), length)

        return Cleaning(plain, "{v}", "VARCHAR", lambda _: clean)
    if field == "postalCode":
        return Cleaning("regexp_full_match({v}, '\\d{5}(-\\d{4})?')", "{v}", "VARCHAR", lambda _: clean_postal_code)
    return None


def clean_street(value: str) -> Cleaned:
    """Street and number; a unit at the end goes to the field of its own."""
    text = mend(value).strip(" ,;")
    if is_nothing(text):
        return NOTHING
    others = {}
    if found := _UNIT.match(text):
        text, unit = found["street"].rstrip(" ,"), found["unit"]
        word = _UNIT_WORDS.get((found["word"] or "").lower(), "Apt")
        others["apartmentRoomSuiteNumber"] = f"{word} {unit.upper() if len(unit) < 4 else unit}"
    return within(Cleaned(_recase(text), None, others), 150)


def clean_place(value: str) -> Cleaned:
    """A city's or county's name."""
    text = mend(value).strip(" ,;.")
    return NOTHING if is_nothing(text) else Cleaned(_recase(text))


def clean_postal_code(value: str) -> Cleaned:
    """A ZIP code of five digits, or nine with a hyphen; other countries' codes in capitals as they are."""
    text = mend(value).upper().removesuffix(".0")
    if is_nothing(text) or not text.strip("0-"):
        return NOTHING
    if found := re.fullmatch(r"(\d{3,5})(?:[- ]+(\d{1,4})?)?", text):
        # New England's and Puerto Rico's codes begin with zeros, which spreadsheets drop.
        return Cleaned(found[1].zfill(5) + (f"-{found[2].zfill(4)}" if found[2] else ""))
    if re.fullmatch(r"\d{8,9}", text):
        nine = text.zfill(9)
        return Cleaned(f"{nine[:5]}-{nine[5:]}")
    if re.fullmatch(r"(?=.*\d)[A-Z0-9][A-Z0-9 -]{2,9}", text) and not text.isdigit():
        return Cleaned(text)
    return Cleaned(None, "postal-code-not-understood")


def _recase(text: str) -> str:
    if not (text.isupper() or text.islower()):
        return text
    recased = " ".join(_word(word, at) for at, word in enumerate(text.lower().split(" ")))
    # A capital may make of signs what looks like a broken encoding: then they are left as they are.
    return recased if mend(recased) == recased else text


def _word(word: str, at: int) -> str:
    bare = word.strip(".,")
    if bare.replace(".", "") in _CAPITALS:
        return word.upper()
    if at and bare in _SMALL:
        return word
    if bare.startswith("mc") and len(bare) > 3:
        return "Mc" + word[2:].capitalize()
    return "-".join(with_capital(part) for part in word.split("-"))
