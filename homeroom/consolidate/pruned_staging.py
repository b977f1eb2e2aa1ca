"""What earlier runs made and no later one goes on from is removed: staging would grow by a folder or two each night."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from homeroom.consolidate.agreement import agreement_folder
from homeroom.consolidate.merged_before import made_of
from homeroom.sources.delivery import Delivery, delivered_before, followed_by

# A delivery by its id, what was made of all together, or what a killed run left; anything else is somebody else's.
_MADE = re.compile(r"([0-9a-f]{64}|(linked|merged|agreement)-[0-9a-f]{32})(\.making)?|compared-[0-9a-z_]+")


def prune(staging: Path, merged: Iterable[str], deliveries: Iterable[Delivery]) -> None:
    """Remove what a run that was published has no more use for; the caller holds the lock of the workspace.

    `merged`: the names of the folders that it published, which stay, with what they were made of. `deliveries`: of
    which it was made, or which wait for a person's decision. They stay with those that they change, and the one before
    each, into which `homeroom check` may be looking just now.
    """
    needed: set[str] = set()
    for name in merged:
        folder = staging / name
        needed |= {name, agreement_folder(folder).name, *made_of(folder)}
    for delivery in deliveries:
        kept = [delivery, *followed_by(delivery), *list(delivered_before(delivery))[:1]]
        needed |= {one.delivery_id for one in kept}
    for folder in staging.iterdir():
        if _MADE.fullmatch(folder.name) and folder.name not in needed:
            # Somebody may be reading in it: what can't be removed now is by the next run.
            shutil.rmtree(folder, ignore_errors=True)
