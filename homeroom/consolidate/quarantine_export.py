"""The rows in quarantine as files for whoever has to mend them: in the source's own format, each with the reason."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from homeroom.consolidate.source_kinds import kind_named, module_of
from homeroom.errors import CannotRun, WrongUse
from homeroom.settings import Workspace
from homeroom.sources.delivery import read_delivery

# The positions of a file's rows, each with the reason, by the file's path.
Reasons = Mapping[str, Mapping[int, str]]


@dataclass
class Exported:
    """What was written: files, and the rows in them. `left_out` are sentences of what could not be written.

    `words` are what stands in the rows, for finding whose they are, and `ids_of` the sources whose ids may be among
    them; 'record' stands for the record's own.
    """

    files: list[Path] = field(default_factory=list)
    rows: int = 0
    left_out: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    ids_of: set[str] = field(default_factory=set)


def write_bad_rows(workspace: Workspace, source: str, deliveries: Mapping[str, Reasons], into: Path) -> Exported:
    """Write the rows of each delivery (by its id) to `into`, a file for each of its files, under the same names.

    Only the owner may read what is written. Raises WrongUse where `into` holds anything already, and CannotRun where
    it can't be written.
    """
    exported = Exported(ids_of=_ids_of(workspace, source))
    try:
        into.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(into.iterdir()):
            raise WrongUse(f"{into} is not empty. Name a new folder for the rows.")
        for delivery_id, files in deliveries.items():
            _write(workspace.landing / source / delivery_id, files, into, exported)
    except OSError as problem:
        raise CannotRun(
            f"The rows can't be written to {into}: {problem.strerror}. Name a folder in which you may write."
        ) from problem
    return exported


def _ids_of(workspace: Workspace, source: str) -> set[str]:
    """The source itself, and whose ids its learners bear, where the district has said so."""
    options = (one.options for one in workspace.settings().sources if one.name == source)
    return {source, *(named["learners"] for named in options if "learners" in named)}


def _write(folder: Path, files: Reasons, into: Path, exported: Exported) -> None:
    if not (folder / "delivery.json").is_file():
        exported.left_out.append(f"{folder.parent.name} delivered rows that are not kept in this workspace any more.")
        return
    delivery = read_delivery(folder)
    reader = module_of(kind_named(delivery.kind).reader)
    for file in delivery.files:
        if reasons := files.get(file.path):
            path = reader.exported_path(file.path) if hasattr(reader, "exported_path") else file.path
            target = into / path
            if target.exists():
                # Of a source that delivers changes, rows of several deliveries count, with files of the same names.
                target = into / delivery.delivery_id[:12] / path
            _make_folders(target.parent, into)
            with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
                exported.words |= reader.export(delivery.kept(file), file, reasons, out)
            exported.files.append(target)
            exported.rows += len(reasons)


def _make_folders(folder: Path, into: Path) -> None:
    """As `mkdir(parents=True)` does, but with every folder the owner's alone."""
    if folder != into and not folder.is_dir():
        _make_folders(folder.parent, into)
        folder.mkdir(mode=0o700)
