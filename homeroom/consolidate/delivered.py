"""What a source delivers now, kept in the landing: taken from where its files lie, or asked of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from homeroom.consolidate.source_kinds import kind_named, module_of
from homeroom.patterns import matches
from homeroom.secrets_file import secrets_of
from homeroom.settings import ArchiveSettings, SourceSettings, Workspace
from homeroom.sources.archive import ArchiveLimits
from homeroom.sources.delivery import Delivery, free_file_number, land, last_delivery
from homeroom.sources.seen_files import fingerprint, remember, seen_before


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
    delta = module_of(kind.delta) if kind.delta else None

    def holds_changes(path: Path) -> bool:
        return delta is not None and bool(delta.holds_changes(path, limits))

    def keep(paths: Sequence[Path]) -> Delivery:
        # Those that were taken already are known again by what they hold, and change nothing.
        for path in paths:
            number = free_file_number(workspace.landing)
            is_delta = delta.is_delta if delta else None
            kept = land(source.name, source.kind, path, workspace.landing, number, limits, is_delta, refused)
        return kept

    if kind.fetcher is None and source.address is None:
        needed = _needed(matches(source.path), holds_changes)
        if len(needed) > 1:
            return keep(needed)
        landing = workspace.landing / source.name
        seen = fingerprint(needed[0], source.kind, limits)
        if unchanged := seen_before(landing, seen):
            return unchanged
        delivery = keep(needed)
        if not delivery.refused:
            # What could not be read tonight may be tomorrow, though nobody writes it.
            remember(landing, seen, delivery)
        return delivery
    # In the workspace, which nobody else may look into: what is fetched is students' data.
    with TemporaryDirectory(prefix=".fetched-", dir=workspace.landing) as folder:
        fetched = Path(folder) / "files"
        fetched.mkdir()
        secrets = secrets_of(source.name, workspace.secrets_file)
        if kind.fetcher is None:
            # Its libraries take a second, and most districts need none of them.
            from homeroom.sources.remote_files import fetch_files

            return keep(fetch_files(source, secrets, limits, fetched, holds_changes))
        last = last_delivery(source.name, source.kind, workspace.landing, refused())
        module_of(kind.fetcher).fetch(source, secrets, last, fetched)
        return keep([fetched])


def _needed(found: Sequence[Path], holds_changes: Callable[[Path], bool]) -> Sequence[Path]:
    """The last of what was found, behind those that it changes."""
    first = len(found) - 1
    while first > 0 and holds_changes(found[first]):
        first -= 1
    return found[first:]


def limits_of(allowed: ArchiveSettings) -> ArchiveLimits:
    """How much an archive may unpack to, as the settings say it."""
    return ArchiveLimits(int(allowed.gigabytes * (1 << 30)), allowed.files, allowed.ratio)
