"""What an Ed-Fi ODS/API (5.x to 7.x) says, as files of JSON, whole each time.

The first time every resource that the record knows is asked for, up to the change version that was the newest before.
After that only what changed since and what was deleted is (change queries: `minChangeVersion`, `/deletes`), and put in
the place of what the last delivery had, by the documents' ids. Where the API has no change queries, or has forgotten
the last version, all is asked for again. What the API does not let this key read is kept as it was, and told.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from homeroom.errors import CannotRun
from homeroom.model import DESCRIPTORS, RESOURCES
from homeroom.secrets_file import Secrets
from homeroom.settings_file import SourceSettings
from homeroom.sources.authorized_service import AuthorizedService, NotAnswered
from homeroom.sources.delivery import Delivery
from homeroom.sources.edfi_compose import compose
from homeroom.sources.edfi_json import PULL, resource_of
from homeroom.sources.kept_files import KeptFile

# The most that the API gives on a page where it is not set otherwise.
_ROWS = 500
_WITHHELD, _NOT_THERE = 403, 404


@dataclass(frozen=True)
class _Versions:
    """From which change version on changes are asked for (None: all is), and up to which."""

    since: int | None
    until: int | None

    @property
    def asked(self) -> dict[str, int]:
        """The window as the API takes it."""
        window = {} if self.since is None else {"minChangeVersion": self.since + 1}
        return window if self.until is None else window | {"maxChangeVersion": self.until}

    @property
    def unchanged(self) -> bool:
        return self.since is not None and self.since == self.until


def fetch(source: SourceSettings, secrets: Secrets, last: Delivery | None, into: Path) -> None:
    """Write all that the API says to `into`. Raises CannotRun, without a secret or anybody's data in its words."""
    before = _Before(source, last)
    pages = into.parent / "pages"
    pages.mkdir()
    with closing(AuthorizedService(source, secrets, "")) as service:
        api = _Api(service, source)
        versions = api.versions(before.version)
        whole = versions.since is None
        withheld: list[str] = []
        for endpoint in api.endpoints():
            had = before.files.get(endpoint)
            # Of what was withheld nobody knows what changed since it was read last.
            builds_on = None if whole or endpoint in before.withheld else had
            pulled: list[Path] | None = []
            deleted: list[str] = []
            if not versions.unchanged or endpoint in before.withheld:
                pulled, deleted = _pull(api, endpoint, versions, builds_on, pages)
            if pulled is None:
                withheld.append(endpoint)
                builds_on = had
            compose(pulled or [], deleted, builds_on, into / f"{endpoint}.jsonl")
            for page in pulled or []:
                page.unlink()
    said = {"from": source.address, "change_version": versions.until, "withheld": sorted(withheld)}
    (into / PULL).write_text(json.dumps(said, indent=1), encoding="utf-8")


class _Before:
    """What the last delivery says of itself; nothing where it does not serve to build on."""

    def __init__(self, source: SourceSettings, last: Delivery | None) -> None:
        self.files: Mapping[str, KeptFile] = {}
        self.version: int | None = None
        self.withheld: frozenset[str] = frozenset()
        if last is None or last.refused:
            return
        files = {Path(file.path).name: last.kept(file) for file in last.files}
        said = json.loads(files[PULL].read()) if PULL in files else {}
        if said.get("from") == source.address:
            self.files = {name.removesuffix(".jsonl"): path for name, path in files.items() if name != PULL}
            self.version, self.withheld = said.get("change_version"), frozenset(said.get("withheld", ()))


def _pull(
    api: _Api, endpoint: str, versions: _Versions, builds_on: KeptFile | None, pages: Path
) -> tuple[list[Path] | None, list[str]]:
    """The pages of what changed, or of all, and the ids of what was deleted; None where the API withholds it."""
    try:
        window = versions if builds_on is not None else _Versions(None, versions.until)
        pulled = api.pages(endpoint, window, pages)
        deleted = list(api.deleted(endpoint, window)) if window.since is not None else []
    except NotAnswered as refusal:
        if refusal.status == _WITHHELD:
            return None, []
        if refusal.status == _NOT_THERE and builds_on is None:
            return [], []
        raise CannotRun(
            f"The API of {api.name} does not answer for {endpoint} ({refusal.status}). Nothing was taken. Run again, "
            "and ask who runs it if it stays so."
        ) from None
    return pulled, deleted


class _Api:
    """An ODS/API, as its root document describes it."""

    def __init__(self, service: AuthorizedService, source: SourceSettings) -> None:
        self.name = source.name
        self._service = service
        root = self._json(service.address, "its description", openly=True)
        urls = root.get("urls") if isinstance(root, dict) else None
        if not isinstance(urls, dict) or not all(isinstance(urls.get(u), str) for u in ("dataManagementApi", "oauth")):
            raise CannotRun(
                f"There is no Ed-Fi ODS/API at the address of {source.name}: what is there does not say where its "
                "resources are. The address is the one whose page lists version, dataModels and urls."
            )
        if "token_url" not in source.options:
            service.takes_tokens_of(urls["oauth"])
        self._data = urls["dataManagementApi"].rstrip("/") + "/ed-fi/"
        self._urls = urls

    def endpoints(self) -> list[str]:
        """What the API says that it offers of what the record knows; all of that where it doesn't say."""
        url = self._urls.get("dependencies")
        if isinstance(url, str):
            offered = self._json(httpx.URL(url), "its list of resources", openly=True)
            names = [str(one.get("resource", "")) for one in offered if isinstance(one, dict)]
            found = {name.rpartition("/")[2] for name in names if name.startswith("/ed-fi/")}
            return sorted(name for name in found if resource_of(f"{name}.jsonl"))
        descriptors = (f"{name[0].lower()}{name[1:]}s" for name in DESCRIPTORS)
        return sorted([*(definition.endpoint for definition in RESOURCES.values()), *descriptors])

    def versions(self, before: int | None) -> _Versions:
        """Since which change version to ask, where the last delivery reached `before`, and until which."""
        url = self._urls.get("changeQueries") or f"{str(self._service.address).rstrip('/')}/changeQueries/v1/"
        try:
            found = self._json(httpx.URL(f"{url.rstrip('/')}/availableChangeVersions"), "its change versions")
        except NotAnswered:
            return _Versions(None, None)
        # The names began with capitals before 5.2.
        known = {name.lower(): value for name, value in found.items()} if isinstance(found, dict) else {}
        oldest, newest = known.get("oldestchangeversion"), known.get("newestchangeversion")
        if not isinstance(oldest, int) or not isinstance(newest, int):
            return _Versions(None, None)
        forgotten = before is None or before < oldest or before > newest
        return _Versions(None if forgotten else before, newest)

    def pages(self, endpoint: str, versions: _Versions, folder: Path) -> list[Path]:
        """Write each page of a resource to a file; all of them together are as many documents as the API says."""
        for _ in range(2):
            written: list[Path] = []
            count, total = 0, None
            for number, (page, rows, said) in enumerate(self._pages(endpoint, versions)):
                written.append(folder / f"{endpoint}-{number}.json")
                written[-1].write_bytes(page)
                count, total = count + rows, said if total is None else total
            if total is None or count >= total:
                return written
            # Documents that go between two pages shift the others.
        raise CannotRun(
            f"The API of {self.name} says that it has {total:,} {endpoint} and gives {count:,}. Nothing was taken. Run "
            "again when nobody writes to it."
        )

    def deleted(self, endpoint: str, versions: _Versions) -> Iterator[str]:
        """The ids of the documents that were deleted in the window."""
        for page, _, _ in self._pages(f"{endpoint}/deletes", versions):
            yield from (str(one["id"]) for one in json.loads(page) if isinstance(one, dict) and one.get("id"))

    def _pages(self, path: str, versions: _Versions) -> Iterator[tuple[bytes, int, int | None]]:
        """Each page that holds anything, how many documents it holds, and how many the API says there are in all."""
        offset = 0
        while True:
            asked: dict[str, int | str] = {**versions.asked, "limit": _ROWS, "offset": offset}
            if offset == 0:
                asked["totalCount"] = "true"
            url = httpx.URL(self._data + path, params=asked)
            response = self._service.get(url, path)
            rows = self._parsed(response, path)
            if not isinstance(rows, list):
                raise self._damaged(path)
            total = response.headers.get("total-count", "")
            if rows:
                yield response.content, len(rows), int(total) if total.isdigit() else None
            offset += len(rows)
            if len(rows) < _ROWS:
                return

    def _json(self, url: httpx.URL, name: str, openly: bool = False) -> Any:
        return self._parsed(self._service.get(url, name, openly), name)

    def _parsed(self, response: httpx.Response, name: str) -> Any:
        try:
            return response.json()
        except ValueError:
            raise self._damaged(name) from None

    def _damaged(self, name: str) -> CannotRun:
        return CannotRun(
            f"What the API of {self.name} answered for {name} is no JSON of the kind that it should be. Nothing was "
            "taken. Check the address, and run again."
        )
