"""Tokens for the Admin API: `/connect/token`, for a credential that `homeroom administrator add` gave."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from homeroom.access.administration.administrators import (
    TOKEN_LIFE,
    Administrator,
    administrator_of,
    is_administrator,
    keep_administrator_token,
)
from homeroom.access.agreements.keys import new_token
from homeroom.api import problems
from homeroom.api.client_credentials import Tokens, token_answer

router = APIRouter(prefix="/connect")

FULL_ACCESS = "edfi_admin_api/full_access"
# A token opens all of the Admin API.
_TOKENS: Tokens[Administrator] = Tokens(
    holder_of=administrator_of,
    is_key=is_administrator,
    keep=keep_administrator_token,
    scopes=lambda administrator, asked: asked if asked == [FULL_ACCESS] else [],
    new=lambda scopes: new_token(),
    life=TOKEN_LIFE,
)


@router.post("/token", include_in_schema=False)
async def token(request: Request) -> Response:
    """A new token, for 30 minutes. Key and secret come in a form, or as HTTP Basic."""
    return await token_answer(request, _TOKENS)


@router.post("/register", include_in_schema=False)
async def register() -> JSONResponse:
    """Refused, as the Ed-Fi Admin API does where it is turned off: nobody makes themselves an administrator."""
    raise problems.not_allowed(
        "A credential for the Admin API is given at the district's machine, in the name of a data manager: "
        "homeroom administrator add --account NUMBER --by NAME"
    )
