"""Deliveries of a workspace, lent to a rehearsal: the same files in a folder of its own, which alone is written to."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from homeroom.settings import SourceSettings, Workspace
from homeroom.sources.delivery import Delivery, followed_by, last_delivery

# What a delivery's rows were read into, as `homeroom.consolidate.staging` calls it.
_READ = ("landed", "changes")


def lend(delivery: Delivery, folder: Path) -> Delivery:
    """The same delivery in the new folder `folder`: reading it may write what the positions in its files count."""
    folder.mkdir(parents=True)
    (folder / "files").symlink_to(delivery.folder / "files")
    # Which one came last is told by the time of its record.
    shutil.copy2(delivery.folder / "delivery.json", folder)
    return replace(delivery, folder=folder)


def lend_what_is_changed(source: SourceSettings, workspace: Workspace, root: Path, refused: Collection[str]) -> None:
    """Lend what came last from a source, without what people `refused`, and all that it changes.

    The deliveries go to `<root>/landing`, and what was read of them to `<root>/staging`. Raises CannotRun where one of
    them is not there any more.
    """
    last = last_delivery(source.name, source.kind, workspace.landing, refused)
    if last is None:
        return
    for delivery in (*followed_by(last), last):
        lend(delivery, root / "landing" / source.name / delivery.delivery_id)
        for name in _READ:
            if (read := workspace.staging / delivery.delivery_id / name).exists():
                staged = root / "staging" / delivery.delivery_id
                staged.mkdir(parents=True, exist_ok=True)
                (staged / name).symlink_to(read)
