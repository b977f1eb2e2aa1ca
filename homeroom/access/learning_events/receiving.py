"""What an app sends is taken whole or not at all, once, and waits for the next run.

Nothing is looked up in the record meanwhile: an app that was told whether an event is of a student of the district
could find out who is one.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from typing import Any

from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.kept import schools_of
from homeroom.access.door import Refused, Use
from homeroom.errors import WrongUse
from homeroom.record.received_events import CALIPER
from homeroom.social_security_numbers import found_in_json


async def receive_envelope(use: Use, envelope: str, event_ids: Sequence[str]) -> int:
    """Take an envelope of Caliper as it was sent; gives how many of its events are new.

    `event_ids`: those of the events in it. An envelope that was taken before, and one of which all events were, is not
    kept again. Raises WrongUse where it holds a Social Security number.
    """
    check_document(envelope)
    source = await sender_of(use, CALIPER)
    known = {row["event_id"] for row in await use.rows(_KNOWN, source=source, ids=list(event_ids))}
    new = [one for one in dict.fromkeys(event_ids) if one not in known]
    if event_ids and not new:
        return 0
    content = hashlib.sha256(envelope.encode()).digest()
    if row := await use.row(_KEEP, source=source, document=envelope, sha256=content):
        await use.row(_NOTE, source=source, received=row["id"], ids=new)
    return len(new)


async def sender_of(use: Use, kind: str) -> str:
    """The source that the principal's agreement is for a standard; whoever sends for it waits for us from here on."""
    agreement = use.principal.agreement
    if agreement is None:
        raise Refused("Only an app with an agreement sends learning events.")
    source = f"agreement-{agreement.number}-{kind}"
    values = {"source": source, "kind": kind, "agreement": agreement.number, **await _reach(use, agreement)}
    await use.record.execute(_BE_KNOWN, values)
    await use.row(_WAIT, source=source)
    return source


def check_document(document: str) -> None:
    """Raises WrongUse where a document holds a Social Security number."""
    if why := found_in_json(io.BytesIO(document.encode())):
        raise WrongUse(f"Nothing was taken: {why}. Homeroom never holds Social Security numbers. Send it without them.")


def canonical(said: Any) -> bytes:
    """The hash of what a document says, however it is written."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).digest()


async def _reach(use: Use, agreement: Agreement) -> dict[str, Any]:
    """Of an agreement for organizations, the schools that are below them now."""
    terms = agreement.terms
    schools = None if terms.schools is None else [school for school, _ in await schools_of(use, agreement)]
    return {"schools": schools, "begin": terms.begin, "end": terms.end}


_BE_KNOWN = """
    insert into learning.sender (source, kind, agreement, schools, begins_on, ends_on)
    values (%(source)s, %(kind)s, %(agreement)s, %(schools)s, %(begin)s, %(end)s)
    on conflict (source) do update set schools = excluded.schools where sender.schools is distinct from excluded.schools
"""
_WAIT = "select source from learning.sender where source = %(source)s for no key update"
_KNOWN = "select event_id from learning.received_event where source = %(source)s and event_id = any(%(ids)s)"
_KEEP = """
    insert into learning.received (source, document, sha256) values (%(source)s, %(document)s, %(sha256)s)
    on conflict do nothing returning id
"""
_NOTE = """
    with noted as (
        insert into learning.received_event (source, event_id, received)
        select %(source)s, unnest(%(ids)s::text[]), %(received)s returning event_id)
    select count(*) from noted
"""
