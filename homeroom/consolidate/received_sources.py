"""What apps sent over the interfaces for learning events, as deliveries of sources that are named for their agreements.

It goes the way of every log: landed as it came, mapped, and tied to students when the run is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import psycopg

from homeroom.consolidate.staging import StagedDelivery
from homeroom.record.received_events import mark_published, senders, write_waiting
from homeroom.settings import SourceSettings, Workspace

# Behind every source that the district names: events are not compared with what others say.
_RANK = 1_000_000


def received_sources(record: psycopg.Connection, workspace: Workspace) -> Iterator[SourceSettings]:
    """The source of each agreement whose apps have sent something, with the file of what waits to be published."""
    for sender in senders(record):
        if path := write_waiting(record, sender, workspace.received / sender.source):
            yield SourceSettings(sender.source, sender.kind, path, _RANK)


def note_published(record: psycopg.Connection, published: Sequence[StagedDelivery]) -> None:
    """Note what of it a run has published, in the run's transaction."""
    known = {sender.source for sender in senders(record)}
    mark_published(
        record,
        [(item.source.name, file.path) for item in published if item.source.name in known
         for file in item.delivery.files],
    )  # fmt: skip
