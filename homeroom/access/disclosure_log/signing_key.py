"""Where the district's signing key lies: a file of the workspace, made once, that only its owner may read.

The file holds one line: the name of the log and the private key, as programs for signed notes write it.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import tempfile
import unicodedata
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from homeroom.access.disclosure_log.checkpoint import SigningKey
from homeroom.errors import CannotRun

_BEGIN = "PRIVATE+KEY"
_ED25519 = b"\x01"


def signing_key(file: Path, district: str) -> SigningKey:
    """The key in `file`, which is made where there is none yet. Raises CannotRun where it can't be read or written."""
    try:
        return _read(file)
    except FileNotFoundError:
        pass
    made = SigningKey(_log_name(district), Ed25519PrivateKey.generate())
    try:
        write_whole(file, _line(made))
    except FileExistsError:
        # Of two processes that make one at a time the second finds the first's.
        return _read(file)
    except OSError as problem:
        raise CannotRun(
            f"The key that signs the disclosure log can't be written to {file}: {problem.strerror}. Let this user "
            "write in the workspace."
        ) from None
    return made


def write_whole(file: Path, line: str) -> None:
    """Write a new file that nobody finds before all of it is there, whatever happens. Only its owner may read it."""
    begun, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(begun, "w") as out:
            out.write(line)
            out.flush()
            os.fsync(out.fileno())
        os.link(name, file)
    finally:
        os.unlink(name)


def _read(file: Path) -> SigningKey:
    try:
        line = file.read_text("ascii").strip()
    except FileNotFoundError:
        raise
    except (OSError, UnicodeDecodeError):
        raise _unreadable(file) from None
    begin, _, rest = line.partition(f"{_BEGIN}+")
    try:
        name, number, encoded = rest.split("+", 2)
        content = base64.b64decode(encoded, validate=True)
        found = SigningKey(name, Ed25519PrivateKey.from_private_bytes(content[1:]))
    except (ValueError, binascii.Error):
        raise _unreadable(file) from None
    if begin or content[:1] != _ED25519 or number != found.verifier.number.hex():
        raise _unreadable(file)
    return found


def _line(key: SigningKey) -> str:
    content = base64.b64encode(_ED25519 + key.private.private_bytes_raw()).decode()
    return f"{_BEGIN}+{key.name}+{key.verifier.number.hex()}+{content}\n"


def _log_name(district: str) -> str:
    """A name without blanks and plus signs, as signed notes want it."""
    plain = unicodedata.normalize("NFKD", district).encode("ascii", "ignore").decode().lower()
    return f"{re.sub(r'[^a-z0-9]+', '-', plain).strip('-') or 'district'}/disclosures"


def _unreadable(file: Path) -> CannotRun:
    return CannotRun(
        f"The key that signs the disclosure log, in {file}, can't be read. Put it back from a copy of the workspace: "
        "with another key, checkpoints that families keep could not be compared any more."
    )
