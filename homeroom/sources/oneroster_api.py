"""What a OneRoster REST service says, as the files of a OneRoster CSV bundle, whole each time.

The first time everything is asked for. After that only what changed since is (`filter=dateLastModified>'...'`), and put
in the place of what the last delivery had, so that a delivery says all that the service says. Now and then, and where a
service does not know the filter, all is asked for again: what a service drops without marking it `tobedeleted` is found
out in no other way. The manifest keeps what was asked until when; it changes with what the service says and not with
each asking, so that the same rows are the same delivery.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import TextIOWrapper
from pathlib import Path

from homeroom.errors import CannotRun
from homeroom.secrets_file import Secrets
from homeroom.settings_file import SourceSettings
from homeroom.sources.authorized_service import NotAnswered
from homeroom.sources.delivery import Delivery
from homeroom.sources.kept_files import KeptFile
from homeroom.sources.oneroster_compose import compose
from homeroom.sources.oneroster_json import COLLECTIONS, Collection
from homeroom.sources.oneroster_service import NotWhole, Service

DAYS_BETWEEN_WHOLE = 7
# What was changed shortly before the last change that was seen may have been written after it was asked.
_OVERLAP = timedelta(days=1)
# A clock may be ahead by so much; what is dated later is no moment of a change.
_AHEAD = timedelta(hours=1)
_SCOPE = "https://purl.imsglobal.org/spec/or/v{}/scope/{}.readonly"
_SCOPES = ("roster-core", "roster", "roster-demographics", "gradebook", "resource")
# What a service answers that does not have a collection, or does not give it to this district.
_NOT_GIVEN = (403, 404, 405, 501)


@dataclass
class _Pulled:
    """What came of one collection: all of it, or what changed. `until`: the newest change that was seen."""

    rows: Path
    whole: bool
    until: datetime | None
    keys: set[str] = field(default_factory=set)


def fetch(source: SourceSettings, secrets: Secrets, last: Delivery | None, into: Path) -> None:
    """Write all that the service says to `into`. Raises CannotRun, without a secret or anybody's data in its words."""
    version = _version(source)
    wanted = _wanted(source, version)
    now = datetime.now(UTC)
    before = _Before(source, version, last)
    state: dict[str, str] = {}
    scopes = " ".join(_SCOPE.format(version.replace(".", "p"), scope) for scope in _SCOPES)
    pages = into.parent / "pages"
    pages.mkdir()
    with Service(source, secrets, scopes) as service:
        for collection in wanted:
            pulled = _pull(service, source, collection, before, now, pages)
            state[f"file.{collection.name}"] = "bulk" if pulled else "absent"
            if pulled is None:
                continue
            # Where a service does not know the filter each delivery is whole; its rows alone tell one from the next.
            due = before.since(collection.name, now) is None
            _keep(state, f"pulled.{collection.name}.whole", now if due else before.whole(collection.name))
            _keep(state, f"pulled.{collection.name}.until", pulled.until)
            files = compose(
                collection, version, pulled.rows, pulled.keys, before.files if not pulled.whole else {}, into
            )
            state |= {f"file.{name}": "bulk" for name in files}
            pulled.rows.unlink()
    _write_manifest(source, version, state, into)


class _Before:
    """What the last delivery says of itself; nothing where it does not serve to build on."""

    def __init__(self, source: SourceSettings, version: str, last: Delivery | None) -> None:
        self.files: Mapping[str, KeptFile] = {}
        self.had: set[str] = set()
        self._said: dict[str, str] = {}
        self._days = timedelta(days=int(source.options.get("whole_every", DAYS_BETWEEN_WHOLE)))
        if last is None:
            return
        files = {Path(file.path).stem: last.kept(file) for file in last.files}
        said = _read_manifest(files.pop("manifest", None))
        if said.get("pulled.from") != source.address or said.get("oneroster.version") != version:
            return
        self.had = {name.removeprefix("file.") for name, mode in said.items() if mode == "bulk"}
        # A file that was refused is not there to be changed.
        if not last.refused:
            self.files, self._said = files, said

    def whole(self, name: str) -> datetime | None:
        """When all of a collection was asked for."""
        return _moment(self._said.get(f"pulled.{name}.whole"))

    def until(self, name: str) -> datetime | None:
        return _moment(self._said.get(f"pulled.{name}.until"))

    def since(self, name: str, now: datetime) -> datetime | None:
        """From when on changes are to be asked for; None where all is."""
        whole, until = self.whole(name), self.until(name)
        if name not in self.files or whole is None or until is None or now - whole >= self._days - _AHEAD:
            return None
        return until - _OVERLAP


def _pull(
    service: Service, source: SourceSettings, collection: Collection, before: _Before, now: datetime, pages: Path
) -> _Pulled | None:
    """What the service says of a collection; None where it does not have it and never had."""
    since = before.since(collection.name, now)
    if since is not None:
        try:
            return _take(service, source, collection, before, pages, since)
        except (NotAnswered, NotWhole):
            # It does not know the filter, or counts without it.
            pass
    try:
        try:
            return _take(service, source, collection, before, pages, None)
        except NotWhole:
            # Rows that come or go between two pages shift the others.
            return _take(service, source, collection, before, pages, None)
    except NotWhole:
        raise CannotRun(
            f"The service of {source.name} says that it has more {collection.name} than it gives. Nothing was taken. "
            "Run again; if it stays so, ask its vendor to mend its paging."
        ) from None
    except NotAnswered as refusal:
        if refusal.status in _NOT_GIVEN and not collection.needed and collection.name not in before.had:
            return None
        _tell(source, collection, refusal.status, collection.name in before.had)
    return None


def _tell(source: SourceSettings, collection: Collection, status: int, had: bool) -> None:
    if status == 404 and not had:
        words = (
            f"There are no {collection.name} at {source.address} (404). Check the address of {source.name}: it ends as "
        )
        raise CannotRun(words + "/ims/oneroster/v1p1 or /ims/oneroster/rostering/v1p2 do.")
    again = " any more" if had else ""
    without = "" if collection.needed else f' To go on without them, write leave_out = "{collection.name}".'
    raise CannotRun(
        f"The service of {source.name} does not give {collection.name}{again} ({status}). Nothing was taken. Ask its "
        f"owner whether this district may read them, and with which scopes.{without}"
    )


def _take(
    service: Service,
    source: SourceSettings,
    collection: Collection,
    before: _Before,
    pages: Path,
    since: datetime | None,
) -> _Pulled:
    filters = {"filter": f"dateLastModified>'{_written(since)}'"} if since else None
    pulled = _Pulled(
        pages / f"{collection.name}.jsonl", since is None, before.until(collection.name) if since else None
    )
    number = 0
    with pulled.rows.open("w", encoding="utf-8") as out:
        for page in service.pages(_service_address(source, collection), collection.name, filters):
            for row in page.rows:
                # The number tells of two rows with one id which came later.
                number += 1
                out.write(json.dumps({"number": number, "row": row}) + "\n")
                if isinstance(row.get("metadata"), dict):
                    pulled.keys.update(row["metadata"])
                changed = _moment(row.get("dateLastModified"))
                if changed and changed <= page.answered_at + _AHEAD and (not pulled.until or changed > pulled.until):
                    pulled.until = changed
    return pulled


def _version(source: SourceSettings) -> str:
    found = re.search(r"/v1p([12])(?:[/?]|$)", source.address or "")
    if not found:
        raise CannotRun(
            f"The address of {source.name} does not say which version of OneRoster it speaks. It has to end as "
            "https://sis.example/ims/oneroster/v1p1 or https://sis.example/ims/oneroster/rostering/v1p2 do."
        )
    return f"1.{found[1]}"


def _wanted(source: SourceSettings, version: str) -> list[Collection]:
    """The collections that the version has and the district wants."""
    left_out = source.options.get("leave_out", "").split()
    optional = [one.name for one in COLLECTIONS if not one.needed]
    if wrong := [name for name in left_out if name not in optional]:
        raise CannotRun(
            f"leave_out of {source.name} names {wrong[0][:40]!r}. What can be left out is: {', '.join(optional)}."
        )
    return [one for one in COLLECTIONS if version in one.columns and one.name not in left_out]


def _service_address(source: SourceSettings, collection: Collection) -> str:
    """OneRoster 1.2 has three services beside each other, whose addresses differ in their name."""
    return (source.address or "").replace("/rostering/", f"/{collection.service}/")


def _read_manifest(file: KeptFile | None) -> dict[str, str]:
    if file is None:
        return {}
    with file.open() as stream, TextIOWrapper(stream, encoding="utf-8", newline="") as lines:
        return {row[0]: row[1] for row in csv.reader(lines) if len(row) > 1}


def _write_manifest(source: SourceSettings, version: str, state: Mapping[str, str], into: Path) -> None:
    said = {"manifest.version": "1.0", "oneroster.version": version, "pulled.from": source.address or "", **state}
    with (into / "manifest.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("propertyName", "value"), *said.items()])


def _keep(state: dict[str, str], name: str, moment: datetime | None) -> None:
    if moment:
        state[name] = _written(moment)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(text: object) -> datetime | None:
    """A moment as the standard writes it; one without a zone is taken for UTC."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
