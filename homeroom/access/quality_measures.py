"""What was measured of a source's fields, tables and ids, as shares of the counts that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime


@dataclass(frozen=True)
class Agreement:
    """With another source: the things of which both say a field, and those of which they say the same."""

    other: str
    compared: int
    equal: int

    @property
    def share(self) -> float:
        return self.equal / self.compared


@dataclass(frozen=True)
class FieldQuality:
    """A field of a source's table after the last run that measured it.

    `best_completeness` and `best_validity`: the highest of the `RUNS_BEFORE` measured runs before.
    """

    resource: str
    name: str
    rows: int
    filled: int
    valid: int
    newest: date | None = None
    best_completeness: float | None = None
    best_validity: float | None = None
    agreements: Sequence[Agreement] = ()

    @property
    def sent(self) -> bool:
        """Whether the source says it, or did: what it never said is not missing."""
        return bool(self.filled or self.best_completeness)

    @property
    def completeness(self) -> float | None:
        return _share(self.filled, self.rows)

    @property
    def validity(self) -> float | None:
        return _share(self.valid, self.filled)

    @property
    def agreement(self) -> float | None:
        return _share(sum(a.equal for a in self.agreements), sum(a.compared for a in self.agreements))


@dataclass(frozen=True)
class ResourceQuality:
    """A table of a source: all its values together. `newest`: the latest day that it tells of."""

    name: str
    fields: Sequence[FieldQuality]

    @property
    def rows(self) -> int:
        return max((one.rows for one in self.fields), default=0)

    @property
    def completeness(self) -> float | None:
        sent = [one for one in self.fields if one.sent]
        return _share(sum(one.filled for one in sent), sum(one.rows for one in sent))

    @property
    def validity(self) -> float | None:
        return _share(sum(one.valid for one in self.fields), sum(one.filled for one in self.fields))

    @property
    def agreement(self) -> float | None:
        every = [agreement for one in self.fields for agreement in one.agreements]
        return _share(sum(a.equal for a in every), sum(a.compared for a in every))

    @property
    def newest(self) -> date | None:
        return max((one.newest for one in self.fields if one.newest), default=None)


@dataclass(frozen=True)
class Attention:
    """Something to look at, in a sentence. `dimension`: of which kind; `resource` and `field`: '' where of neither."""

    dimension: str
    sentence: str
    weight: float
    resource: str = ""
    field: str = ""


@dataclass(frozen=True)
class Uniqueness:
    """How many ids of a kind a source gave, and how many persons or schools they turned out to be."""

    kind: str
    ids: int
    unique_ids: int

    @property
    def share(self) -> float | None:
        return _share(self.unique_ids, self.ids)


@dataclass(frozen=True)
class SourceQuality:
    """A source. `said_new_at`: when what the record holds of it was first received; `usual_days` between deliveries."""

    name: str
    said_new_at: datetime | None
    usual_days: float | None
    measured_at: datetime
    landed: int
    set_aside: int
    resources: Sequence[ResourceQuality] = ()
    uniqueness: Sequence[Uniqueness] = ()
    attention: Sequence[Attention] = field(default=())

    @property
    def days_still(self) -> int | None:
        return (datetime.now(UTC) - self.said_new_at).days if self.said_new_at else None


def percent(share: float | None) -> str:
    """A share as people say it; never a round 0 or 100 for what is neither."""
    if share is None:
        return "–"
    if 0 < share < 0.001 or 0.999 < share < 1:
        return "under 0.1 %" if share < 0.5 else "over 99.9 %"
    return f"{share * 100:.1f} %".replace(".0 %", " %")


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
