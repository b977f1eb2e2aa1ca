"""The record, for what an app does of OneRoster: its agreement decides, and the scopes of its token can only narrow."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Request

from homeroom.access.door import Use
from homeroom.access.oneroster.scopes import scopes_of
from homeroom.access.permissions import Action, purpose_of
from homeroom.api import problems
from homeroom.api.callers import caller_of, door_of, token_of

NOT_THERE = "There is no such object, or none that the agreement lets you see."


@asynccontextmanager
async def using(request: Request, action: Action, scopes: frozenset[str]) -> AsyncIterator[Use]:
    """The record, where the app's token opens one of `scopes`. Raises Problem where it does not."""
    principal = (await caller_of(request, also_scoped=True)).principal
    opened = scopes_of(token_of(request))
    if opened is not None and opened.isdisjoint(scopes):
        raise problems.not_allowed(f"The token was asked for without the scope {' or '.join(sorted(scopes))}.")
    async with door_of(request).use(principal, action, purpose_of(principal, action)) as use:
        yield use
