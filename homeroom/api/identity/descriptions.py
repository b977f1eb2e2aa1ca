"""What an app says of students, read and looked through: every fault is told at once, by the JSON path of its value.

The names are those of the Ed-Fi Identity API 2.0; letters may be small or capital, as in the ODS/API. Where someone was
born, and as which of several children, is taken and not compared: linking doesn't compare it either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from homeroom.access.identities import Description
from homeroom.api import problems
from homeroom.model import RESOURCES

MOST_IDS = 1_000
MOST_DESCRIPTIONS = 1_000
_LONGEST_CODE = 306

# The value of each name as linking has it, and how long it may be: what the record's field holds.
_TEXTS = {
    "FirstName": ("first_name", "firstName"),
    "MiddleName": ("middle_name", "middleName"),
    "LastSurname": ("last_name", "lastSurname"),
    "GenerationCodeSuffix": ("suffix", "generationCodeSuffix"),
    "SexType": ("sex", None),
}
_PLACE = ("City", "Country", "InternationalProvince", "StateAbbreviation")
_NAMES = {name.lower(): name for name in (*_TEXTS, "BirthDate", "BirthLocation", "BirthOrder")}
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)([T ].*)?")
_EARLIEST = date(1900, 1, 1)

Faults = dict[str, list[str]]


def read_search(document: Any) -> list[Description]:
    """The descriptions of a search. Raises Problem with every fault."""
    faults: Faults = {}
    read = [_description(one, f"$[{at}]", faults, ()) for at, one in enumerate(_list(document, MOST_DESCRIPTIONS))]
    for at, one in enumerate(read):
        told = any(path == f"$[{at}]" or path.startswith(f"$[{at}].") for path in faults)
        if not told and not (one.birth_date and (one.first_name or one.last_name)):
            _fault(faults, f"$[{at}]", "BirthDate and FirstName or LastSurname are needed to find anybody.")
    return _faultless(read, faults)


def read_create(document: Any) -> Description:
    """The description of whom an id is asked for. Raises Problem with every fault."""
    faults: Faults = {}
    read = _description(document, "$", faults, ("FirstName", "LastSurname", "BirthDate"))
    return _faultless(read, faults)


def read_ids(document: Any) -> list[str]:
    """The ids that are looked for. Raises Problem with every fault."""
    faults: Faults = {}
    ids = _list(document, MOST_IDS)
    for at, one in enumerate(ids):
        _text(one, f"$[{at}]", faults, _length("studentUniqueId"))
    return _faultless(ids, faults)


def _list(document: Any, most: int) -> Sequence[Any]:
    if not isinstance(document, list):
        raise problems.not_valid({"$": ["A list is needed, in square brackets."]})
    if len(document) > most:
        raise problems.not_valid({"$": [f"At most {most:,} can be asked for at a time."]})
    return document


def _description(document: Any, path: str, faults: Faults, needed: Sequence[str]) -> Description:
    if not isinstance(document, dict):
        _fault(faults, path, "An object is needed, in curly brackets.")
        return Description()
    said = {_NAMES[name.lower()]: value for name, value in document.items()
            if name.lower() in _NAMES and value is not None}  # fmt: skip
    for name in needed:
        if not said.get(name):
            _fault(faults, f"{path}.{name}", f"{name} is required.")
    read: dict[str, Any] = {}
    for name, (column, field) in _TEXTS.items():
        if name in said:
            length = _length(field) if field else _LONGEST_CODE
            read[column] = _text(said[name], f"{path}.{name}", faults, length)
    if said.get("BirthDate") is not None:
        read["birth_date"] = _day(said["BirthDate"], f"{path}.BirthDate", faults)
    _not_compared(said, path, faults)
    return Description(**read)


def _not_compared(said: Mapping[str, Any], path: str, faults: Faults) -> None:
    order, place = said.get("BirthOrder"), said.get("BirthLocation")
    if order is not None and (isinstance(order, bool) or not isinstance(order, int)):
        _fault(faults, f"{path}.BirthOrder", "A whole number is needed.")
    if place is not None and not isinstance(place, dict):
        _fault(faults, f"{path}.BirthLocation", "An object is needed, in curly brackets.")
    elif place:
        known = {name.lower(): name for name in _PLACE}
        for name, value in place.items():
            if name.lower() in known and value is not None:
                _text(value, f"{path}.BirthLocation.{known[name.lower()]}", faults, _LONGEST_CODE)


def _text(value: Any, path: str, faults: Faults, length: int) -> str | None:
    """Text as it is; None, with a fault, where it can't be that of the record."""
    if not isinstance(value, str):
        _fault(faults, path, "Text is needed, in quotation marks.")
    elif len(value) > length:
        _fault(faults, path, f"At most {length} characters are possible.")
    elif "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        _fault(faults, path, "It holds a character that no text has.")
    else:
        return value.strip() or None
    return None


def _day(value: Any, path: str, faults: Faults) -> date | None:
    """The day of a date, with or without a time."""
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        if found:
            if found[2]:
                datetime.fromisoformat(found[0])
            day = date.fromisoformat(found[1])
            if _EARLIEST <= day <= date.today():
                return day
            _fault(faults, path, f"Nobody here was born before {_EARLIEST.year} or in the future.")
            return None
    except ValueError:
        pass
    _fault(faults, path, "A date is needed, as 2014-03-09 or 2014-03-09T00:00:00.")
    return None


def _length(field: str) -> int:
    return RESOURCES["Student"].fields[field].type.length or _LONGEST_CODE


def _fault(faults: Faults, path: str, sentence: str) -> None:
    faults.setdefault(path, []).append(sentence)


def _faultless(read: Any, faults: Faults) -> Any:
    if faults:
        raise problems.not_valid(faults)
    return read
