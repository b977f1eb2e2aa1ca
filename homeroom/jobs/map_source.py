"""Propose what a source's tables mean, show what comes of it, and write it down: for the command line and the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import tomlkit

from homeroom.consolidate.delivered import deliver, limits_of
from homeroom.consolidate.mapping_file.declaration import TableMapping
from homeroom.consolidate.mapping_file.reading import mapping_of, read_mapping
from homeroom.consolidate.mapping_proposal.preview import Preview, SetAside, preview
from homeroom.consolidate.mapping_proposal.proposing import District, TableProposal, propose
from homeroom.consolidate.mapping_proposal.writing import mapping_text
from homeroom.consolidate.source_kinds import SOURCE_KINDS, kind_named, module_of
from homeroom.errors import CannotRun, WrongUse
from homeroom.patterns import newest_match
from homeroom.settings import SourceSettings, Workspace
from homeroom.settings_file import SOURCE_NAME
from homeroom.sources.delivery import Delivery, LandedTable, land
from homeroom.sources.report import Report
from homeroom.sources.social_security import WORKBOOKS


@dataclass(frozen=True)
class Looked:
    """What was found in a source's tables: `proposals` where a mapping was proposed, its `text`, the mapping itself,
    what comes of it, and the sentences about files that could not be read."""

    tables: tuple[LandedTable, ...]
    proposals: tuple[TableProposal, ...]
    text: str
    mapping: tuple[TableMapping, ...]
    previews: tuple[Preview, ...]
    set_aside: tuple[SetAside, ...]
    unread: tuple[str, ...]


def source_to_map(workspace: Workspace, name: str, path: Path | None) -> SourceSettings:
    """The source that is meant: one of the workspace's, or one that is to come and delivers what lies at `path`.

    Raises WrongUse where its name or kind can't have a mapping, or nothing says where its tables lie.
    """
    known = {source.name: source for source in workspace.settings().sources}
    source = known.get(name)
    if source is None:
        if not SOURCE_NAME.fullmatch(name):
            raise WrongUse(f"A source's name is lower-case letters, digits and hyphens, such as sis: not {name!r}.")
        if path is None:
            raise WrongUse(f"There is no source {name} yet. Name a file of it: homeroom map {name} FILE")
        kind = "excel" if path.suffix.lower() in WORKBOOKS else "csv"
        source = SourceSettings(name, kind, path, len(known), options={"namespace": f"uri://{name}"})
    elif not kind_named(source.kind).mapped:
        mapped = ", ".join(kind.name for kind in SOURCE_KINDS.values() if kind.mapped)
        raise WrongUse(f"{name} is of the kind {source.kind}, which needs no mapping. These do: {mapped}.")
    return replace(source, options={"mapping": str(workspace.root / "mappings" / f"{name}.toml")} | source.options)


@contextmanager
def look(
    workspace: Workspace,
    source: SourceSettings,
    path: Path | None = None,
    *,
    anew: bool = False,
    chosen: Mapping[str, Mapping[str, str]] | None = None,
    given: Mapping[str, str] | None = None,
) -> Iterator[Looked]:
    """What the source's mapping makes of its tables; a proposal's where it has none yet, or `anew` asks for one.

    `path`: a file or folder to look at instead of what the source delivers; nothing is kept of it. The tables are there
    as long as the context is. `chosen` and `given`: what a person said of columns and of all rows (see `propose`).
    """
    file = Path(source.options["mapping"])
    with _landed(workspace, source, path) as (tables, unread, folder):
        proposals: tuple[TableProposal, ...] = ()
        if anew or not file.is_file():
            district = District(source.name, workspace.settings().district, date.today(), given or {})
            proposals = tuple(propose(tables, district, chosen))
            text = mapping_text(proposals, source.name)
            if not any(name[0].isupper() for proposal in proposals for name in proposal.mapping):
                raise CannotRun(
                    "None of the columns was understood, so that no mapping can be proposed. Look whether the first "
                    f"row names the columns, or write {file} by hand: docs/reference/mapping-files.md."
                )
            mapping = mapping_of(tomlkit.parse(text).unwrap(), file)
        else:
            text, mapping = file.read_text(encoding="utf-8"), read_mapping(file)
        previews, set_aside = preview(tables, mapping, source, folder)
        yield Looked(tuple(tables), proposals, text, mapping, tuple(previews), tuple(set_aside), tuple(unread))


def write_mapping(source: SourceSettings, text: str) -> Path:
    """Write the text as the source's mapping file, whole or not at all; one that is there is kept beside it."""
    file = Path(source.options["mapping"])
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.is_file():
            file.replace(file.with_suffix(".toml.before"))
        unfinished = file.with_suffix(".unfinished")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(file)
    except OSError as problem:
        raise CannotRun(f"{file} can't be written: {problem.strerror}.") from problem
    return file


@contextmanager
def _landed(
    workspace: Workspace, source: SourceSettings, path: Path | None
) -> Iterator[tuple[list[LandedTable], list[str], Path]]:
    """The source's tables, landed in a folder that only this user may read and that is gone afterwards."""
    workspace.staging.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(prefix=".mapping-", dir=workspace.staging) as place:
        folder = Path(place)
        delivery = _delivery(workspace, source, path, folder)
        report = Report()
        tables = module_of(kind_named(source.kind).reader).read(delivery, folder / "tables", report)
        unread = [problem["sentence"] for problem in report.table().to_pylist() if problem["severity"] == "file"]
        if not tables:
            raise CannotRun(f"There is no table to map. {' '.join(unread)}".strip())
        yield tables, unread, folder


def _delivery(workspace: Workspace, source: SourceSettings, path: Path | None, folder: Path) -> Delivery:
    limits = limits_of(workspace.settings().archive)
    if path is None and (source.address is not None or kind_named(source.kind).fetcher is not None):
        # What is fetched is kept as in a run: to ask the other system for it twice would be worse.
        return deliver(source, workspace, limits)
    return land(source.name, source.kind, newest_match(path or source.path), folder / "landing", 1, limits)
