"""How an agreement goes from asked to ended: which steps there are, and that two people make an agreement."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from homeroom.errors import WrongUse


class State(StrEnum):
    """Where an agreement stands."""

    ASKED = "asked"
    APPROVED = "approved"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"


# From each state, where to. What has ended never begins again: a new agreement is asked for.
STEPS: dict[State, tuple[State, ...]] = {
    State.ASKED: (State.APPROVED, State.ENDED),
    State.APPROVED: (State.ACTIVE, State.ENDED),
    State.ACTIVE: (State.SUSPENDED, State.ENDED),
    State.SUSPENDED: (State.ACTIVE, State.ENDED),
    State.ENDED: (),
}


@dataclass(frozen=True)
class Change:
    """A step that somebody took: to which state, who, when and why. `widens_budget`: whether they let the agreement's
    own budget be more than is implied."""

    state: State
    by: str
    at: datetime
    why: str
    widens_budget: bool = False


def check_step(changes: Sequence[Change], state: State, by: str) -> None:
    """Whether `by` may take an agreement with these `changes`, the oldest first, to `state`.

    Raises WrongUse with the reason where not.
    """
    if not _compared(by):
        raise WrongUse("Say who does it: --by NAME")
    if not changes:
        if state is not State.ASKED:
            raise WrongUse("An agreement begins with somebody asking for it: homeroom agreement ask FILE --by NAME")
        return
    now = changes[-1].state
    if state not in STEPS[now]:
        steps = " or ".join(STEPS[now])
        raise WrongUse(
            f"The agreement is {now}: it can't be {state}. "
            + (f"It can be {steps}." if steps else "Ask for a new one.")
        )
    if state is State.APPROVED and same_person(by, changes[0].by):
        raise WrongUse("Whoever asked for an agreement can't approve it. Somebody else of the district has to.")


def same_person(one: str, other: str) -> bool:
    """Whether two names are of one person, however they are written; nobody is a person of their own."""
    return _compared(one) == _compared(other)


def _compared(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", name.casefold()) if letter.isalnum())
