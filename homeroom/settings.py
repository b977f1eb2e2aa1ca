"""The configuration of a workspace: the folder that holds one district, its `homeroom.toml`, and what lies where."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from homeroom.errors import CannotRun, WrongUse

SETTINGS_FILE = "homeroom.toml"
SOURCE_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class SourceSettings:
    """One source of the district. `rank` is its place in the file: where sources disagree, the lower is believed."""

    name: str
    kind: str
    path: Path
    rank: int
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LinkingSettings:
    """From which probability two rows are one person without asking (`merge`), and from which a person is asked."""

    merge: float = 0.95
    review: float = 0.60


@dataclass(frozen=True)
class ArchiveSettings:
    """How much a zip or gz file may unpack to before it is taken for a bomb; `ratio` is to 1."""

    gigabytes: float = 20
    files: int = 10_000
    ratio: int = 200


@dataclass(frozen=True)
class Settings:
    """What `homeroom.toml` says. `record_url` is None where the workspace runs its own PostgreSQL."""

    district: str
    record_url: str | None
    sources: tuple[SourceSettings, ...]
    linking: LinkingSettings
    archive: ArchiveSettings = ArchiveSettings()


@dataclass(frozen=True)
class Workspace:
    """The folder of one district."""

    root: Path

    @property
    def settings_file(self) -> Path:
        return self.root / SETTINGS_FILE

    @property
    def landing(self) -> Path:
        """Deliveries, as sent."""
        return self.root / ".homeroom" / "landing"

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
        workspace.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        (workspace.root / ".homeroom").mkdir(exist_ok=True, mode=0o700)
        workspace.settings_file.write_text(tomlkit.dumps(document), encoding="utf-8")
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
        linking, archive = document.get("linking", {}), document.get("archive", {})
        settings = Settings(
            district=str(document.get("district", {}).get("name", "")),
            record_url=document.get("record", {}).get("url"),
            sources=tuple(self._source(entry, rank) for rank, entry in enumerate(document.get("source", []))),
            linking=LinkingSettings(
                merge=float(linking.get("merge", LinkingSettings.merge)),
                review=float(linking.get("review", LinkingSettings.review)),
            ),
            archive=ArchiveSettings(
                gigabytes=float(archive.get("gigabytes", ArchiveSettings.gigabytes)),
                files=int(archive.get("files", ArchiveSettings.files)),
                ratio=int(archive.get("ratio", ArchiveSettings.ratio)),
            ),
        )
        if not 0.5 <= settings.linking.review <= settings.linking.merge <= 1:
            raise CannotRun(
                f"{self.settings_file}: [linking] needs 0.5 <= review <= merge <= 1, "
                f"but review is {settings.linking.review} and merge is {settings.linking.merge}."
            )
        return settings

    def add_source(
        self, name: str, kind: str, path: Path, kinds: tuple[str, ...], options: Mapping[str, str] | None = None
    ) -> None:
        """Write one more source into the settings file, behind the others; `options` are its kind's own settings.

        Raises WrongUse for a name that is taken or not in lower-case letters, digits and hyphens, for a kind that is
        not in `kinds`, and for a path that is not there.
        """
        if not SOURCE_NAME.fullmatch(name):
            raise WrongUse(f"A source's name is lower-case letters, digits and hyphens, such as sis: not {name!r}.")
        if kind not in kinds:
            raise WrongUse(f"There is no kind of source {kind!r}. The kinds are: {', '.join(kinds)}.")
        if any(source.name == name for source in self.settings().sources):
            raise WrongUse(f"There is a source {name!r} already. Give this one another name.")
        if not path.exists():
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
        entry.add("path", str(path.absolute()))
        for option, value in (options or {}).items():
            entry.add(option, value)
        sources.append(entry)
        self.settings_file.write_text(tomlkit.dumps(document), encoding="utf-8")

    def _source(self, entry: dict[str, Any], rank: int) -> SourceSettings:
        missing = [word for word in ("name", "kind", "path") if not entry.get(word)]
        if missing:
            raise CannotRun(f"{self.settings_file}: source {rank + 1} has no {' and no '.join(missing)}. Add it.")
        rest = {word: value for word, value in entry.items() if word not in ("name", "kind", "path")}
        return SourceSettings(entry["name"], entry["kind"], (self.root / entry["path"]), rank, rest)
