"""How a delivered file lies in the landing: the bytes as they were sent, packed with Zstandard.

A district keeps every night's export for years, and exports of the same rows as text pack ten to twenty times; whoever
wants to look into one unpacks it with `zstd -d`, and finds the file that was sent.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

import pyarrow as pa

PACKED = ".zst"
_CODEC = "zstd"


@dataclass(frozen=True)
class KeptFile:
    """A file of a delivery. `path`: where it lies, which DuckDB reads as it is; packed, where its name ends so."""

    path: Path

    def open(self) -> BufferedReader:
        """The bytes as they were sent; the stream can be read from its start to its end only."""
        if self.path.suffix != PACKED:
            return self.path.open("rb")
        return BufferedReader(pa.CompressedInputStream(pa.OSFile(str(self.path)), _CODEC))

    def read(self) -> bytes:
        with self.open() as stream:
            return stream.read()


def kept_file(folder: Path, path: str) -> KeptFile:
    """The file that was sent as `path`. One that was kept before files were packed lies there under its own name."""
    plain, packed = folder / path, folder / f"{path}{PACKED}"
    return KeptFile(plain if plain.exists() and not packed.exists() else packed)


def keep(chunks: Iterable[bytes], folder: Path, path: str) -> None:
    """Write the bytes of a file, on the disk when this returns. Raises FileExistsError where it is there already.

    Nothing is left where `chunks` or the disk fails.
    """
    target = folder / f"{path}{PACKED}"
    target.parent.mkdir(parents=True, exist_ok=True)
    out = target.open("xb")
    try:
        with pa.CompressedOutputStream(out, _CODEC) as packing:
            for chunk in chunks:
                packing.write(chunk)
        force_to_disk(target)
    except BaseException:
        target.unlink()
        raise


def force_to_disk(path: Path) -> None:
    """Return when a file, or which names a folder holds, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
