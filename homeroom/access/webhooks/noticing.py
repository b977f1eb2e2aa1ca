"""Looks what changed in the scope of each agreement that has a webhook, and writes down what its app is told.

A notice says of which resources there is something new and between which change versions, and nothing of any row: the
app reads as it always does, and that is logged. What changed out of an agreement's reach is no news to its app.
"""

from __future__ import annotations

import json
import secrets
from datetime import UTC, datetime
from typing import Any

from psycopg.rows import tuple_row

from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.kept import agreements
from homeroom.access.agreements.terms import Extent
from homeroom.access.door import Door, Use
from homeroom.access.permissions import THIS_MACHINE, Action, Principal, Purpose, Role, decide, purpose_of
from homeroom.access.resources.agreed import under_agreement
from homeroom.access.resources.changes import available_change_versions, may_be_known
from homeroom.access.resources.reading import within_of
from homeroom.model import RESOURCES
from homeroom.record.change_queries import Log, count_changes_statement
from homeroom.record.query import count_statement

_KINDS = {"rows": None, "deletes": Log.DELETES, "keyChanges": Log.KEY_CHANGES}


async def notice(door: Door) -> None:
    """Write a message for each app that has to be told of something. Raises CannotRun where the record is away."""
    async with door.use(THIS_MACHINE, Action.SEE_AGREEMENTS, Purpose.CONSOLIDATION) as use:
        told = {row["agreement"]: row["noticed_up_to"] for row in await use.rows(_TOLD)}
        found = [one for one in await agreements(use) if one.terms.webhook]
        last = await use.row("select last_value from edfi.change_version")
    for agreement in found:
        app = app_of(agreement)
        purpose = purpose_of(app, Action.READ_RESOURCES)
        if told.get(agreement.number) == (last or {}).get("last_value"):
            continue
        if decide(app, Action.READ_RESOURCES, purpose).allowed:
            async with door.use(app, Action.READ_RESOURCES, purpose) as use:
                await _notice(use, agreement, told.get(agreement.number))


def app_of(agreement: Agreement) -> Principal:
    """The app that is told; it asks with no key, since it is shown nobody."""
    terms = agreement.terms
    return Principal(f"{terms.app} of {terms.provider}", Role.APP, agreement)


async def _notice(use: Use, agreement: Agreement, told: int | None) -> None:
    versions = await available_change_versions(use)
    if versions is None:
        # Written down at the next look, when whoever writes is done.
        return
    newest = versions[1]
    # Nobody who writes waits for us while we look.
    await use.record.commit()
    changed = await _changed(use, agreement, told + 1, newest) if told is not None and told < newest else []
    await use.row(_NOTE, agreement=agreement.number, version=newest)
    if changed and told is not None:
        await use.row(
            _WRITE,
            id=f"msg_{secrets.token_hex(12)}",
            agreement=agreement.number,
            version=newest,
            body=json.dumps(_message(agreement, told + 1, newest, changed), separators=(",", ":")),
        )
    await use.row(_TIDY)


async def _changed(use: Use, agreement: Agreement, first: int, last: int) -> list[dict[str, Any]]:
    found = []
    for resource in sorted(agreement.terms.fields()):
        kinds = [name for name, log in _KINDS.items() if await _is_changed(use, agreement, resource, log, first, last)]
        if kinds:
            found.append({"resource": f"ed-fi/{RESOURCES[resource].endpoint}", "changed": kinds})
    return found


async def _is_changed(use: Use, agreement: Agreement, resource: str, log: Log | None, first: int, last: int) -> bool:
    if not await _count(use, resource, log, (first, last), Extent.DISTRICT):
        return False
    if agreement.terms.extent is Extent.DISTRICT:
        return True
    # Whom it is about is asked only of what changed at all.
    async with under_agreement(use, as_app=log is None):
        return await _count(use, resource, log, (first, last), agreement.terms.extent) > 0


async def _count(use: Use, resource: str, log: Log | None, bounds: tuple[int, int], extent: Extent) -> int:
    if log is None:
        statement = count_statement(resource, (), ("min", "max"), within_of(resource, extent))
    else:
        within = None if extent is Extent.DISTRICT else may_be_known(log, resource, extent)
        statement = count_changes_statement(log, resource, within)
    async with use.record.cursor(row_factory=tuple_row) as cursor:
        row = await (await cursor.execute(statement, bounds)).fetchone()
    return int(row[0]) if row else 0


def _message(agreement: Agreement, first: int, last: int, changed: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "record.changed",
        "timestamp": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "data": {
            "agreement": agreement.number,
            "minChangeVersion": first,
            "maxChangeVersion": last,
            "resources": changed,
        },
    }


_TOLD = "select agreement, noticed_up_to from access.webhook"
_NOTE = """
    insert into access.webhook (agreement, noticed_up_to) values (%(agreement)s, %(version)s)
    on conflict (agreement) do update set noticed_up_to = greatest(webhook.noticed_up_to, excluded.noticed_up_to)
    returning agreement
"""
_WRITE = """
    insert into access.webhook_message (id, agreement, body, max_change_version, next_at)
    values (%(id)s, %(agreement)s, %(body)s, %(version)s, now()) returning id
"""
_TIDY = "delete from access.webhook_message where made_at < now() - interval '30 days' returning id"
