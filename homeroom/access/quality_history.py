"""How good a field of a source was after each run that measured it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from homeroom.access.door import Use

# A year and more of nights.
MOST = 400


@dataclass(frozen=True)
class Measured:
    """A field after one run: counts, and with which other source how many of how many things agree."""

    run: int
    at: datetime
    rows: int
    filled: int
    valid: int
    newest: date | None
    agreement: Mapping[str, tuple[int, int]]

    @property
    def completeness(self) -> float | None:
        return self.filled / self.rows if self.rows else None

    @property
    def validity(self) -> float | None:
        return self.valid / self.filled if self.filled else None

    def agreement_with(self, other: str) -> float | None:
        equal, compared = self.agreement.get(other, (0, 0))
        return equal / compared if compared else None


async def history(use: Use, source: str, resource: str, field: str) -> Sequence[Measured]:
    """The newest `MOST` measures of a field, the oldest first; empty where it was never measured."""
    agreement: dict[int, dict[str, tuple[int, int]]] = {}
    for row in await use.rows(_AGREEMENT, source=source, resource=resource, field=field):
        agreement.setdefault(row["run_id"], {})[row["with_whom"]] = (row["equal"], row["compared"])
    # What was not measured anew is as it was.
    found: list[Measured] = []
    said: tuple[int, int, int, date | None] | None = None
    for row in await use.rows(_HISTORY, source=source, resource=resource, field=field, most=MOST):
        if row["rows"] is not None:
            said = (row["rows"], row["filled"], row["valid"], row["newest"])
        elif row["source_measured"] and said is not None:
            # The source was measured, and the field did not come.
            said = (0, 0, 0, None)
        if said is not None:
            found.append(Measured(row["run_id"], row["at"], *said, agreement.get(row["run_id"], {})))
    return found


_HISTORY = """
    select * from (
        select run.id as run_id, run.finished_at as at, field.rows, field.filled, field.valid, field.newest,
            bool_or(measured.source = %(source)s) as source_measured
        from consolidation.run join consolidation.quality_source as measured on measured.run_id = run.id
        left join consolidation.quality_field as field on field.run_id = run.id and field.source = %(source)s
            and field.resource = %(resource)s and field.field = %(field)s
        group by run.id, run.finished_at, field.rows, field.filled, field.valid, field.newest
        order by run.id desc limit %(most)s
    ) as newest order by run_id
"""
_AGREEMENT = """
    select run_id, case when source = %(source)s then other else source end as with_whom, compared, equal
    from consolidation.quality_agreement
    where resource = %(resource)s and field = %(field)s and %(source)s in (source, other)
"""
