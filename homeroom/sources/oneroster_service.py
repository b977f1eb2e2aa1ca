"""A OneRoster REST service, asked page by page: let in by OAuth, patient with one that is busy, never half believed.

OneRoster 1.1 has each request signed (OAuth 1.0a, RFC 5849, with HMAC); OneRoster 1.2, and many services of 1.1, give a
token for a key and a secret (OAuth 2, RFC 6749, client credentials). No secret leaves for another host than those that
the settings name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn
from urllib.parse import quote, urlencode

import httpx
from oauthlib import oauth1
from oauthlib.oauth2 import BackendApplicationClient, OAuth2Error
from tenacity import RetryCallState, Retrying, retry_if_exception_type

from homeroom.errors import CannotRun
from homeroom.secrets_file import Secrets
from homeroom.settings_file import SourceSettings

ROWS_PER_PAGE = 1_000
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


class NotAnswered(Exception):
    """The service refused a question; `status` is that of HTTP. Whoever asked knows whether it matters."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class NotWhole(Exception):
    """Fewer rows came than the service said that it has."""


@dataclass(frozen=True)
class Page:
    """Rows as the service says them, and when it said so."""

    rows: list[dict[str, Any]]
    answered_at: datetime


class Service:
    """One source's service. To be closed when all is asked."""

    def __init__(self, source: SourceSettings, secrets: Secrets, scopes: str) -> None:
        """Raises CannotRun for an address that is none, or would show what it must not."""
        self._name = source.name
        self._address = _checked(source, source.address or "", "address")
        self._client = httpx.Client(timeout=_SECONDS_TO_ANSWER, headers={"Accept": "application/json"})
        self._key, self._secret = secrets["client_id"], secrets["client_secret"]
        self._signature = _SIGNATURES[source.options.get("signature", "HMAC-SHA256")]
        self._scopes = source.options.get("scopes", scopes)
        token_url = source.options.get("token_url")
        self._token_url = _checked(source, token_url, "token_url") if token_url else None
        self._token: str | None = None

    def __enter__(self) -> Service:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def pages(self, address: str, name: str, filters: Mapping[str, str] | None = None) -> Iterator[Page]:
        """The rows of the collection `name` below `address`.

        Raises NotAnswered where the service refuses, NotWhole where rows are missing at the end, and CannotRun where
        nothing can be had of it.
        """
        url = httpx.URL(f"{address.rstrip('/')}/{name}")
        asked, known, nameless, came = self._page(url, filters, 0), set[str](), 0, 0
        while True:
            response = self._get(asked, name)
            rows = self._rows(response, name)
            before = len(known) + nameless
            known.update(str(row["sourcedId"]) for row in rows if row.get("sourcedId"))
            nameless += sum(not row.get("sourcedId") for row in rows)
            came += len(rows)
            had = len(known) + nameless
            yield Page(rows, _moment(response))
            total = _total(response)
            following = response.links.get("next", {}).get("url")
            if not rows or (total is not None and had >= total and not (following and had > before)):
                break
            if had == before:
                if total is None and following is None and len(rows) < ROWS_PER_PAGE:
                    # It knows no pages, and has said all that it has twice.
                    break
                raise CannotRun(
                    f"{self._host} gives the same page of {name} again and again. Ask its vendor to mend its paging; "
                    f"nothing of {self._name} was taken."
                )
            asked = self._following(asked, following, name) if following else self._page(url, filters, came)
        if total is not None and had < total:
            raise NotWhole

    @property
    def _host(self) -> str:
        return self._address.host

    def _page(self, url: httpx.URL, filters: Mapping[str, str] | None, offset: int) -> httpx.URL:
        query = {"limit": str(ROWS_PER_PAGE), "offset": str(offset), **(filters or {})}
        return url.copy_with(query=urlencode(query, quote_via=quote, safe="").encode())

    def _following(self, asked: httpx.URL, link: str, name: str) -> httpx.URL:
        url = asked.join(link)
        if url.host != self._host:
            raise CannotRun(
                f"{self._host} names a next page of {name} on another host, {url.host}, to which the secret of "
                f"{self._name} is not sent. Ask its vendor to mend its paging."
            )
        # Behind a proxy a service may not know that it is reached by https, or at which port.
        return url.copy_with(scheme=self._address.scheme, port=self._address.port)

    def _get(self, url: httpx.URL, name: str) -> httpx.Response:
        patient = Retrying(stop=_enough, wait=_pause, retry=retry_if_exception_type(_Busy), reraise=True)
        try:
            response: httpx.Response = patient(self._ask, url)
        except _Busy as busy:
            if busy.status == _FAULT:
                raise NotAnswered(_FAULT) from None
            raise CannotRun(f"{self._host} {busy.words}, however often it was asked for {name}. {_LATER}") from None
        if response.status_code == 401:
            raise CannotRun(
                f"{self._host} did not let {self._name} in (401). Check client_id and client_secret of [{self._name}] "
                "in secrets.toml, and signature and token_url in homeroom.toml."
            )
        if response.is_success:
            return response
        raise NotAnswered(response.status_code)

    def _ask(self, url: httpx.URL) -> httpx.Response:
        renewed = False
        for _ in range(_REDIRECTS):
            response = self._send("GET", url, headers=self._credentials(url))
            if response.status_code == 401 and self._token and not renewed:
                # A token may end while its pages are read.
                self._token, renewed = None, True
                continue
            if not response.has_redirect_location:
                return response
            url = url.join(response.headers["location"])
            if (url.scheme, url.host, url.port) != (self._address.scheme, self._address.host, self._address.port):
                raise CannotRun(
                    f"{self._host} sends {self._name} to another place, {url.scheme}://{url.host}, to which the secret "
                    "is not sent. If the service has moved there, write its new address into homeroom.toml."
                )
        raise CannotRun(f"{self._host} sends {self._name} from one address to the next. Check its path.")

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

    def _rows(self, response: httpx.Response, name: str) -> list[dict[str, Any]]:
        try:
            document = response.json()
        except ValueError:
            self._tell_malformed(name, "no JSON")
        found = document.get(name) if isinstance(document, dict) else None
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            self._tell_malformed(name, f"no list under the name {name}")
        return found

    def _tell_malformed(self, name: str, what: str) -> NoReturn:
        raise CannotRun(
            f"What {self._host} answered about {name} is not OneRoster: {what}. Check the address of {self._name}; if "
            "it is right, tell its vendor. Nothing was taken."
        )


_LATER = "Nothing was taken. Run again later, and ask its vendor if it stays so."


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


def _total(response: httpx.Response) -> int | None:
    said = response.headers.get("x-total-count", "")
    return int(said) if said.isdecimal() else None


def _moment(response: httpx.Response) -> datetime:
    try:
        return parsedate_to_datetime(response.headers["date"]).astimezone(UTC)
    except (KeyError, ValueError):
        return datetime.now(UTC)


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
