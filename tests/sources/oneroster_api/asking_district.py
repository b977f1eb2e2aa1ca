"""Who asks a OneRoster REST service, and what came of it."""

import csv
import io
from pathlib import Path
from tempfile import mkdtemp

from oneroster_server import KEY, SECRET, OneRosterService

from homeroom.secrets_file import Secrets
from homeroom.settings_file import SourceSettings
from homeroom.sources.delivery import Delivery, land, last_delivery
from homeroom.sources.kept_files import kept_file
from homeroom.sources.oneroster_api import fetch

KIND = "oneroster-api"
LATER = "2026-10-05T08:00:00.000Z"
LATEST = "2026-10-20T08:00:00.000Z"


class District:
    """Who asks a service, and keeps what it said."""

    def __init__(self, root: Path, service: OneRosterService, secret: str = SECRET, **options: str) -> None:
        if service.version == "1.2":
            options = {"token_url": service.token_url, **options}
        self.landing = root / "landing"
        self.landing.mkdir(exist_ok=True, parents=True)
        self.source = SourceSettings("sis", KIND, None, 0, options, options.pop("address", service.address))
        self.secrets = Secrets("sis", {"client_id": KEY, "client_secret": secret})
        self.root = root
        self.count = 0

    def pull(self) -> Delivery:
        self.count += 1
        into = Path(mkdtemp(dir=self.root)) / "files"
        into.mkdir()
        last = last_delivery("sis", KIND, self.landing)
        fetch(self.source, self.secrets, last, into)
        return land("sis", KIND, into, self.landing, self.count * 100)


def table(delivery: Delivery, name: str) -> list[dict[str, str]]:
    text = kept_file(delivery.folder / "files", f"{name}.csv").read().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def contents(delivery: Delivery) -> dict[str, bytes]:
    """All but the manifest."""
    return {f.path: delivery.kept(f).read() for f in delivery.files if f.path != "manifest.csv"}


def manifest(delivery: Delivery) -> dict[str, str]:
    return {line["propertyName"]: line["value"] for line in table(delivery, "manifest")}


def filled(one: dict[str, str]) -> dict[str, str]:
    leave_out = ("status", "dateLastModified")
    return {name: value for name, value in one.items() if value and name not in leave_out}
