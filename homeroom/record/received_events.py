"""Learning events that apps sent, from when they were received until a run has taken them as a delivery.

Each agreement is a source for either standard, `agreement-7-caliper`. What it sent stands here as it came, one document
to a row, and a run takes whatever no published run has taken yet. The ids stay, so that an event that is sent again is
known; so do the statements of xAPI, which whoever sent them may read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import ARRAY, BigInteger, Column, Date, DateTime, ForeignKey, Identity, Index, LargeBinary, Table, Text
from sqlalchemy.sql import func

from homeroom.model.member import PrivacyClass
from homeroom.record.learning import metadata

CALIPER, XAPI = "caliper", "xapi"

_PUBLIC = {"privacy": PrivacyClass.PUBLIC}
_EDUCATION = {"privacy": PrivacyClass.EDUCATION}
_IDENTIFYING = {"privacy": PrivacyClass.IDENTIFYING}

# Whose events are tied to students is said by `schools`, None for all, and by the days of the agreement.
Table(
    "sender",
    metadata,
    Column("source", Text, primary_key=True, info=_PUBLIC),
    Column("kind", Text, nullable=False, info=_PUBLIC),
    Column("agreement", BigInteger, nullable=False, info=_PUBLIC),
    Column("schools", ARRAY(BigInteger), info=_PUBLIC),
    Column("begins_on", Date, nullable=False, info=_PUBLIC),
    Column("ends_on", Date, nullable=False, info=_PUBLIC),
    # The last row of `received` that a published run has taken.
    Column("published_up_to", BigInteger, nullable=False, server_default="0", info=_PUBLIC),
)
# `document`: an envelope of Caliper as it was sent, or a statement of xAPI as it is kept.
_received = Table(
    "received",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True, info=_PUBLIC),
    Column("source", ForeignKey("learning.sender.source"), nullable=False, info=_PUBLIC),
    Column("document", Text, nullable=False, info=_IDENTIFYING),
    Column("sha256", LargeBinary, nullable=False, info=_EDUCATION),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now(), info=_EDUCATION),
)
Index("ix_received_source", _received.c.source, _received.c.id)
Index("ix_received_content", _received.c.source, _received.c.sha256, unique=True)
# `sha256`: of what a statement of xAPI says; the other columns are what statements are asked for by.
_event = Table(
    "received_event",
    metadata,
    Column("source", ForeignKey("learning.sender.source"), primary_key=True, info=_PUBLIC),
    Column("event_id", Text, primary_key=True, info=_EDUCATION),
    Column("received", BigInteger, nullable=False, info=_EDUCATION),
    Column("sha256", LargeBinary, info=_EDUCATION),
    Column("agents", ARRAY(Text), info=_IDENTIFYING),
    Column("verb", Text, info=_EDUCATION),
    Column("activity", Text, info=_EDUCATION),
    Column("registration", Text, info=_EDUCATION),
)
Index("ix_received_event_received", _event.c.source, _event.c.received)


@dataclass(frozen=True)
class Sender:
    """The source that an agreement is for one of the standards, and the last row that a published run has taken."""

    source: str
    kind: str
    published_up_to: int


def senders(record: psycopg.Connection) -> list[Sender]:
    """All agreements' sources, in the order of their names."""
    rows = record.execute("select source, kind, published_up_to from learning.sender order by source").fetchall()
    return [Sender(*row) for row in rows]


def write_waiting(record: psycopg.Connection, sender: Sender, folder: Path) -> Path | None:
    """Write what no published run has taken yet as a file in `folder`, one document a line.

    The file is named for the last row that it holds. Where nothing waits, gives the file of the last time, if there is
    one still: the same delivery again.
    """
    last = record.execute(
        "select max(id) from learning.received where source = %s and id > %s", [sender.source, sender.published_up_to]
    ).fetchone()
    if not last or last[0] is None:
        return max(folder.glob(f"*{_SUFFIX}"), default=None)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{last[0]:020}{_SUFFIX}"
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("wb") as out:
        for piece in _lines(record, sender, last[0]):
            out.write(piece)
    for older in folder.glob(f"*{_SUFFIX}"):
        older.unlink()
    unfinished.replace(path)
    return path


def mark_published(record: psycopg.Connection, taken: Iterable[tuple[str, str]]) -> None:
    """Note, in the caller's transaction, that a run has published these files, each with its source.

    Envelopes of Caliper go: they lie in the landing now.
    """
    for source, file in taken:
        last = int(Path(file).stem)
        record.execute(
            "update learning.sender set published_up_to = greatest(published_up_to, %s) where source = %s",
            [last, source],
        )
        record.execute(
            "delete from learning.received where source = %s and id <= %s"
            " and exists (select from learning.sender where sender.source = received.source and kind = %s)",
            [source, last, CALIPER],
        )


_SUFFIX = ".jsonl"


# A line break is nothing but a blank between the parts of a document: inside of text it is written \n. CSV would set
# apart with signs that no JSON holds as they are.
_WAITING = sql.SQL(
    r"""
    copy (select translate(document, E'\n\r', '  ') from learning.received
        where source = {source} and id > {first} and id <= {last} order by id)
    to stdout (format csv, delimiter E'\x02', quote E'\x01', encoding 'UTF8')
    """
)


def _lines(record: psycopg.Connection, sender: Sender, last: int) -> Iterator[bytes]:
    asked = _WAITING.format(source=sender.source, first=sender.published_up_to, last=last)
    with record.cursor() as cursor, cursor.copy(asked) as rows:
        yield from map(bytes, rows)
