"""Why something is not written, where it is not the agreement that says no (`homeroom.access.door.Refused`).

No value of a document stands in any of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from homeroom.errors import HomeroomError
from homeroom.record.document import Fault


class Faulty(HomeroomError):
    """Something is wrong with values of a document: sentences by the JSON path of each (`$.addresses[0].city`)."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        found: dict[str, list[str]] = {}
        for fault in dict.fromkeys(faults):
            found.setdefault(f"$.{fault.path}" if fault.path else "$", []).append(fault.sentence)
        self.faults: Mapping[str, list[str]] = found
        super().__init__(" ".join(sentence for sentences in found.values() for sentence in sentences))

    def inside(self, place: str) -> Faulty:
        """The same of a document that stands at a place in another one (`results[2]`)."""
        return type(self)(
            Fault(f"{place}{path.removeprefix('$')}", sentence)
            for path, sentences in self.faults.items()
            for sentence in sentences
        )


class NotValid(Faulty):
    """The document is none of the resource."""


class Unresolved(Faulty):
    """References of the document name what is not there, or what the app may not name."""


class NoSuchRow(HomeroomError):
    """There is no row with the id, or none that may be known of."""


class KeyFixed(HomeroomError):
    """The key of the resource's rows can't be changed."""


class KeyInUse(HomeroomError):
    """Something else has the key."""


class InTheWay(HomeroomError):
    """A row that refers to this one stands in the way."""


class SourcesSay(HomeroomError):
    """A system of the district says what was to be changed: the next run would bring it again."""


class ChangedSince(HomeroomError):
    """The row is not any more what the app had read."""


class Busy(HomeroomError):
    """It can't be done just now; `seconds`: when to try again."""

    def __init__(self, reason: str, seconds: int) -> None:
        super().__init__(reason)
        self.seconds = seconds
