"""Tokens for the Admin API: `/connect/token`, for a credential that `homeroom administrator add` gave."""

from __future__ import annotations

import json
from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from homeroom.access.administration.administrators import (
    TOKEN_LIFE,
    administrator_of,
    is_administrator,
    keep_administrator_token,
)
from homeroom.access.agreements.keys import new_token
from homeroom.access.permissions import GATEKEEPER, Action, Purpose
from homeroom.api import problems
from homeroom.api.callers import basic_of, door_of, note_failure
from homeroom.api.client_credentials import granted
from homeroom.api.oauth import fields_or_refusal, too_many

router = APIRouter(prefix="/connect")

FULL_ACCESS = "edfi_admin_api/full_access"


@router.post("/token", include_in_schema=False)
async def token(request: Request) -> Response:
    """A new token, for 30 minutes. Key and secret come in a form, or as HTTP Basic."""
    fields = await fields_or_refusal(request)
    if isinstance(fields, Response):
        return fields
    sent = dict(fields)
    key, secret = basic_of(request) or (sent.get("client_id", ""), sent.get("client_secret", ""))
    async with door_of(request).use(GATEKEEPER, Action.CHECK_KEYS, Purpose.ADMISSION) as use:
        found = await administrator_of(use, key, secret)
        headers, text, status = granted(fields, found.key if found else None, _scopes, _token, TOKEN_LIFE)
        if found is not None and status == 200:
            await keep_administrator_token(use, found, json.loads(text)["access_token"])
        known = found is None and await is_administrator(use, key)
    if status == 401:
        if seconds := note_failure(request, key if known else None):
            return too_many(seconds)
        headers["WWW-Authenticate"] = 'Basic realm="Homeroom"'
    return Response(text, status, headers)


@router.post("/register", include_in_schema=False)
async def register() -> JSONResponse:
    """Refused, as the Ed-Fi Admin API does where it is turned off: nobody makes themselves an administrator."""
    raise problems.not_allowed(
        "A credential for the Admin API is given at the district's machine, in the name of a data manager: "
        "homeroom administrator add --account NUMBER --by NAME"
    )


def _scopes(asked: list[str]) -> list[str]:
    """All that are asked for, or none: a token opens all of the Admin API."""
    return asked if asked == [FULL_ACCESS] else []


def _token(scopes: Sequence[str]) -> str:
    return new_token()
