"""Who finds for this interface what it can't find itself: it reaches the record through access alone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from fastapi import Request

from homeroom.access.identities import Description, Match


class IdentityDesk(Protocol):
    """Finds the students who may be meant by what is said of them, among all whom the record knows."""

    def matches(self, asked: Sequence[Description]) -> list[list[Match]]:
        """For each description, those who may be meant, the surest first. Raises CannotRun where the record is away."""

    def get_ready(self) -> None:
        """Make ready what is asked later."""

    def close(self) -> None:
        """Let go of what was made ready."""


async def matches(request: Request, asked: Sequence[Description]) -> list[list[Match]]:
    """What the desk of the application finds, while others are answered."""
    desk: IdentityDesk = request.app.state.desk
    return await asyncio.to_thread(desk.matches, asked)


async def get_ready(request: Request) -> None:
    """Let the desk make itself ready, as somebody is about to ask: after the answer, so that nobody waits for it."""
    desk: IdentityDesk = request.app.state.desk
    # What befalls it now befalls whoever asks later as well, and is told there.
    with suppress(Exception):
        await asyncio.to_thread(desk.get_ready)
