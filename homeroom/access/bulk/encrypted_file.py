"""A file that is encrypted while it is written: nothing of it lies on the disk in the clear.

The format is age's, version 1 (age-encryption.org/v1): whoever has the key opens it with `age --decrypt`, and notices
where a piece of it is not what was written.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def encrypted_file(path: Path, public_key: str) -> Iterator[BinaryIO]:
    """What takes the bytes of a new file at `path`, whole when the block ends; where that fails, nothing is left."""
    from pyrage import encrypt_io, x25519

    recipient = x25519.Recipient.from_str(public_key)
    inlet, outlet = os.pipe()
    unfinished = path.with_suffix(".unfinished")

    def encrypt() -> None:
        with os.fdopen(inlet, "rb") as source, os.fdopen(_new(unfinished), "wb") as target:
            encrypt_io(source, target, [recipient])

    try:
        with ThreadPoolExecutor(1) as beside:
            encrypting = beside.submit(encrypt)
            try:
                with os.fdopen(outlet, "wb", buffering=1 << 16) as out:
                    yield out
            finally:
                encrypting.result()
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def sha256_of(path: Path) -> bytes:
    """The hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _new(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
