"""Who asks: the client whose token comes with a request, while its agreement is in force."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request

from homeroom.access.agreements.keys import Client, bearer_of
from homeroom.access.door import Door
from homeroom.access.permissions import GATEKEEPER, Action, Purpose
from homeroom.api import problems


async def caller_of(request: Request) -> Client:
    """The client that asks. Raises Problem where nobody knows who it is, or its agreement is not in force."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    found = await holder_of(request, token.strip()) if scheme.lower() == "bearer" and token.strip() else None
    if found is None:
        raise problems.not_authenticated()
    return found[0]


async def holder_of(request: Request, token: str) -> tuple[Client, datetime] | None:
    """Whose token it is and when it ends; None where it opens nothing."""
    async with door_of(request).use(GATEKEEPER, Action.CHECK_KEYS, Purpose.ADMISSION) as use:
        return await bearer_of(use, token)


def door_of(request: Request) -> Door:
    """The door to the record of the application that was asked."""
    door: Door = request.app.state.door
    return door
