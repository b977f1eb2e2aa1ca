"""What an agreement's file says of files of whole resources: the table `[bulk]`, with the key that they are encrypted
to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeroom.access.agreements.writes import Fault

_KEY = "public_key"


def read_bulk(document: Mapping[str, Any], fault: Fault) -> str:
    """The public key; nothing where the file has no such table. Tells each fault."""
    said = document.get("bulk")
    if said is None:
        return ""
    key = said.get(_KEY) if isinstance(said, dict) else None
    if not isinstance(key, str) or set(said) != {_KEY} or not _is_key(key):
        fault(
            f'bulk: write the public key of age (age-keygen prints it) under [bulk], as {_KEY} = "age1...", and '
            "nothing else."
        )
        return ""
    return key.strip()


def told_bulk(key: str) -> dict[str, str]:
    """The table as a file has it."""
    return {_KEY: key} if key else {}


def bulk_key_of(told: Mapping[str, str]) -> str:
    """What `told_bulk` told."""
    return told.get(_KEY, "")


def _is_key(text: str) -> bool:
    # Only what asks for an agreement with files needs it.
    from pyrage import RecipientError, x25519

    try:
        x25519.Recipient.from_str(text.strip())
    except RecipientError:
        return False
    return True
