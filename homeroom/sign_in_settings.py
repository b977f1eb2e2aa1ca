"""What a district may say in `homeroom.toml` of where people find the pages, and by whom they sign in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields

from homeroom.errors import CannotRun

# A page is found by a name, with TLS: cookies and passkeys are tied to it.
_OF_PAGES = re.compile(r"https://[a-z0-9.-]+(:\d{1,5})?/?", re.IGNORECASE)
# On this machine itself, nobody listens on the way.
_OF_PROVIDER = re.compile(r"https://[^/]|http://(127\.0\.0\.1|localhost)[:/]", re.IGNORECASE)


@dataclass(frozen=True)
class SignInSettings:
    """The district's OpenID provider.

    `issuer`: its URL, as its own description gives it; `client_id`: as what it knows Homeroom; `name`: what people call
    it. `email_domain`: of this domain the provider gives out addresses itself, so that they count as verified where it
    does not say so.
    """

    issuer: str
    client_id: str
    name: str = "your school account"
    email_domain: str = ""


# What a [sign_in] may say. The secret is none of it; it is named here to be refused with where it belongs.
SIGN_IN = (*(one.name for one in fields(SignInSettings)), "client_secret")


def read_sign_in(table: Mapping[str, str], fault: Callable[[str], CannotRun]) -> SignInSettings | None:
    """The table [sign_in], or None where it says nothing. Raises what `fault` makes of the first fault's words."""
    if "client_secret" in table:
        raise fault("client_secret under [sign_in] lets its holder in. It belongs under [sign_in] in secrets.toml")
    if not table:
        return None
    if missing := [word for word in ("issuer", "client_id") if not table.get(word)]:
        raise fault(f"[sign_in] has no {' and no '.join(missing)}")
    if not _OF_PROVIDER.match(table["issuer"]):
        raise fault("issuer under [sign_in] has to be the provider's address, which begins with https://")
    return SignInSettings(**table)


def read_pages_address(table: Mapping[str, str], fault: Callable[[str], CannotRun]) -> str | None:
    """Where people find the pages, without a stroke at the end; None where they are for this machine alone."""
    address = table.get("address")
    if address is None:
        return None
    if not _OF_PAGES.fullmatch(address):
        raise fault("address under [pages] has to be https:// and a name, such as https://homeroom.springfield.example")
    return address.rstrip("/").lower()
