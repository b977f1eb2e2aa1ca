"""What lies in a workspace's folder of those who were let go of: what steps made, and deliveries as they were sent.

A delivered file is kept as it was sent, with its hash: rows are not cut out of it, or it would be neither. So a
delivery is let go of whole, when a later one has taken its place for as long as its schedule says. What a source sends
now stays, also where it holds rows that were let go of: the run knows them, and its source has to stop sending them.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

from homeroom.consolidate.pruned_staging import prune
from homeroom.sources.delivery import Delivery, deliveries, followed_by


def deliveries_due(landing: Path, years: int | None, day: date, needed: Collection[str]) -> list[Delivery]:
    """The deliveries whose time has come on `day`: it was taken `years` ago that a later one came in their place.

    `needed`: the ids of those on which the next run goes on; with what these change they stay.
    """
    if years is None:
        return []
    by_source: dict[str, list[Delivery]] = {}
    for one in deliveries(landing):
        by_source.setdefault(one.source, []).append(one)
    found: list[Delivery] = []
    for came in by_source.values():
        kept = {came[-1].delivery_id, *(one.delivery_id for one in came if one.delivery_id in needed)}
        kept |= {earlier.delivery_id for one in came if one.delivery_id in kept for earlier in followed_by(one)}
        for one, following in pairwise(came):
            if one.delivery_id not in kept and _years_after(_came_on(following), years) <= day:
                found.append(one)
    return found


def remove_deliveries(due: Collection[Delivery]) -> int:
    """Remove deliveries, files and all; gives how many files."""
    for one in due:
        shutil.rmtree(one.folder)
    return sum(len(one.files) for one in due)


def remove_staging(staging: Path) -> None:
    """Remove all that steps made: it holds what every delivery said, and the next run makes of it what it needs.

    The caller holds the lock of the workspace.
    """
    prune(staging, [], [])


def _came_on(delivery: Delivery) -> date:
    """The day on which a delivery was taken: its files stay as they are, where `delivery.json` is written anew."""
    first = min((file.stat().st_mtime for file in (delivery.folder / "files").rglob("*")), default=None)
    moment = first if first is not None else (delivery.folder / "delivery.json").stat().st_mtime
    return datetime.fromtimestamp(moment, UTC).astimezone().date()


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # The 29th of February.
        return day.replace(year=day.year + years, day=28)
