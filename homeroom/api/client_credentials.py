"""The client credentials grant of OAuth 2.0 (RFC 6749, 4.4), which is oauthlib's: a token for a key and its secret."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlencode

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from oauthlib.common import Request as TokenRequest
from oauthlib.oauth2 import BearerToken, ClientCredentialsGrant, RequestValidator

from homeroom.access.door import Use
from homeroom.access.permissions import GATEKEEPER, Action, Purpose
from homeroom.api.callers import basic_of, door_of, note_failure
from homeroom.api.problems import Problem, too_many
from homeroom.api.received import fields_of


class Holder(Protocol):
    """Who has a key."""

    @property
    def key(self) -> str: ...


Held = TypeVar("Held", bound=Holder)


@dataclass(frozen=True)
class Tokens(Generic[Held]):
    """Whose tokens these are. `holder_of`: who comes with a key and a secret; `is_key`: whether somebody has the key;
    `keep`: keep somebody's new token; `scopes`: of those that are asked for, the ones that are granted, without any of
    which the grant is refused; `new`: a token for these scopes."""

    holder_of: Callable[[Use, str, str], Awaitable[Held | None]]
    is_key: Callable[[Use, str], Awaitable[bool]]
    keep: Callable[[Use, Held, str], Awaitable[None]]
    scopes: Callable[[Held, list[str]], list[str]]
    new: Callable[[Sequence[str]], str]
    life: timedelta


async def token_answer(request: Request, tokens: Tokens[Held]) -> Response:
    """A new token. Key and secret come as HTTP Basic, in a form, or in an object of JSON."""
    try:
        fields = await fields_of(request)
    except Problem as problem:
        return _refusal("invalid_request", problem)
    sent = dict(fields)
    key, secret = basic_of(request) or (sent.get("client_id", ""), sent.get("client_secret", ""))
    async with door_of(request).use(GATEKEEPER, Action.CHECK_KEYS, Purpose.ADMISSION) as use:
        holder = await tokens.holder_of(use, key, secret)
        headers, text, status = _granted(fields, holder, tokens)
        if holder is not None and status == 200:
            await tokens.keep(use, holder, json.loads(text)["access_token"])
        known = holder is None and await tokens.is_key(use, key)
    if status == 401:
        if seconds := note_failure(request, key if known else None):
            return _refusal("invalid_client", too_many(seconds))
        headers["WWW-Authenticate"] = 'Basic realm="Homeroom"'
    return Response(text, status, headers)


def _refusal(error: str, problem: Problem) -> JSONResponse:
    """A problem as this standard says it."""
    told = {"error": error, "error_description": problem.detail}
    return JSONResponse(told, problem.status, {**problem.headers, "Cache-Control": "no-store"})


def _granted(
    fields: list[tuple[str, str]], holder: Held | None, tokens: Tokens[Held]
) -> tuple[dict[str, str], str, int]:
    """The answer of the grant: headers, body, status."""
    asked: _Asked[Held] = _Asked(holder, tokens)
    handler = BearerToken(asked, lambda request: tokens.new(request.scopes or ()), int(tokens.life.total_seconds()))
    told: tuple[dict[str, str], str, int] = ClientCredentialsGrant(asked).create_token_response(
        TokenRequest("/oauth/token", "POST", urlencode(fields, errors="replace"), {}), handler
    )
    return told


@dataclass
class _Asked(RequestValidator, Generic[Held]):
    """What oauthlib asks about somebody whose secret was looked at before."""

    holder: Held | None
    tokens: Tokens[Held]

    def authenticate_client(self, request: TokenRequest, *args: Any, **kwargs: Any) -> bool:
        if self.holder is None:
            return False
        request.client = SimpleNamespace(client_id=self.holder.key)
        request.client_id = self.holder.key
        return True

    def validate_grant_type(self, *args: Any, **kwargs: Any) -> bool:
        return True

    def get_default_scopes(self, *args: Any, **kwargs: Any) -> list[str]:
        return []

    def validate_scopes(self, client_id: str, scopes: list[str], client: Any, request: TokenRequest) -> bool:
        if scopes and self.holder is not None:
            request.scopes = self.tokens.scopes(self.holder, scopes)
        return bool(request.scopes) or not scopes

    def save_token(self, *args: Any, **kwargs: Any) -> None:
        """It is kept by whoever asked, in the transaction in which the secret was looked at."""
