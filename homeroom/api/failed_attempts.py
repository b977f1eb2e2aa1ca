"""How often somebody tried to be let in and was not: after some failures within a minute they are told to wait.

Who has the right secret is let in all the same. Nobody finds 256 bits by trying, so that the limit is there to keep the
noise down; and whoever knows a vendor's key can't lock the vendor out with wrong secrets.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import monotonic

MOST = 10
SECONDS = 60
# Of so many keys and addresses the failures are remembered; then the oldest are forgotten.
_MOST_KEPT = 10_000


class FailedAttempts:
    """The failures of the last minute, for each key, and for each address where the key is nobody's."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._failures: dict[str, deque[float]] = {}

    def note(self, who: str) -> int:
        """Note one more; for how many seconds they have to wait, 0 where they may try again at once."""
        now = self._clock()
        failures = self._failures.pop(who, deque())
        while failures and failures[0] <= now - SECONDS:
            failures.popleft()
        waits = 0
        if len(failures) >= MOST:
            waits = max(1, round(failures[0] + SECONDS - now))
        else:
            failures.append(now)
        self._failures[who] = failures
        while len(self._failures) > _MOST_KEPT:
            del self._failures[next(iter(self._failures))]
        return waits
