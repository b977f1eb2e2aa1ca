"""The passwords and keys of a district's sources: `secrets.toml` in the workspace, which only its owner may read.

    [sis]
    client_id = "homeroom"
    client_secret = "..."

A variable of the environment, HOMEROOM_SIS_CLIENT_SECRET, counts before the file: a machine that runs every night may
keep its secrets in a place of its own.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from homeroom.errors import CannotRun

# What sources are let in with.
NAMES = (
    "client_id", "client_secret", "password", "private_key", "passphrase", "access_key_id", "secret_access_key",
    "account_name", "account_key", "sas_token", "service_account_file",
)  # fmt: skip
# What people call such things where Homeroom has another word for them.
_SOUNDS_SECRET = re.compile(r"pass|pwd|secret|token|credential|(^|_)key(_|$)|apikey", re.IGNORECASE)


class Secrets(Mapping[str, str]):
    """One source's secrets. They never show in its text, so that no log and no error can hold them."""

    def __init__(self, source: str, values: Mapping[str, str]) -> None:
        self._source = source
        self._values = dict(values)

    def __getitem__(self, name: str) -> str:
        """Raises CannotRun, with where to write it, for a secret that is not there."""
        found = os.environ.get(_variable(self._source, name)) or self._values.get(name)
        if not found:
            raise CannotRun(
                f"The source {self._source} needs the secret {name!r}. Write it in secrets.toml of the workspace, "
                f'under [{self._source}], as {name} = "...", or into the variable {_variable(self._source, name)}.'
            )
        return found

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        return os.environ.get(_variable(self._source, name)) or self._values.get(name) or default

    def __contains__(self, name: object) -> bool:
        return self.get(str(name)) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Secrets({self._source!r})"


def secrets_of(source: str, file: Path) -> Secrets:
    """The secrets of a source. Raises CannotRun where the file can't be read, or others than its owner may read it."""
    if not file.exists():
        return Secrets(source, {})
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise CannotRun(f"{file} can be read by others than its owner. Run: chmod 600 {file}")
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        # The parser's words may hold the line, and that the secret.
        raise CannotRun(f'{file} is not TOML. Write [name-of-source], and below it lines as password = "..."') from None
    values = document.get(source, {})
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise CannotRun(f"[{source}] in {file} has to hold lines of text in quotation marks.")
    return Secrets(source, values)


def is_secret(name: str) -> bool:
    """Whether a word means something that belongs in this file, or sounds as if it did."""
    return name in NAMES or bool(_SOUNDS_SECRET.search(name))


def _variable(source: str, name: str) -> str:
    return f"HOMEROOM_{source}_{name}".upper().replace("-", "_")
