"""An explanation: what decided about a row, and about each of its fields, in the order in which it was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Step:
    """One thing that decided. `kind`: what it is, as 'relationship'; `passed`: whether it lets the row or field
    through; `says`: why, in plain words."""

    kind: str
    passed: bool
    says: str


@dataclass(frozen=True)
class FieldAnswer:
    """Whether a field of the row, by its JSON path, is in what is shown, and what decided beside what decided of the
    row."""

    field: str
    visible: bool
    steps: Sequence[Step]


@dataclass(frozen=True)
class Explanation:
    """What somebody, as one of the things that they are, is shown of a row. `steps`: what decided about the row."""

    principal: str
    role: str
    resource: str
    row: str
    steps: Sequence[Step]
    fields: Sequence[FieldAnswer]

    @property
    def visible(self) -> bool:
        """Whether anything that was asked for is shown."""
        return any(field.visible for field in self.fields)

    @property
    def objections(self) -> Sequence[Step]:
        """What keeps the row from being shown."""
        return [step for step in self.steps if not step.passed]

    def told(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "principal": self.principal,
            "role": self.role,
            "resource": self.resource,
            "row": self.row,
            "visible": self.visible,
            "steps": [vars(step) for step in self.steps],
            "fields": [
                {"field": one.field, "visible": one.visible, "steps": [vars(step) for step in one.steps]}
                for one in self.fields
            ],
        }


def holds(document: Any, path: str) -> bool:
    """Whether a document has a value at a JSON path of the model: `addresses[*].city` in any item."""
    return any(True for _ in _values(document, path.replace("[*]", "").split(".")))


def _values(value: Any, steps: Sequence[str]) -> Iterable[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _values(item, steps)
    elif not steps:
        if value is not None:
            yield value
    elif isinstance(value, Mapping) and steps[0] in value:
        yield from _values(value[steps[0]], steps[1:])
