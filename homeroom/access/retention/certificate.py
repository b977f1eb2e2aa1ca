"""The certificate of a deletion: what was deleted, by which schedules and who said so, signed by the district.

It names no student. The district's log key signs it (Ed25519), and an entry of the disclosure log holds its hash, so
that it can neither be changed nor dropped unseen.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from homeroom.access.disclosure_log.checkpoint import SigningKey, VerifierKey
from homeroom.access.disclosure_log.verification import NotGenuine
from homeroom.errors import WrongUse

# The first line of what is signed: nothing else that the key signs begins so.
FORM = "homeroom certificate of deletion 1"


@dataclass(frozen=True)
class Certified:
    """What a file proves: that the district of `key` signed this certificate."""

    certificate: Mapping[str, Any]
    key: VerifierKey


def digest(certificate: Mapping[str, Any]) -> str:
    """The hash of a certificate, in hexadecimal digits, by which the log names it."""
    return hashlib.sha256(_signed(certificate)).hexdigest()


def signed(certificate: Mapping[str, Any], key: SigningKey) -> dict[str, Any]:
    """The certificate as a file that `check` checks."""
    return {
        "form": FORM,
        "certificate": certificate,
        "verifier_key": str(key.verifier),
        "signature": base64.b64encode(key.private.sign(_signed(certificate))).decode(),
    }


def is_certificate(document: Any) -> bool:
    """Whether a file says of itself that it is one."""
    return isinstance(document, Mapping) and document.get("form") == FORM


def check(document: Mapping[str, Any], key: str | None = None) -> Certified:
    """Check a file of `signed` without asking anybody. `key`: the district's, else the one that the file names.

    Raises NotGenuine where the signature does not hold, and WrongUse where it is no such file or no such key.
    """
    try:
        certificate = document["certificate"]
        used = VerifierKey.read(key or document["verifier_key"])
        signature = base64.b64decode(document["signature"], validate=True)
        Ed25519PublicKey.from_public_bytes(used.public).verify(signature, _signed(certificate))
    except InvalidSignature:
        raise NotGenuine(
            "The certificate is not signed with this key: it is another district's, or somebody changed it."
        ) from None
    except (KeyError, TypeError, AttributeError, binascii.Error):
        raise WrongUse(
            "This is no certificate of a deletion, or it broke on the way. Ask the district again."
        ) from None
    return Certified(certificate, used)


def _signed(certificate: Mapping[str, Any]) -> bytes:
    """One form only: JSON with sorted names and no blanks, in UTF-8, below the line that says what it is."""
    told = json.dumps(certificate, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return f"{FORM}\n{told}\n".encode()
