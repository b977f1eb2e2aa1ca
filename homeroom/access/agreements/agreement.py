"""One agreement: its terms, the steps that were taken, and whether it is in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from homeroom.access import reasons
from homeroom.access.agreements.states import Change, State
from homeroom.access.agreements.terms import Terms
from homeroom.access.permissions import Purpose


@dataclass(frozen=True)
class Agreement:
    """An agreement as it stands. `changes`: who took which step when and why, the oldest first; never empty."""

    number: int
    terms: Terms
    changes: Sequence[Change]

    @property
    def state(self) -> State:
        """Where it stands, whatever the date."""
        return self.changes[-1].state

    @property
    def budget_widened(self) -> bool:
        """Whether whoever approved it let its own budget be more than what is implied."""
        return any(change.widens_budget for change in self.changes)

    def in_force(self, day: date) -> bool:
        """Whether anything may be told under it on that day."""
        return self.state is State.ACTIVE and self.terms.lasts_on(day)

    def objection(self, purpose: Purpose, day: date) -> str | None:
        """Why nothing may be told under it for `purpose` on that day; None where it may."""
        if self.state is not State.ACTIVE:
            return reasons.not_active(self.state)
        if day < self.terms.begin:
            return reasons.begins(self.terms.begin)
        if day > self.terms.end:
            return reasons.was_over(self.terms.end)
        if purpose not in self.terms.purposes:
            return reasons.not_for(purpose)
        return None
