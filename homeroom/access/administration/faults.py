"""What is wrong with what the Admin API was asked, said of the property that it is wrong with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from homeroom.errors import HomeroomError


class NotValid(HomeroomError):
    """What was sent can't be taken: sentences by the property, as the Ed-Fi Admin API writes it (`ApplicationName`)."""

    def __init__(self, faults: Mapping[str, Sequence[str]]) -> None:
        super().__init__(" ".join(sentence for sentences in faults.values() for sentence in sentences))
        self.faults = faults


class NotThere(HomeroomError):
    """Nothing has this number."""


class Conflict(HomeroomError):
    """There is such a thing already."""


def not_there(kind: str, number: int) -> NotThere:
    """That there is no vendor, application or other thing of that number."""
    return NotThere(f"There is no {kind} {number}.")


def not_valid(name: str, sentence: str) -> NotValid:
    """One thing that is wrong with one property."""
    return NotValid({name: [sentence]})
