"""The signature of a notice, by the scheme of Standard Webhooks (standardwebhooks.com, specification 1.0).

Each agreement has a secret of its own, which is made from one key of the workspace: nothing that opens anything is kept
in the record.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from contextlib import suppress
from pathlib import Path

from homeroom.access.disclosure_log.signing_key import write_whole
from homeroom.errors import CannotRun

_BYTES = 32


def secret_of(file: Path, agreement: int) -> bytes:
    """The secret of an agreement, from the key in `file`, which is made where there is none yet.

    Raises CannotRun where it can't be read or written.
    """
    return hmac.digest(_key(file), f"webhook of agreement {agreement}".encode(), hashlib.sha256)


def told_secret(secret: bytes) -> str:
    """A secret as the scheme writes it, for the app's maker."""
    return f"whsec_{base64.b64encode(secret).decode()}"


def signed(secret: bytes, message: str, timestamp: int, body: str) -> dict[str, str]:
    """The headers of a notice; `timestamp` in seconds since 1970."""
    signature = hmac.digest(secret, f"{message}.{timestamp}.{body}".encode(), hashlib.sha256)
    return {
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }


def _key(file: Path) -> bytes:
    try:
        if not file.exists():
            # Of two processes that make one at a time the second finds the first's.
            with suppress(FileExistsError):
                write_whole(file, f"{secrets.token_hex(_BYTES)}\n")
        key = bytes.fromhex(file.read_text("ascii").strip())
    except (OSError, ValueError) as problem:
        raise CannotRun(
            f"The key that signs notices to apps, in {file}, can't be read or written. Let this user write in the "
            "workspace, or put it back from a copy of it; with another key, apps have to be given new secrets."
        ) from problem
    if len(key) != _BYTES:
        raise CannotRun(f"The key that signs notices to apps, in {file}, is cut short. Put it back from a copy.")
    return key
