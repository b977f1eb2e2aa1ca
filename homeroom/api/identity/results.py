"""Answers that are fetched later: what was found for whom, in memory, for a quarter of an hour.

What is kept are ids and scores alone. What is told of the students is read when the answer is fetched, and logged then.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

from homeroom.access.identities import Match

KEPT_SECONDS = 15 * 60
MOST_OF_ONE_CLIENT = 20

Found = Sequence[Sequence[Match]]


@dataclass(frozen=True)
class _Result:
    client: str
    since: float
    finding: asyncio.Task[Found]


class Results:
    """The results of one application, each for the client that asked."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._results: dict[str, _Result] = {}

    def begin(self, client: str, finding: Coroutine[Any, Any, Found]) -> str:
        """Begin to find; the word under which the client fetches the result. The oldest of many are forgotten."""
        self._forget_old()
        own = [word for word, result in self._results.items() if result.client == client]
        for word in own[: max(0, len(own) + 1 - MOST_OF_ONE_CLIENT)]:
            self._results.pop(word).finding.cancel()
        word = secrets.token_urlsafe(24)
        task = asyncio.create_task(finding)
        task.add_done_callback(_look_at)
        self._results[word] = _Result(client, self._clock(), task)
        return word

    def fetch(self, client: str, word: str) -> asyncio.Task[Found] | None:
        """What the client began to find under this word; None where there is nothing."""
        self._forget_old()
        result = self._results.get(word)
        return result.finding if result is not None and result.client == client else None

    async def stop(self) -> None:
        """Let go of all that is still looked for."""
        findings = [result.finding for result in self._results.values()]
        self._results.clear()
        for finding in findings:
            finding.cancel()
        await asyncio.gather(*findings, return_exceptions=True)

    def _forget_old(self) -> None:
        for word, result in list(self._results.items()):
            if result.since < self._clock() - KEPT_SECONDS:
                self._results.pop(word).finding.cancel()


def _look_at(finding: asyncio.Task[Found]) -> None:
    """Nobody may ever fetch it: a failure that nobody looked at would be written to the log, with its words."""
    if not finding.cancelled():
        finding.exception()
