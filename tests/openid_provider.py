"""An OpenID provider on loopback: the code flow of OpenID Connect Core 1.0 with PKCE, unless it is told to lie."""

import hashlib
import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from servers import free_port
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "homeroom", "a secret of the tests"


@dataclass
class OpenIdProvider:
    """`person`: the claims of whoever sits at the browser. `lies`: claims of the ID token that are not as they should
    be; `signs_with`: another key than the one that it publishes. `told_in_token`: whether it tells of the person there,
    and not only where it is asked."""

    issuer: str
    person: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    told_in_token: bool = True
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signs_with: RSAKey | None = None
    given: dict[str, dict[str, str]] = field(default_factory=dict)

    def description(self, request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                "jwks_uri": f"{self.issuer}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def keys(self, request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    def authorize(self, request: Request) -> Response:
        """Whoever sits at the browser says yes."""
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert "openid" in asked["scope"].split()
        assert asked["code_challenge_method"] == "S256"
        assert asked["nonce"]
        code = secrets.token_urlsafe(16)
        self.given[code] = asked
        answer = urlencode({"code": code, "state": asked["state"], "iss": self.issuer})
        return RedirectResponse(f"{asked['redirect_uri']}?{answer}", 302)

    async def token(self, request: Request) -> Response:
        form = await request.form()
        name, _, password = b64decode(request.headers["authorization"].removeprefix("Basic ")).decode().partition(":")
        asked = self.given.pop(str(form["code"]), None)
        challenge = urlsafe_b64encode(hashlib.sha256(str(form["code_verifier"]).encode()).digest()).decode().rstrip("=")
        if (
            asked is None
            or (name, unquote(password.replace("+", " "))) != (CLIENT, SECRET)
            or asked["redirect_uri"] != form["redirect_uri"]
            or asked["code_challenge"] != challenge
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"],
                  "sub": self.person["sub"]}  # fmt: skip
        claims |= self.person if self.told_in_token else {}
        claims |= self.lies
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with or self.key)
        return JSONResponse({"access_token": "a token", "token_type": "Bearer", "expires_in": 300, "id_token": signed})

    def userinfo(self, request: Request) -> Response:
        assert request.headers["authorization"] == "Bearer a token"
        return JSONResponse(self.person)


@contextmanager
def openid_provider() -> Iterator[OpenIdProvider]:
    """A provider that runs until the test is done."""
    port = free_port()
    provider = OpenIdProvider(f"http://127.0.0.1:{port}")
    routes = [
        Route("/.well-known/openid-configuration", provider.description),
        Route("/keys", provider.keys),
        Route("/authorize", provider.authorize),
        Route("/token", provider.token, methods=["POST"]),
        Route("/userinfo", provider.userinfo),
    ]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.05)
    yield provider
    server.should_exit = True
    thread.join(10)
