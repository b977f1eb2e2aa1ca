"""Statements of xAPI: taken under their ids, and read again by the agreement whose apps sent them.

A statement never changes (xAPI 1.0.3, part 2, 2.3.1): the same id with the same words is no news, with others a
conflict. What is told is what was kept, with what a learning record store adds: `id`, `stored`, `authority`, and
`timestamp` and `version` where they were not said.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from homeroom.access.door import Use
from homeroom.access.learning_events.receiving import canonical, check_document, sender_of
from homeroom.errors import HomeroomError
from homeroom.record.received_events import XAPI

# What a store may add or set differs from one time that a statement is sent to the next.
_ADDED = ("id", "stored", "authority", "version")


class Conflict(HomeroomError):
    """Another statement has the id."""


@dataclass(frozen=True)
class Filter:
    """What statements are asked for by. `agent`: as `agent_of` writes one; `after`: the number of a statement, to go
    on behind it; `since` and `until` as the standard has them: stored later, and not later."""

    agent: str | None = None
    verb: str | None = None
    activity: str | None = None
    registration: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    ascending: bool = False
    after: int | None = None


@dataclass(frozen=True)
class Statements:
    """Statements in the order that was asked for, the number of the last where there are more, and up to which moment
    none that was stored is missing."""

    documents: Sequence[str]
    more_after: int | None
    consistent_through: datetime


async def receive_statements(use: Use, statements: Sequence[Mapping[str, Any]], home_page: str) -> None:
    """Take statements that are valid and have their ids, all or none of them.

    `home_page`: the address under which this store knows whose authority a statement is. Raises Conflict, and WrongUse
    for what can't be kept.
    """
    check_document(json.dumps(statements))
    source = await sender_of(use, XAPI)
    ids = [str(one["id"]) for one in statements]
    known = {row["event_id"]: bytes(row["sha256"]) for row in await use.rows(_KNOWN, source=source, ids=ids)}
    authority = {
        "objectType": "Agent",
        "name": use.principal.name,
        "account": {"homePage": home_page, "name": source.removesuffix(f"-{XAPI}")},
    }
    stored = f"{(await _now(use)).isoformat(timespec='microseconds')}Z"
    new = []
    for id_, statement in zip(ids, statements, strict=True):
        says = canonical({name: value for name, value in statement.items() if name not in _ADDED})
        if id_ not in known:
            kept = {"timestamp": stored, "version": "1.0.0", **statement, "stored": stored, "authority": authority}
            new.append(_row(statement, json.dumps(kept, ensure_ascii=False), says))
        elif known[id_] != says:
            raise Conflict(f"There is another statement with the id {id_}. A statement never changes.")
    if new:
        await use.row(_KEEP, source=source, statements=json.dumps(new))


async def statement(use: Use, statement_id: str) -> tuple[str | None, datetime]:
    """The statement with an id, as JSON, if the agreement's apps sent one; and up to when none is missing.

    Whoever is known to be its learner is logged as shown.
    """
    source = await sender_of(use, XAPI)
    now = await _now(use)
    row = await use.row(_ONE, source=source, id=statement_id)
    if row is None:
        return None, now
    await _disclose(use, source, [statement_id])
    return row["document"], now


async def statements(use: Use, asked: Filter, limit: int) -> Statements:
    """At most `limit` of the statements that the agreement's apps sent, by when they were stored.

    Whoever is known to be the learner of one is logged as shown.
    """
    source = await sender_of(use, XAPI)
    now = await _now(use)
    conditions = [words for name, words in _CONDITIONS.items() if getattr(asked, name) is not None]
    if asked.after is not None:
        conditions.append("received.id > %(after)s" if asked.ascending else "received.id < %(after)s")
    question = _MANY.format(
        conditions="".join(f" and {one}" for one in conditions), order="asc" if asked.ascending else "desc"
    )
    found = await use.rows(question, source=source, limit=limit + 1, **vars(asked))
    told = found[:limit]
    await _disclose(use, source, [row["event_id"] for row in told])
    return Statements([row["document"] for row in told], told[-1]["id"] if len(found) > limit and told else None, now)


def agent_of(said: Mapping[str, Any]) -> str:
    """What identifies an agent or a group (part 2, 2.4.2.3): the inverse functional identifier, in one text.

    Nothing where there is none, as of an anonymous group.
    """
    account = said.get("account")
    if isinstance(account, Mapping):
        return json.dumps(["account", account.get("homePage"), account.get("name")])
    return next((json.dumps([name, said[name]]) for name in ("mbox", "mbox_sha1sum", "openid") if name in said), "")


def _row(statement: Mapping[str, Any], document: str, says: bytes) -> dict[str, Any]:
    """What is kept of a statement, as `_KEEP` takes it."""
    object_ = statement["object"]
    return {
        "event_id": statement["id"],
        "document": document,
        "content": hashlib.sha256(document.encode()).hexdigest(),
        "says": says.hex(),
        "agents": [one for one in map(agent_of, (statement["actor"], object_)) if one],
        "verb": statement["verb"]["id"],
        "activity": object_["id"] if object_.get("objectType", "Activity") == "Activity" else None,
        "registration": statement.get("context", {}).get("registration"),
    }


async def _now(use: Use) -> datetime:
    """The moment: whoever sends waits for the source's row, which is ours, so that all before it is there."""
    row = await use.row("select clock_timestamp() at time zone 'UTC' as now")
    now: datetime = row["now"] if row else datetime.min
    return now


async def _disclose(use: Use, source: str, ids: Sequence[str]) -> None:
    rows = await use.rows(_STUDENTS, source=source, ids=list(ids))
    await use.disclose(row["student_unique_id"] for row in rows)


_KNOWN = "select event_id, sha256 from learning.received_event where source = %(source)s and event_id = any(%(ids)s)"
_KEEP = """
    with said as (
        select * from rows from (jsonb_to_recordset(%(statements)s) as (
            event_id text, document text, content text, says text, agents text[], verb text, activity text,
            registration text)) with ordinality as said(
            event_id, document, content, says, agents, verb, activity, registration, place)
    ), kept as (
        insert into learning.received (source, document, sha256)
        select %(source)s, document, decode(content, 'hex') from said order by place returning id, sha256
    ), noted as (
        insert into learning.received_event
            (source, event_id, received, sha256, agents, verb, activity, registration)
        select %(source)s, event_id, kept.id, decode(says, 'hex'), agents, verb, activity, registration
        from said join kept on kept.sha256 = decode(content, 'hex') returning event_id
    )
    select count(*) from noted
"""
_ONE = """
    select document from learning.received_event as event join learning.received on received.id = event.received
    where event.source = %(source)s and event_id = %(id)s
"""
_CONDITIONS = {
    "agent": "agents @> array[%(agent)s]",
    "verb": "verb = %(verb)s",
    "activity": "activity = %(activity)s",
    "registration": "registration = %(registration)s",
    "since": "(document::jsonb ->> 'stored')::timestamptz > %(since)s",
    "until": "(document::jsonb ->> 'stored')::timestamptz <= %(until)s",
}
_MANY = """
    select received.id, event_id, document
    from learning.received join learning.received_event as event
        on event.source = received.source and event.received = received.id
    where received.source = %(source)s{conditions} order by received.id {order} limit %(limit)s
"""
_STUDENTS = """
    select distinct student_unique_id from learning.event
    where source = %(source)s and event_id = any(%(ids)s) and student_unique_id is not null
"""
