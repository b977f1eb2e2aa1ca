"""Checkpoints: a line of origin, the size of the tree and its root, signed.

The form is C2SP's tlog-checkpoint, in a signed note with an Ed25519 signature (C2SP signed-note): any tool for
transparency logs reads them.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from homeroom.errors import WrongUse

# The kind of key in a signed note.
_ED25519 = b"\x01"


@dataclass(frozen=True)
class Checkpoint:
    """How far the log of `origin` has come: the number of its entries, and the root of their tree."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class VerifierKey:
    """The public key by which checkpoints of the log `name` are known."""

    name: str
    public: bytes

    @classmethod
    def read(cls, text: str) -> VerifierKey:
        """Raises WrongUse where the text is no such key."""
        try:
            name, number, encoded = text.strip().split("+", 2)
            content = base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error):
            raise _no_key() from None
        found = cls(name, content[1:])
        if content[:1] != _ED25519 or len(found.public) != 32 or number != found.number.hex():
            raise _no_key()
        return found

    def __str__(self) -> str:
        return f"{self.name}+{self.number.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    @property
    def number(self) -> bytes:
        """The four bytes that stand before each of its signatures."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]


@dataclass(frozen=True)
class SigningKey:
    """The key with which a district signs the checkpoints of its log."""

    name: str
    private: Ed25519PrivateKey

    def __repr__(self) -> str:
        return f"SigningKey({self.name!r})"

    @property
    def verifier(self) -> VerifierKey:
        return VerifierKey(self.name, self.private.public_key().public_bytes_raw())

    def sign(self, checkpoint: Checkpoint) -> str:
        """The checkpoint as a signed note."""
        signature = self.verifier.number + self.private.sign(checkpoint.text.encode())
        return f"{checkpoint.text}\n— {self.name} {base64.b64encode(signature).decode()}\n"


def read_checkpoint(note: str, key: VerifierKey) -> Checkpoint:
    """The checkpoint that a note holds. Raises WrongUse where it is none, or not signed with `key`."""
    text, parted, signatures = note.rpartition("\n\n")
    lines = text.split("\n")
    try:
        checkpoint = Checkpoint(lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True))
    except (IndexError, ValueError, binascii.Error):
        raise WrongUse("This is no checkpoint of a disclosure log.") from None
    if not parted or len(lines) != 3 or checkpoint.text != text + "\n" or checkpoint.size < 0:
        raise WrongUse("This is no checkpoint of a disclosure log.")
    if not any(_is_signed(checkpoint, line, key) for line in signatures.split("\n")):
        raise WrongUse("The checkpoint is not signed with this key: it is another district's, or somebody changed it.")
    return checkpoint


def _is_signed(checkpoint: Checkpoint, line: str, key: VerifierKey) -> bool:
    mark, _, rest = line.partition(" ")
    name, _, encoded = rest.rpartition(" ")
    if mark != "—" or name != key.name:
        return False
    try:
        signature = base64.b64decode(encoded, validate=True)
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature[4:], checkpoint.text.encode())
    except (ValueError, binascii.Error, InvalidSignature):
        return False
    return signature[:4] == key.number


def _no_key() -> WrongUse:
    return WrongUse("This is no key of a disclosure log. Copy the whole line that the district publishes.")
