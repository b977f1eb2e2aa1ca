"""The client credentials grant of OAuth 2.0 (RFC 6749, 4.4), oauthlib's, for a key whose secret was looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from oauthlib.common import Request as TokenRequest
from oauthlib.oauth2 import BearerToken, ClientCredentialsGrant, RequestValidator

# From the scopes that are asked for to those that are granted.
Scopes = Callable[[list[str]], list[str]]


def granted(
    fields: list[tuple[str, str]],
    key: str | None,
    scopes: Scopes,
    new_token: Callable[[Sequence[str]], str],
    life: timedelta,
) -> tuple[dict[str, str], str, int]:
    """The answer of the grant: headers, body, status. `key`: whose secret was right; None where it wasn't.

    Asked for scopes of which `scopes` grants none, it is refused.
    """
    asked = _Asked(key, scopes)
    handler = BearerToken(asked, lambda request: new_token(request.scopes or ()), int(life.total_seconds()))
    told: tuple[dict[str, str], str, int] = ClientCredentialsGrant(asked).create_token_response(
        TokenRequest("/oauth/token", "POST", urlencode(fields, errors="replace"), {}), handler
    )
    return told


@dataclass
class _Asked(RequestValidator):
    """What oauthlib asks about a client."""

    key: str | None
    scopes: Scopes

    def authenticate_client(self, request: TokenRequest, *args: Any, **kwargs: Any) -> bool:
        if self.key is None:
            return False
        request.client = SimpleNamespace(client_id=self.key)
        request.client_id = self.key
        return True

    def validate_grant_type(self, *args: Any, **kwargs: Any) -> bool:
        return True

    def get_default_scopes(self, *args: Any, **kwargs: Any) -> list[str]:
        return []

    def validate_scopes(self, client_id: str, scopes: list[str], client: Any, request: TokenRequest) -> bool:
        if scopes and self.key is not None:
            request.scopes = self.scopes(scopes)
        return bool(request.scopes) or not scopes

    def save_token(self, *args: Any, **kwargs: Any) -> None:
        """It is kept by whoever asked, in the transaction in which the secret was looked at."""
