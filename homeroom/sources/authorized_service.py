"""Questions to a service that lets in by OAuth, over HTTP: patient with one that is busy, careful with secrets.

Requests are signed (OAuth 1.0a, RFC 5849, with HMAC), or bear a token for a key and a secret (OAuth 2, RFC 6749, client
credentials). No secret leaves for another host than those that the settings name, whatever the service says.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
from oauthlib import oauth1
from oauthlib.oauth2 import BackendApplicationClient, OAuth2Error
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from homeroom.errors import CannotRun
from homeroom.secrets_file import Secrets
from homeroom.settings_file import SourceSettings

_SECONDS_TO_ANSWER = 60
_ATTEMPTS = 5
# A service that fails at a question may do so each time.
_FAULT, _ATTEMPTS_AT_A_FAULT = 500, 2
# A service that is busy is asked again after this many seconds, then twice as many, or when it says.
_FIRST_PAUSE = 2.0
_LONGEST_PAUSE = 120
_REDIRECTS = 5
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_SIGNATURES = {"HMAC-SHA256": oauth1.SIGNATURE_HMAC_SHA256, "HMAC-SHA1": oauth1.SIGNATURE_HMAC_SHA1}
_LATER = "Nothing was taken. Run again later, and ask its vendor if it stays so."


class NotAnswered(Exception):
    """The service refused a question; `status` is that of HTTP. Whoever asked knows whether it matters."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class AuthorizedService:
    """The service at a source's address, with what its settings and secrets say of how it lets in. To be closed."""

    def __init__(self, source: SourceSettings, secrets: Secrets, scopes: str) -> None:
        """`scopes`: what to ask a token for where the settings say nothing.

        Raises CannotRun for an address that is none, or would show what it must not, and for a secret that is missing.
        """
        self.address = _checked(source, source.address or "", "address")
        self._source, self._name = source, source.name
        self._client = httpx.Client(timeout=_SECONDS_TO_ANSWER, headers={"Accept": "application/json"})
        self._key, self._secret = secrets["client_id"], secrets["client_secret"]
        self._signature = _SIGNATURES[source.options.get("signature", "HMAC-SHA256")]
        self._scopes = source.options.get("scopes", scopes)
        token_url = source.options.get("token_url")
        self._token_url = _checked(source, token_url, "token_url") if token_url else None
        self._token: str | None = None

    def close(self) -> None:
        self._client.close()

    def takes_tokens_of(self, url: str) -> None:
        """The service says itself where it gives tokens.

        Raises CannotRun for an address that is none, and for one on another host: that is for the settings to name.
        """
        named = _checked(self._source, url, "token_url")
        if named.host != self.address.host:
            raise CannotRun(
                f"{self.address.host} says that {self._name} gets its token at another place, {named.host}, to which "
                f"the secret is not sent. If that is right, write token_url into homeroom.toml under {self._name}."
            )
        self._token_url = named

    def get(self, url: httpx.URL, name: str, openly: bool = False) -> httpx.Response:
        """What the service answers at a URL of its own; `name`: what is asked for, in words. `openly`: without its
        being told who asks.

        Raises NotAnswered where it refuses, and CannotRun, with what to do, where it can't be asked.
        """
        patient = Retrying(stop=_enough, wait=_pause, retry=retry_if_exception_type(_Busy), reraise=True)
        try:
            response: httpx.Response = patient(self._ask, url, openly)
        except _Busy as busy:
            if busy.status == _FAULT:
                raise NotAnswered(_FAULT) from None
            raise CannotRun(
                f"{self.address.host} {busy.words}, however often it was asked for {name}. {_LATER}"
            ) from None
        if response.status_code == 401:
            raise CannotRun(
                f"{self.address.host} did not let {self._name} in (401). Check client_id and client_secret of "
                f"[{self._name}] in secrets.toml, and signature and token_url in homeroom.toml."
            )
        if response.is_success:
            return response
        raise NotAnswered(response.status_code)

    def named_by(self, url: httpx.URL, link: str) -> httpx.URL:
        """The address that an answer to `url` names."""
        try:
            return url.join(link)
        except httpx.InvalidURL:
            raise CannotRun(f"{self.address.host} names an address that is none. {_LATER}") from None

    def _ask(self, url: httpx.URL, openly: bool) -> httpx.Response:
        renewed = False
        for _ in range(_REDIRECTS):
            if (url.scheme, url.host, url.port) != (self.address.scheme, self.address.host, self.address.port):
                raise CannotRun(
                    f"{self.address.host} sends {self._name} to another place, {url.scheme}://{url.host}, to which the "
                    "secret is not sent. If the service has moved, write its new address into homeroom.toml."
                )
            response = self._send("GET", url, headers={} if openly else self._credentials(url))
            if response.status_code == 401 and self._token and not renewed:
                # A token may end while its pages are read.
                self._token, renewed = None, True
                continue
            if not response.has_redirect_location:
                return response
            url = self.named_by(url, response.headers["location"])
        raise CannotRun(f"{self.address.host} sends {self._name} from one address to the next. Check its path.")

    def _send(self, method: str, url: httpx.URL, **what: Any) -> httpx.Response:
        """One request. Raises _Busy where it may be asked again later."""
        try:
            response = self._client.request(method, url, **what)
        except httpx.TransportError as problem:
            if "CERTIFICATE" in str(problem).upper():
                raise CannotRun(
                    f"{url.host} shows a certificate that this machine does not believe, so it may be another than it "
                    f"says. Nothing was sent to it. Check the address of {self._name}, or ask its vendor."
                ) from None
            late = isinstance(problem, httpx.TimeoutException)
            raise _Busy(f"did not answer{' in time' if late else ''} ({type(problem).__name__})") from None
        except httpx.HTTPError as problem:
            kind = type(problem).__name__
            raise CannotRun(f"What {url.host} answered {self._name} is damaged ({kind}). {_LATER}") from None
        if response.status_code == 429 or (response.status_code >= 500 and response.status_code != 501):
            after = _seconds(response.headers.get("retry-after"))
            if after is not None and after > _LONGEST_PAUSE:
                raise CannotRun(
                    f"{url.host} wants to be left alone for {after / 60:,.0f} minutes ({response.status_code}). "
                    f"Nothing of {self._name} was taken. Run again after that."
                )
            raise _Busy(f"could not answer ({response.status_code})", after, response.status_code)
        return response

    def _credentials(self, url: httpx.URL) -> dict[str, str]:
        if self._token_url is None:
            signer = oauth1.Client(self._key, client_secret=self._secret, signature_method=self._signature)
            return dict(signer.sign(str(url))[1])
        self._token = self._token or self._new_token(self._token_url)
        return {"Authorization": f"Bearer {self._token}"}

    def _new_token(self, url: httpx.URL) -> str:
        grant = BackendApplicationClient(self._key)
        body = grant.prepare_request_body(scope=self._scopes or None, include_client_id=False)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        response = self._send("POST", url, content=body, headers=form, auth=(self._key, self._secret))
        try:
            # Without the scopes: that fewer were granted shows when they are used.
            return str(grant.parse_request_body_response(response.text)["access_token"])
        except (OAuth2Error, AttributeError, TypeError, ValueError):
            raise CannotRun(
                f"{url.host} gave {self._name} no token ({response.status_code}). Check client_id and "
                f"client_secret of [{self._name}] in secrets.toml, token_url in homeroom.toml, and, where the district "
                "was granted other scopes than the standard's, scopes."
            ) from None


class _Busy(Exception):
    """It may answer when it is asked again."""

    def __init__(self, words: str, after: float | None = None, status: int | None = None) -> None:
        super().__init__(words)
        self.words, self.after, self.status = words, after, status


def _enough(state: RetryCallState) -> bool:
    problem = state.outcome.exception() if state.outcome else None
    at_fault = isinstance(problem, _Busy) and problem.status == _FAULT
    return state.attempt_number >= (_ATTEMPTS_AT_A_FAULT if at_fault else _ATTEMPTS)


def _pause(state: RetryCallState) -> float:
    problem = state.outcome.exception() if state.outcome else None
    if isinstance(problem, _Busy) and problem.after is not None:
        return problem.after
    return min(_FIRST_PAUSE * 2 ** (state.attempt_number - 1), _LONGEST_PAUSE)


def _checked(source: SourceSettings, address: str, setting: str) -> httpx.URL:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.password or url.username or url.query:
        raise CannotRun(
            f"The {setting} of {source.name} holds a user, a password or a key. Take it out of homeroom.toml, which "
            f"many people read, and write client_id and client_secret into secrets.toml under [{source.name}]."
        )
    if not url.host or (url.scheme != "https" and not (url.scheme == "http" and url.host in _LOOPBACK)):
        raise CannotRun(
            f"The {setting} of {source.name} has to begin with https://, since students' data and a secret go over it."
        )
    return url


def _seconds(after: str | None) -> float | None:
    """What Retry-After says: seconds, or a date."""
    if after is None:
        return None
    try:
        return max(0.0, float(after))
    except ValueError:
        pass
    try:
        return max(0.0, (parsedate_to_datetime(after) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
