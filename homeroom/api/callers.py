"""Who asks: the client whose token comes with a request, while its agreement is in force."""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from urllib.parse import unquote

from fastapi import Request

from homeroom.access.agreements.keys import Client, bearer_of, client_of, is_key
from homeroom.access.door import Door, Use, check
from homeroom.access.oneroster.scopes import scopes_of
from homeroom.access.permissions import GATEKEEPER, Action, Purpose, purpose_of
from homeroom.api import problems
from homeroom.api.failed_attempts import FailedAttempts


async def caller_of(request: Request, also_scoped: bool = False) -> Client:
    """The client that asks. Raises Problem where nobody knows who it is, or its agreement is not in force.

    `also_scoped`: a token that was asked for with scopes, which are all of OneRoster, opens this too.
    """
    token = token_of(request)
    return _admitted(await holder_of(request, token), token, also_scoped)


@asynccontextmanager
async def asking(request: Request, action: Action) -> AsyncIterator[Use]:
    """The record, for what the client that asks may do: who it is is looked up in the same transaction.

    Raises Problem as `caller_of` does, and Refused where it may not do `action`.
    """
    token = token_of(request)
    async with door_of(request).use(GATEKEEPER, Action.CHECK_KEYS, Purpose.ADMISSION) as admitted:
        principal = _admitted(await bearer_of(admitted, token), token).principal
        purpose = purpose_of(principal, action)
        check(principal, action, purpose)
        yield replace(admitted, principal=principal, action=action, purpose=purpose)


@asynccontextmanager
async def asking_with_key(request: Request, action: Action) -> AsyncIterator[Use]:
    """The same for who may send key and secret with each request as well, as HTTP Basic.

    Raises Problem also where they were wrong too often.
    """
    sent = basic_of(request)
    if sent is None:
        async with asking(request, action) as use:
            yield use
        return
    async with door_of(request).use(GATEKEEPER, Action.CHECK_KEYS, Purpose.ADMISSION) as admitted:
        client = await client_of(admitted, *sent)
        if client is None:
            seconds = note_failure(request, sent[0] if await is_key(admitted, sent[0]) else None)
            raise problems.too_many(seconds) if seconds else problems.not_authenticated()
        purpose = purpose_of(client.principal, action)
        check(client.principal, action, purpose)
        yield replace(admitted, principal=client.principal, action=action, purpose=purpose)


def token_of(request: Request) -> str:
    """The token that comes with a request. Raises Problem where none does."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise problems.not_authenticated()
    return token.strip()


def _admitted(found: tuple[Client, datetime] | None, token: str, also_scoped: bool = False) -> Client:
    if found is None:
        raise problems.not_authenticated()
    if not also_scoped and scopes_of(token) is not None:
        raise problems.not_allowed(
            "The token was asked for with scopes of OneRoster alone. Ask for one without scopes."
        )
    return found[0]


async def holder_of(request: Request, token: str) -> tuple[Client, datetime] | None:
    """Whose token it is and when it ends; None where it opens nothing."""
    async with door_of(request).use(GATEKEEPER, Action.CHECK_KEYS, Purpose.ADMISSION) as use:
        return await bearer_of(use, token)


def basic_of(request: Request) -> tuple[str, str] | None:
    """Key and secret of HTTP Basic (RFC 6749, 2.3.1); None where it was not used."""
    scheme, _, coded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        key, _, secret = base64.b64decode(coded.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return "", ""
    return unquote(key), unquote(secret)


def note_failure(request: Request, key: str | None) -> int:
    """Note that a secret was wrong, for somebody's `key` or for nobody's; for how many seconds whoever tries waits."""
    failed: FailedAttempts = request.app.state.failed
    return failed.note(key or f"from {request.client.host if request.client else ''}")


def door_of(request: Request) -> Door:
    """The door to the record of the application that was asked."""
    door: Door = request.app.state.door
    return door
