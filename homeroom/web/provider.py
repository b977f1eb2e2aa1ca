"""The district's OpenID provider: sends people there, and reads who comes back (OpenID Connect Core 1.0, section 3.1).

The code flow with PKCE (RFC 7636), state and nonce, by Authlib. What is written here is what a client has to ask for
itself: that the provider is the one of the settings, and that its word is signed by a key and meant for this client.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError

from homeroom.errors import CannotRun, HomeroomError

# Signatures with a key that the provider publishes. A client that takes "none", or a secret for a key, takes anything.
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_TIMEOUT = 10
_LEEWAY = 60
_log = logging.getLogger(__name__)


class SignInFailed(HomeroomError):
    """The provider did not say who it is, in words for whoever wanted to sign in."""


@dataclass(frozen=True)
class Told:
    """Whom the provider told of. `email`: theirs, where it was verified."""

    issuer: str
    subject: str
    email: str | None


class Provider:
    """One provider. `name`: what people call it; `email_domain`: whose addresses it gives out itself."""

    def __init__(self, issuer: str, client_id: str, client_secret: str, name: str, email_domain: str = "") -> None:
        self.name = name
        self._issuer = issuer
        self._client_id = client_id
        self._email_domain = email_domain.lower().lstrip("@")
        self._client: Any = OAuth().register(
            "provider",
            server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
            client_id=client_id,
            client_secret=client_secret,
            client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": _TIMEOUT},
        )

    async def send_there(self, come_back_to: str) -> tuple[str, dict[str, str]]:
        """The address to send a browser to, and what has to be held until it comes back."""
        try:
            await self._described()
            asked = await self._client.create_authorization_url(come_back_to)
        except (httpx2.HTTPError, AuthlibBaseError, ValueError, KeyError) as problem:
            raise self._away(problem) from None
        return asked["url"], {name: asked[name] for name in ("state", "nonce", "code_verifier")}

    async def who_came_back(self, answer: Mapping[str, str], held: Mapping[str, str], come_back_to: str) -> Told:
        """Whom the provider tells of. Raises SignInFailed where its answer is not to what was asked, or not its own."""
        if not hmac.compare_digest(answer.get("state", "").encode(), held["state"].encode()):
            raise SignInFailed("This answer belongs to another attempt to sign in. Sign in again.")
        if answer.get("iss", self._issuer) != self._issuer or not answer.get("code"):
            raise SignInFailed(f"You were not signed in with {self.name}. Sign in again.")
        try:
            await self._described()
            token = await self._client.fetch_access_token(
                redirect_uri=come_back_to, code=answer["code"], code_verifier=held["code_verifier"]
            )
            claims = await self._client.parse_id_token(
                token,
                nonce=held["nonce"],
                claims_options={
                    "iss": {"essential": True, "value": self._issuer},
                    "aud": {"essential": True, "value": self._client_id},
                    "nonce": {"essential": True},
                },
                leeway=_LEEWAY,
            )
            if not claims:
                raise SignInFailed(f"{self.name} did not say who you are. Sign in again.")
            told = claims if "email" in claims else await self._asked_for_more(token, claims)
        except (httpx2.HTTPError, AuthlibBaseError, JoseError, ValueError, KeyError) as problem:
            raise self._away(problem) from None
        return Told(self._issuer, str(claims["sub"]), self._verified_email(told))

    async def _described(self) -> None:
        """The provider's own description, which has to be of the issuer in the settings (Discovery 1.0, 4.3)."""
        description = await self._client.load_server_metadata()
        if description.get("issuer") != self._issuer:
            raise CannotRun(
                "The provider calls itself by another issuer than homeroom.toml has under [sign_in]. Write it there as "
                "the provider's own description has it."
            )
        supported = description.get("id_token_signing_alg_values_supported") or ["RS256"]
        description["id_token_signing_alg_values_supported"] = [one for one in supported if one in SIGNATURES]

    async def _asked_for_more(self, token: dict[str, Any], claims: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the provider tells where it is asked, of the same person (section 5.3.2)."""
        if "userinfo_endpoint" not in await self._client.load_server_metadata():
            return {}
        more: Mapping[str, Any] = await self._client.userinfo(token=token)
        return more if more.get("sub") == claims["sub"] else {}

    def _verified_email(self, told: Mapping[str, Any]) -> str | None:
        email, verified = told.get("email"), told.get("email_verified")
        if not isinstance(email, str) or "@" not in email:
            return None
        of_theirs = bool(self._email_domain) and email.lower().endswith(f"@{self._email_domain}")
        return email if verified in (True, "true") or (verified is None and of_theirs) else None

    def _away(self, problem: Exception) -> SignInFailed:
        # What a problem says may hold a code or a claim: its kind is enough to look for the cause.
        _log.warning("Signing in with the provider failed: %s", type(problem).__name__)
        return SignInFailed(f"{self.name[:1].upper()}{self.name[1:]} could not be asked who you are. Try again later.")
