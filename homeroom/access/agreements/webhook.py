"""What an agreement's file says of notices: the table `[webhook]`, with the address to which they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from homeroom.access.agreements.writes import Fault

_URL = "url"
_LONGEST = 500
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


def read_webhook(document: Mapping[str, Any], fault: Fault) -> str:
    """The address; nothing where the file has no such table. Tells each fault."""
    said = document.get("webhook")
    if said is None:
        return ""
    url = said.get(_URL) if isinstance(said, dict) else None
    if not isinstance(url, str) or set(said) != {_URL} or not _is_address(url):
        fault(
            f"webhook: write an address that begins with https:// under [webhook], as {_URL} = "
            '"https://reading-trail.example/changes", without a password, and nothing else.'
        )
        return ""
    return url


def told_webhook(url: str) -> dict[str, str]:
    """The table as a file has it."""
    return {_URL: url} if url else {}


def webhook_of(told: Mapping[str, str]) -> str:
    """What `told_webhook` told."""
    return told.get(_URL, "")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)
        return bool(
            safe and parts.hostname and parts.port != 0 and parts.username is None and not parts.fragment
            and len(text) <= _LONGEST and text.isascii() and text.isprintable() and " " not in text
        )  # fmt: skip
    except ValueError:
        return False
