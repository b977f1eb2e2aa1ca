"""A workspace: the folder that holds one district, its `homeroom.toml`, and what lies where."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from homeroom.errors import CannotRun, WrongUse
from homeroom.patterns import newest_match
from homeroom.settings_file import (
    SOURCE_NAME,
    ArchiveSettings,
    HeldSettings,
    LinkingSettings,
    Settings,
    SignInSettings,
    SourceSettings,
    SparkSettings,
    is_address,
    read_settings,
)
from homeroom.source_options import check_options

__all__ = [
    "ArchiveSettings",
    "HeldSettings",
    "LinkingSettings",
    "Settings",
    "SignInSettings",
    "SourceSettings",
    "SparkSettings",
    "Workspace",
]

SETTINGS_FILE = "homeroom.toml"
SECRETS_FILE = "secrets.toml"
DISCLOSURE_LOG_KEY = "disclosure_log_key"
WEBHOOK_KEY = "webhook_key"
RETENTION_FILE = "retention.toml"


@dataclass(frozen=True)
class Workspace:
    """The folder of one district."""

    root: Path

    @property
    def settings_file(self) -> Path:
        return self.root / SETTINGS_FILE

    @property
    def secrets_file(self) -> Path:
        """The passwords and keys of sources that are asked, apart from the settings, which many people read."""
        return self.root / SECRETS_FILE

    @property
    def disclosure_log_key(self) -> Path:
        """The private key that signs the disclosure log; only its owner may read it."""
        return self.root / DISCLOSURE_LOG_KEY

    @property
    def webhook_key(self) -> Path:
        """The key from which the secrets of notices to apps are made; only its owner may read it."""
        return self.root / WEBHOOK_KEY

    @property
    def retention_file(self) -> Path:
        """For how long the district keeps what, where it is not as it comes with Homeroom; it need not be there."""
        return self.root / RETENTION_FILE

    @property
    def landing(self) -> Path:
        """Deliveries, as sent."""
        return self.root / ".homeroom" / "landing"

    @property
    def received(self) -> Path:
        """What apps sent since the last run, on its way to the landing."""
        return self.root / ".homeroom" / "received"

    @property
    def bulk(self) -> Path:
        """Files of whole resources for apps, each encrypted, for as long as they are kept."""
        return self.root / ".homeroom" / "bulk"

    @property
    def staging(self) -> Path:
        """What each step made of each delivery; can be made again from the landing."""
        return self.root / ".homeroom" / "staging"

    @property
    def postgres(self) -> Path:
        """The record's own PostgreSQL, where no other server is named."""
        return self.root / ".homeroom" / "postgres"

    @classmethod
    def create(cls, root: Path, district: str) -> Workspace:
        """Make a workspace for `district` in `root`.

        Raises WrongUse where the folder is a workspace already, or the name is empty.
        """
        workspace = cls(root.absolute())
        if workspace.settings_file.exists():
            raise WrongUse(f"{root} is a workspace already. Choose another folder, or go on working in this one.")
        if not district.strip():
            raise WrongUse('The district needs a name: --district "Maple Grove".')
        if root.exists() and not root.is_dir():
            raise WrongUse(f"{root} is a file, not a folder. Choose another name.")
        document = tomlkit.document()
        document.add(tomlkit.comment("This folder holds one district. `homeroom source add` adds sources below."))
        document.add("district", tomlkit.table().add("name", district.strip()))
        linking = tomlkit.table()
        linking.add(
            tomlkit.comment("Two rows are one person without asking from `merge`; a person is asked from `review`.")
        )
        linking.add("merge", LinkingSettings.merge)
        linking.add("review", LinkingSettings.review)
        document.add("linking", linking)
        # The folder holds students' data from the first run on: nobody else on the machine may look into it.
        try:
            workspace.root.mkdir(parents=True, exist_ok=True, mode=0o700)
            workspace.landing.parent.mkdir(exist_ok=True, mode=0o700)
            for folder in (workspace.landing, workspace.staging):
                folder.mkdir(exist_ok=True, mode=0o700)
            workspace._write(tomlkit.dumps(document))
        except OSError as problem:
            raise CannotRun(
                f"{root} can't be made: {problem.strerror}. Choose a folder in which you may write."
            ) from problem
        return workspace

    @classmethod
    def open(cls, root: Path) -> Workspace:
        """The workspace in `root`. Raises WrongUse where there is none."""
        workspace = cls(root.absolute())
        if not workspace.settings_file.is_file():
            raise WrongUse(
                f"{root} is not a workspace: it has no {SETTINGS_FILE}. "
                'Make one with `homeroom init DIR --district "Name"`, or name one with --workspace DIR.'
            )
        return workspace

    def settings(self) -> Settings:
        """What the settings file says. Raises CannotRun with the line where it can't be read."""
        try:
            document = tomllib.loads(self.settings_file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
            raise CannotRun(
                f"{self.settings_file} can't be read: {problem}. Mend that line and run again."
            ) from problem
        except OSError as problem:
            raise CannotRun(
                f"{self.settings_file} can't be read: {problem.strerror}. Run as the user that made the workspace."
            ) from problem
        return read_settings(document, self.settings_file)

    def add_source(
        self, name: str, kind: str, path: Path | str, kinds: tuple[str, ...], options: Mapping[str, str] | None = None
    ) -> None:
        """Write one more source into the settings file, behind the others; `options` are its kind's own settings.

        `path`: a place on this machine, or the URL where the source lies or is asked.

        Raises WrongUse for a name that is taken or not in lower-case letters, digits and hyphens, for a kind that is
        not in `kinds`, for an option that the kind doesn't know or that is a secret, and for a path that is not there.
        """
        if not SOURCE_NAME.fullmatch(name):
            raise WrongUse(f"A source's name is lower-case letters, digits and hyphens, such as sis: not {name!r}.")
        if kind not in kinds:
            raise WrongUse(f"There is no kind of source {kind!r}. The kinds are: {', '.join(kinds)}.")
        if any(source.name == name for source in self.settings().sources):
            raise WrongUse(f"There is a source {name!r} already. Give this one another name.")
        check_options(name, kind, str(path), options or {})
        if isinstance(path, str) and not is_address(path):
            path = Path(path)
        if isinstance(path, Path) and not newest_match(path).exists():
            raise WrongUse(f"There is nothing at {path}. Name the folder or the file that the system delivers.")
        try:
            document = tomlkit.parse(self.settings_file.read_text(encoding="utf-8"))
        except TOMLKitError as problem:
            raise CannotRun(
                f"{self.settings_file} can't be read: {problem}. Mend that line and run again."
            ) from problem
        sources = document.setdefault("source", tomlkit.aot())
        entry = tomlkit.table()
        entry.add("name", name)
        entry.add("kind", kind)
        entry.add("path", str(path.absolute()) if isinstance(path, Path) else path)
        for option, value in (options or {}).items():
            entry.add(option, value)
        sources.append(entry)
        try:
            self._write(tomlkit.dumps(document))
        except OSError as problem:
            raise CannotRun(
                f"{self.settings_file} can't be written: {problem.strerror}. Run as the user that made the workspace."
            ) from problem

    def _write(self, text: str) -> None:
        """The settings file, whole or not at all; it may hold a password, so nobody else may read it."""
        unfinished = self.settings_file.with_suffix(".unfinished")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.chmod(0o600)
        unfinished.replace(self.settings_file)
