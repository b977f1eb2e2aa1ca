"""A OneRoster REST service, asked page by page and never half believed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn
from urllib.parse import parse_qsl, quote, urlencode

import httpx

from homeroom.errors import CannotRun
from homeroom.secrets_file import Secrets
from homeroom.settings_file import SourceSettings
from homeroom.sources.authorized_service import AuthorizedService, NotAnswered

_ROWS_PER_PAGE = 1_000
# What the standard gives to who does not say how many; a service that wants no larger pages gives these.
_FEWER_ROWS_PER_PAGE = 100
_MOST_PAGES = 100_000


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
        """Raises CannotRun, as AuthorizedService does."""
        self._name = source.name
        self._service = AuthorizedService(source, secrets, scopes)
        self._host = self._service.address.host
        self._limit = _ROWS_PER_PAGE

    def __enter__(self) -> Service:
        return self

    def __exit__(self, *_: object) -> None:
        self._service.close()

    def pages(self, address: str, name: str, filters: Mapping[str, str] | None = None) -> Iterator[Page]:
        """The rows of the collection `name` below `address`.

        Raises NotAnswered where the service refuses, NotWhole where rows are missing at the end, and CannotRun where
        nothing can be had of it.
        """
        url = httpx.URL(f"{address.rstrip('/')}/{name}")
        response = self._first(url, name, filters)
        known: set[str] = set()
        came = 0
        for _ in range(_MOST_PAGES):
            rows = self._rows(response, name)
            before = len(known)
            known.update(str(row.get("sourcedId") or json.dumps(row)) for row in rows)
            came += len(rows)
            yield Page(rows, _moment(response))
            total, following = _total(response), response.links.get("next", {}).get("url")
            new = len(known) > before
            if not rows or (total is not None and len(known) >= total and not (following and new)):
                break
            if not new:
                if total is None and following is None and self._knows_no_pages(url, name, filters, len(rows)):
                    break
                self._tell_endless(name)
            asked = self._following(url, following, filters) if following else self._page(url, filters, came)
            response = self._service.get(asked, name)
        else:
            self._tell_endless(name)
        if total is not None and len(known) < total:
            raise NotWhole

    def _first(self, url: httpx.URL, name: str, filters: Mapping[str, str] | None) -> httpx.Response:
        try:
            return self._service.get(self._page(url, filters, 0), name)
        except NotAnswered as refusal:
            if refusal.status not in (400, 413, 422) or filters or self._limit == _FEWER_ROWS_PER_PAGE:
                raise
        self._limit = _FEWER_ROWS_PER_PAGE
        return self._service.get(self._page(url, filters, 0), name)

    def _knows_no_pages(self, url: httpx.URL, name: str, filters: Mapping[str, str] | None, rows: int) -> bool:
        """Whether a service that gives the same rows twice gives all of them each time, however few are asked for."""
        return len(self._rows(self._service.get(self._page(url, filters, 0, 1), name), name)) == rows

    def _tell_endless(self, name: str) -> NoReturn:
        raise CannotRun(
            f"{self._host} gives the same page of {name} again and again. Ask its vendor to mend its paging; "
            f"nothing of {self._name} was taken."
        )

    def _page(self, url: httpx.URL, filters: Mapping[str, str] | None, offset: int, limit: int = 0) -> httpx.URL:
        query = {"limit": str(limit or self._limit), "offset": str(offset), **(filters or {})}
        return url.copy_with(query=urlencode(query, quote_via=quote, safe="").encode())

    def _following(self, asked: httpx.URL, link: str, filters: Mapping[str, str] | None) -> httpx.URL:
        """The next page that a service names; on another host it is not asked for."""
        url = self._service.named_by(asked, link)
        # What a filter has in it many services write into a link as it is, and it comes back in pieces.
        query = dict(parse_qsl(url.query.decode(), keep_blank_values=True)) | dict(filters or {})
        url = url.copy_with(query=urlencode(query, quote_via=quote, safe="").encode())
        # Behind a proxy a service may not know that it is reached by https, or at which port.
        own = self._service.address
        return url.copy_with(scheme=own.scheme, port=own.port) if url.host == own.host else url

    def _rows(self, response: httpx.Response, name: str) -> list[dict[str, Any]]:
        try:
            document = response.json()
        except (ValueError, RecursionError):
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


def _total(response: httpx.Response) -> int | None:
    said = response.headers.get("x-total-count", "")
    return int(said) if said.isdecimal() else None


def _moment(response: httpx.Response) -> datetime:
    try:
        return parsedate_to_datetime(response.headers["date"]).astimezone(UTC)
    except (KeyError, ValueError):
        return datetime.now(UTC)
