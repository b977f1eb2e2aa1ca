"""What a source delivers now, kept in the landing: taken from where its files lie, or asked of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from tempfile import TemporaryDirectory

from homeroom.consolidate.source_kinds import kind_named, module_of
from homeroom.patterns import newest_match
from homeroom.secrets_file import secrets_of
from homeroom.settings import SourceSettings, Workspace
from homeroom.sources.archive import ArchiveLimits
from homeroom.sources.delivery import Delivery, free_file_number, land, last_delivery


def deliver(
    source: SourceSettings,
    workspace: Workspace,
    limits: ArchiveLimits,
    refused: Callable[[], Collection[str]] = frozenset,
) -> Delivery:
    """The source's delivery of now. Raises HomeroomError, with what to do, where nothing whole can be had.

    `refused` gives the ids of deliveries that nobody goes on from: it is asked where a source is asked for what changed
    since its last one.
    """
    kind = kind_named(source.kind)
    number = free_file_number(workspace.landing)
    if kind.fetcher is None and source.address is None:
        return land(source.name, source.kind, newest_match(source.path), workspace.landing, number, limits)
    # In the workspace, which nobody else may look into: what is fetched is students' data.
    with TemporaryDirectory(prefix=".fetched-", dir=workspace.landing) as folder:
        fetched = Path(folder) / "files"
        fetched.mkdir()
        secrets = secrets_of(source.name, workspace.secrets_file)
        if kind.fetcher is None:
            # Its libraries take a second, and most districts need none of them.
            from homeroom.sources.remote_files import fetch_files

            fetch_files(source, secrets, limits, fetched)
        else:
            last = last_delivery(source.name, source.kind, workspace.landing, refused())
            module_of(kind.fetcher).fetch(source, secrets, last, fetched)
        return land(source.name, source.kind, fetched, workspace.landing, number, limits)
