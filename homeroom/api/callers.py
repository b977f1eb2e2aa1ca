"""Who asks: the client whose token comes with a request, while its agreement is in force."""

from __future__ import annotations

from datetime import datetime

from fastapi import Request

from homeroom.access.agreements.keys import Client, bearer_of
from homeroom.access.door import Door
from homeroom.access.oneroster.scopes import scopes_of
from homeroom.access.permissions import GATEKEEPER, Action, Purpose
from homeroom.api import problems


async def caller_of(request: Request, also_scoped: bool = False) -> Client:
    """The client that asks. Raises Problem where nobody knows who it is, or its agreement is not in force.

    `also_scoped`: a token that was asked for with scopes, which are all of OneRoster, opens this too.
    """
    token = token_of(request)
    found = await holder_of(request, token) if token else None
    if found is None:
        raise problems.not_authenticated()
    if not also_scoped and scopes_of(token) is not None:
        raise problems.not_allowed(
            "The token was asked for with scopes of OneRoster alone. Ask for one without scopes."
        )
    return found[0]


def token_of(request: Request) -> str:
    """The token that comes with a request; nothing where none does."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def holder_of(request: Request, token: str) -> tuple[Client, datetime] | None:
    """Whose token it is and when it ends; None where it opens nothing."""
    async with door_of(request).use(GATEKEEPER, Action.CHECK_KEYS, Purpose.ADMISSION) as use:
        return await bearer_of(use, token)


def door_of(request: Request) -> Door:
    """The door to the record of the application that was asked."""
    door: Door = request.app.state.door
    return door
