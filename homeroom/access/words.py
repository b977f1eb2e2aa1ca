"""A value of the record in the words in which a person reads it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from homeroom.model.columns import Column
from homeroom.model.declaration import Kind

# What an item of a list says first, in the order in which people write it; the rest follows as the source sent it.
_ORDER = (
    "streetNumberName",
    "apartmentRoomSuiteNumber",
    "buildingSiteNumber",
    "city",
    "stateAbbreviationDescriptor",
    "postalCode",
    "result",
)
# What an item is: it stands before the item, as in "Home: 12 Oak Street".
_KINDS = (
    "addressTypeDescriptor",
    "telephoneNumberTypeDescriptor",
    "electronicMailTypeDescriptor",
    "otherNameTypeDescriptor",
    "studentIdentificationSystemDescriptor",
    "staffIdentificationSystemDescriptor",
    "contactIdentificationSystemDescriptor",
    "assessmentReportingMethodDescriptor",
    "internationalAddressTypeDescriptor",
)
_TELEPHONE = re.compile(r"^\+1(\d{3})(\d{3})(\d{4})$")
_ONE_WORD = re.compile(r"^[A-Z][a-z]{2,}([A-Z][a-z]+)+$")
# Names of peoples and languages.
_PROPER = {"english": "English", "hispanic latino": "Hispanic or Latino"}
# What only programs need.
_UNSAID = ("resultDatatypeTypeDescriptor",)


def shown(value: Any, column: Column | None = None) -> str:
    """A value of the record as a person reads it: codes by their word, dates as said, lists one item a line.

    `column`: what the value is, for one that comes as text or number from what the sources said.
    """
    if value is None:
        return ""
    if column is not None and column.type is not None:
        value = _typed(value, column)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        at = f", {value:%H:%M}" if value.time() != time() else ""
        return day(value.date()) + at
    if isinstance(value, date):
        return day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list):
        return "\n".join(shown(item) for item in value)
    if isinstance(value, dict):
        return _item(value)
    text = _TELEPHONE.sub(r"+1 \1 \2 \3", str(value))
    return code_of(text) if "://" in text and "#" in text else text


def day(value: date) -> str:
    """`3 March 2017`."""
    return f"{value.day} {value:%B %Y}"


def span(first: date | None, last: date | None) -> str:
    """From which day to which: `3 March 2017 – 9 June 2017`, or `since 3 March 2017`; nothing where none is said."""
    if not first:
        return ""
    return f"{day(first)} – {day(last)}" if last else f"since {day(first)}"


def school_year(value: Any) -> str:
    """The year in which a school year ends, as both of its years: 2026 is `2025–26`."""
    return f"{int(value) - 1}–{int(value) % 100:02d}"


def code_of(descriptor: str | None) -> str:
    """The word of a descriptor's URI; what the standard writes as one word is written as people do."""
    code = (descriptor or "").rpartition("#")[2]
    return re.sub(r"(?<=[a-z])[A-Z]", lambda joint: f" {joint[0].lower()}", code) if _ONE_WORD.match(code) else code


def name_of(column: str) -> str:
    """A column's name as words: `birth_date` is "Birth date"."""
    words = column.removesuffix("_descriptor").removesuffix("_indicator").replace("_unique_id", " id").replace("_", " ")
    for name, proper in _PROPER.items():
        words = re.sub(rf"\b{name}\b", proper, words)
    return words[:1].upper() + words[1:]


def words_of(name: str) -> str:
    """A name of the standard as words: `StudentAcademicRecord` is "Student academic record"."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    return name_of(spaced.replace(" ", "_"))


def path_words(path: str) -> str:
    """A JSON path of the standard as words: `addresses[*].postalCode` is "Addresses: postal code"; of a reference its
    part alone."""
    steps = [step for step in path.replace("[*]", "").split(".") if not step.endswith("Reference")]
    words = [words_of(step.removesuffix("Descriptor")) for step in steps]
    return ": ".join([words[0], *(word.lower() for word in words[1:])])


def _typed(value: Any, column: Column) -> Any:
    """What a source said is kept as JSON: text for a day, a number for an amount."""
    if column.name == "school_year":
        return school_year(value)
    kind = column.type.kind if column.type else None
    try:
        if isinstance(value, str) and kind is Kind.DATE:
            return date.fromisoformat(value)
        if isinstance(value, str) and kind is Kind.DATETIME:
            return datetime.fromisoformat(value)
        if isinstance(value, str) and kind is Kind.TIME:
            return time.fromisoformat(value)
        if kind is Kind.DECIMAL:
            return Decimal(str(value))
    except (ValueError, ArithmeticError):
        return value
    return value


def _item(item: dict[str, Any]) -> str:
    kind = next((name for name in _KINDS if item.get(name)), None)
    names = [name for name in _ORDER if name in item]
    names += [name for name in item if name not in names and name != kind and name not in _UNSAID and name[0] != "_"]
    parts = []
    for name in names:
        if isinstance(item[name], bool):
            if item[name]:
                parts.append(words_of(name).lower())
        elif text := shown(item[name]):
            parts.append(text.replace("\n", ", "))
    text = ", ".join(parts)
    return f"{code_of(item[kind])}: {text}" if kind else text
