"""Objects of OneRoster that an app sent, read by the declaration of their class: every fault of one is told at once.

What the standard has and the record has no place for is refused where it says something. No value stands in a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from homeroom.access.oneroster.declaration import MODIFIED, SOURCED_ID, STATUS, Field, Kind, OneRosterClass, Version
from homeroom.access.resources.refusals import NotValid
from homeroom.record.document import Fault

_ACTIVE, _GONE = "active", "tobedeleted"
# What the standard has in either version, why the record does not keep it, and the values that say nothing.
_NOT_KEPT: Mapping[str, tuple[str, tuple[Any, ...]]] = {
    "metadata": ("The record has no place for fields of your own.", ({},)),
    "weight": ("The record does not know how much a category counts for.", ()),
    "resultValueMin": ("In the record the least that can be scored is 0.", (0,)),
    "scoreScale": ("The record has no score scales.", ()),
    "learningObjectiveSet": ("The record has no place for learning objectives of a line item or a result.", ([],)),
    "parentAssessmentLineItem": ("The record keeps parts of an assessment otherwise: send them as Ed-Fi "
                                 "ObjectiveAssessment.", ()),
    "inProgress": ("The record knows no work in progress: send its result when there is one.", ("false", False)),
    "incomplete": ("The record knows no incomplete results: send a result when there is one.", ("false", False)),
}  # fmt: skip
# Those that some classes tell, and others do not.
_ELSEWHERE: Mapping[str, str] = {
    "description": "The record has no place for the description of an assessment.",
    "comment": "The record has no place for a comment on the result of an assessment.",
    "late": "The record does not know that an assessment was late.",
    "missing": "The record does not know that an assessment is missing.",
    "class": "The record knows the class by the line item.",
    "school": "The record knows the school by the class.",
    "academicSession": "The record knows the session by the class.",
    "textScore": "This version of OneRoster has no such field.",
}


@dataclass(frozen=True)
class Received:
    """The values of an object, by its fields: text, dates, Decimals, truths, and ids of references. Those that it
    does not say are None."""

    of: OneRosterClass
    values: Mapping[str, Any]
    # The id that the app gave it, as it wrote it.
    supplied: str

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


def read_object(of: OneRosterClass, version: Version, sent: object, path: str = "") -> Received:
    """What an app says in an object. `path`: where it is in the document. Raises NotValid with all that is wrong."""
    within = f"{path}." if path else ""
    if not isinstance(sent, Mapping):
        raise NotValid([Fault(path, f"A {of.single} is an object of JSON.")])
    fields = of.fields_of(version)
    faults: list[Fault] = []
    values: dict[str, Any] = {}
    for name, value in sent.items():
        if value is None or name in (SOURCED_ID, MODIFIED):
            continue
        if name == STATUS:
            if value != _ACTIVE:
                words = "Send DELETE to what is to be gone." if value == _GONE else f"Write {_ACTIVE}."
                faults.append(Fault(f"{within}{STATUS}", words))
        elif name in fields:
            try:
                values[name] = _READERS[fields[name].kind](value)
            except ValueError as problem:
                faults.append(Fault(f"{within}{name}", f"{name} {problem}."))
        elif name in _NOT_KEPT:
            why, nothing = _NOT_KEPT[name]
            if value not in nothing:
                faults.append(Fault(f"{within}{name}", f"{why} Leave {name} out."))
        elif name in _ELSEWHERE:
            faults.append(Fault(f"{within}{name}", f"{_ELSEWHERE[name]} Leave {name} out."))
        else:
            faults.append(Fault(path, f"One of its names is no field of a {of.single}."))
    faults += [
        Fault(f"{within}{field.name}", f"{field.name} is required.")
        for field in fields.values()
        if _must_be_sent(field) and values.get(field.name) is None
    ]
    if faults:
        raise NotValid(faults)
    supplied = sent.get(SOURCED_ID)
    return Received(of, values, supplied if isinstance(supplied, str) else "")


def id_of(text: str) -> UUID | None:
    """The id that some text writes; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _must_be_sent(field: Field) -> bool:
    return field.required and field.name not in (SOURCED_ID, STATUS, MODIFIED)


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        raise ValueError("must be text")
    return value if value.strip() else None


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise ValueError("must be a date, as 2026-09-01")
    try:
        # 1.2 writes moments for some days: of a moment its day is kept.
        return datetime.fromisoformat(value).date()
    except ValueError:
        raise ValueError("must be a date, as 2026-09-01") from None


def _number(value: object) -> Decimal:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError("must be a number")
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError("must be a number")
    return number


def _truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise ValueError("must be true or false")
    return value == "true"


def _reference(value: object) -> UUID:
    if not isinstance(value, Mapping) or not isinstance(value.get(SOURCED_ID), str):
        raise ValueError("must be an object with a sourcedId")
    found = id_of(value[SOURCED_ID])
    if found is None:
        raise ValueError("names nothing that there is")
    return found


_READERS: Mapping[Kind, Callable[[object], Any]] = {
    Kind.TEXT: _text,
    Kind.DATE: _day,
    Kind.NUMBER: _number,
    Kind.TRUTH: _truth,
    Kind.REFERENCE: _reference,
}
