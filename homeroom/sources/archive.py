"""The files inside what was delivered: a folder, a single file, a .gz or a .zip, opened without trusting it.

Nothing is unpacked to disk here. Each `Member` can be read as a stream as often as needed, and a stream stops with a
sentence when an archive unpacks to more than the limits allow.
"""

from __future__ import annotations

import gzip
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from homeroom.errors import HomeroomError


@dataclass(frozen=True)
class ArchiveLimits:
    """How much an archive may unpack to.

    The defaults let through what districts send (text packs 5 to 40 to 1) and stop bombs (1,000 to 1 and more).
    """

    total_bytes: int = 20 << 30
    members: int = 10_000
    ratio: int = 200
    # A tiny file of repeated zeros may pack well and harm nobody: the ratio counts above this size.
    ratio_from_bytes: int = 10 << 20


class FileRefused(HomeroomError):
    """One file can't be taken; the others go on. `rule` is its name in the quarantine."""

    def __init__(self, rule: str, sentence: str) -> None:
        super().__init__(sentence)
        self.rule = rule


@dataclass(frozen=True)
class Member:
    """One delivered file: its path inside the delivery and a way to read it from the start.

    `refused` is set where it is known, without reading it, that it can't be taken.
    """

    path: str
    open: Callable[[], BinaryIO]
    refused: FileRefused | None = None


def members(path: Path, limits: ArchiveLimits) -> Iterator[Member]:
    """The files of a delivery, in the order of their paths. Raises FileRefused where the whole can't be opened."""
    if not _there(path):
        raise FileRefused(
            "missing-file",
            f"There is no file or folder at {path}. Check the path of this source, or whether the export has run.",
        )
    if path.is_dir():
        files, closed = _walked(path)
        for file in sorted(files + closed):
            relative = file.relative_to(path).as_posix()
            if file in closed:
                yield Member(relative, file_opener(file), _closed(relative))
            elif _outside(path, file):
                yield Member(relative, file_opener(file), _link(relative))
            elif relative.lower().endswith(".zip"):
                yield from _of_zip_in_folder(file, relative, limits)
            else:
                yield _single(file, relative, limits)
    elif path.suffix.lower() == ".zip":
        yield from _of_zip(path, "", limits)
    else:
        yield _single(path, path.name, limits)


def file_opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def _there(path: Path) -> bool:
    try:
        if path.is_dir():
            os.listdir(path)
        return path.exists()
    except PermissionError as error:
        raise FileRefused(
            "unreadable-file",
            f"{path} may not be read by the user that runs Homeroom. Mend its permissions, and run again.",
        ) from error


def _walked(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files under a folder, and the folders under it that may not be read: none is passed over without a word."""
    closed: list[Path] = []
    files = [
        Path(place, name)
        for place, _, names in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename)))
        for name in names
    ]
    wanted = [file for file in files if not _hidden(file.relative_to(folder)) and file.is_file()]
    return wanted, [place for place in closed if not _hidden(place.relative_to(folder))]


def _closed(path: str) -> FileRefused:
    return FileRefused(
        "unreadable-file",
        f"The folder {path} may not be read by the user that runs Homeroom. Mend its permissions, and run again.",
    )


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in relative.parts)


def _outside(folder: Path, file: Path) -> bool:
    return not file.resolve().is_relative_to(folder.resolve())


def _link(path: str) -> FileRefused:
    return FileRefused("link-outside", f"{path} is a link to a place outside the delivery. Send the file itself.")


def _single(file: Path, relative: str, limits: ArchiveLimits) -> Member:
    if file.suffix.lower() != ".gz":
        return Member(relative, file_opener(file))
    packed = max(1, file.stat().st_size)

    def opened() -> BinaryIO:
        stream = _Limited(gzip.open(file, "rb"), relative, packed, limits)  # noqa: SIM115 - closed by _Limited
        return io.BufferedReader(stream, 1 << 20)

    return Member(relative[:-3], opened)


def _of_zip_in_folder(file: Path, relative: str, limits: ArchiveLimits) -> Iterator[Member]:
    try:
        yield from _of_zip(file, relative[:-4] + "/", limits)
    except FileRefused as refused:
        yield Member(relative, file_opener(file), refused)


def _of_zip(path: Path, prefix: str, limits: ArchiveLimits) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
        raise FileRefused(
            "broken-archive",
            f"{path.name} is not a whole zip file: it was probably cut short on its way. Send it again.",
        ) from error
    _check_size(path, entries, limits)
    for entry in sorted(entries, key=lambda e: e.filename):
        name = entry.filename.replace("\\", "/")
        if not _hidden(Path(name.lstrip("/"))) or ".." in name:
            yield _entry(path, prefix, name, entry, limits)


def _check_size(path: Path, entries: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    total, packed = sum(e.file_size for e in entries), max(1, path.stat().st_size)
    advice = "Send the files unpacked, or raise the limits under [archive] in homeroom.toml if this is right."
    if len(entries) > limits.members:
        raise FileRefused(
            "archive-too-large", f"{path.name} holds {len(entries):,} files; the limit is {limits.members:,}. {advice}"
        )
    if total > limits.total_bytes:
        raise FileRefused(
            "archive-too-large",
            f"{path.name} unpacks to {total:,} bytes; the limit is {limits.total_bytes:,}. {advice}",
        )
    if total > limits.ratio_from_bytes and total / packed > limits.ratio:
        raise FileRefused(
            "archive-bomb",
            f"{path.name} unpacks to {total // packed:,} times its size, as only a zip bomb does; "
            f"it was not opened. {advice}",
        )


def _entry(path: Path, prefix: str, name: str, entry: zipfile.ZipInfo, limits: ArchiveLimits) -> Member:
    refused = None
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or (parts and ":" in parts[0]):
        safe = "/".join(p for p in parts if p not in ("/", "..")) or "unnamed"
        refused = FileRefused(
            "path-outside", f"{path.name} holds a file that wants to be written outside its folder ({safe}); not taken."
        )
        name = safe
    elif stat.S_ISLNK(entry.external_attr >> 16):
        refused = _link(name)
    elif name.lower().endswith((".zip", ".gz", ".7z", ".tar", ".tgz", ".rar")):
        refused = FileRefused(
            "nested-archive", f"{path.name} holds another archive ({name}), which is not opened. Send its files."
        )
    elif entry.flag_bits & 1:
        refused = FileRefused(
            "encrypted-file", f"{name} in {path.name} is locked with a password. Send it without one."
        )

    def opened() -> BinaryIO:
        try:
            raw = _ZipMember(path, entry)
        except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
            raise _broken(path.name, name) from error
        return io.BufferedReader(_Limited(raw, name, max(1, entry.compress_size), limits), 1 << 20)

    return Member(prefix + name, opened, refused)


def _broken(archive: str, name: str) -> FileRefused:
    where = f"{name} in {archive}" if archive != name else name
    return FileRefused("broken-archive", f"{where} can't be unpacked: it is damaged or cut short. Send it again.")


class _ZipMember(io.RawIOBase):
    """A member of a zip, that closes the archive with itself."""

    def __init__(self, path: Path, entry: zipfile.ZipInfo) -> None:
        self._archive = zipfile.ZipFile(path)
        self._stream = self._archive.open(entry)

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size)

    def close(self) -> None:
        self._stream.close()
        self._archive.close()
        super().close()


class _Limited(io.RawIOBase):
    """A stream that counts what is unpacked: the sizes that an archive declares may be lies."""

    def __init__(self, stream: io.IOBase, name: str, packed: int, limits: ArchiveLimits) -> None:
        self._stream, self._name, self._packed, self._limits, self._count = stream, name, packed, limits, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        try:
            data = self._stream.read(len(buffer))
        except (zipfile.BadZipFile, EOFError, zlib.error, OSError) as error:
            raise _broken(self._name, self._name) from error
        self._count += len(data)
        limits = self._limits
        bomb = self._count > limits.ratio_from_bytes and self._count / self._packed > limits.ratio
        if bomb or self._count > limits.total_bytes:
            raise FileRefused(
                "archive-bomb", f"{self._name} unpacks to far more than its size, as only a bomb does; it was not kept."
            )
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()
