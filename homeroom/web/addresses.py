"""By which name the pages are asked for: this machine's own, or the one where people find them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from fastapi import Request

from homeroom.access.accounts.passkeys import Site

# Nothing that a browser drops or takes for a stroke on its way to another site: blanks, tabs, strokes the other way.
_OWN = re.compile(r"/(?![/\\]|sign-)[!-\[\]-~]*")
# This machine asks itself by these names.
THIS_MACHINE = ("127.0.0.1", "localhost")


def hosts(address: str | None) -> list[str]:
    """The names by which the pages answer: a page of another site that points its own name here is refused."""
    public = urlsplit(address or "").hostname
    return [*THIS_MACHINE, *([public] if public else [])]


def address_of(request: Request) -> str:
    """The address by which the pages are asked for now, without a stroke at the end.

    Where it is that of the settings, the district's own web server stands before the pages and speaks TLS.
    """
    host = request.headers.get("host", "").lower()
    public: str | None = request.app.state.ways.address
    return public if public and urlsplit(public).netloc == host else f"http://{host}"


def is_secure(request: Request) -> bool:
    """Whether all that goes between a person and the pages is under TLS."""
    return address_of(request).startswith("https:")


def site_of(request: Request) -> Site:
    """Where passkeys of this address are good."""
    address = address_of(request)
    return Site(address, urlsplit(address).hostname or "")


def by_name(request: Request) -> str:
    """The same page by this machine's name, where it was asked for by its number: a browser ties passkeys to a name.

    '' where it was asked for by a name.
    """
    number, name = THIS_MACHINE
    return str(request.url.replace(hostname=name)) if request.url.hostname == number else ""


def own_path(path: str) -> str:
    """A path of these pages to go on to; the first page where it leads anywhere else."""
    return path if _OWN.fullmatch(path) else "/"
