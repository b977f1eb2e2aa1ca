"""What apps have to delete as well: told to each that was given such rows, open until its provider says that it did."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.kept import LONGEST_WORDS, agreements
from homeroom.access.agreements.states import State
from homeroom.access.door import Use
from homeroom.errors import WrongUse

# For how long an app may take, in days, where nothing is agreed that a program could read: `retention` is in words.
DAYS = 30


@dataclass(frozen=True)
class Notice:
    """What the app of an agreement has to delete. `confirmed_by`: who of its provider said that it did."""

    request: int
    agreement: int
    delete_by: date
    resources: Sequence[str]
    confirmed_by: str | None
    confirmed_at: datetime | None

    def state(self, today: date) -> str:
        """`confirmed`, `open` or `overdue`."""
        if self.confirmed_at:
            return "confirmed"
        return "overdue" if today > self.delete_by else "open"


async def concerned(use: Use, resources: Collection[str]) -> Sequence[tuple[Agreement, list[str]]]:
    """The agreements that were ever active and name any of the resources, each with those that it names."""
    found = []
    for one in await agreements(use):
        named = sorted(set(resources) & set(one.terms.fields()))
        if named and any(change.state is State.ACTIVE for change in one.changes):
            found.append((one, named))
    return found


async def tell(use: Use, request: int, told: Sequence[tuple[Agreement, list[str]]], day: date) -> None:
    """Write down what each has to delete, and a message to each whose agreement has a webhook."""
    for agreement, resources in told:
        delete_by = day + timedelta(days=DAYS)
        await use.row(_NOTICE, request=request, agreement=agreement.number, delete_by=delete_by, resources=resources)
        if agreement.terms.webhook and agreement.state is State.ACTIVE:
            data = {"agreement": agreement.number, "certificate": request, "deleteBy": delete_by.isoformat(),
                    "resources": resources}  # fmt: skip
            at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
            body = {"type": "record.retention", "timestamp": at, "data": data}
            await use.row(
                _MESSAGE,
                id=f"msg_{secrets.token_hex(12)}",
                agreement=agreement.number,
                body=json.dumps(body, separators=(",", ":")),
            )


async def confirm(use: Use, request: int, agreement: int, by: str) -> Notice:
    """A provider says that its app deleted it. Raises WrongUse where nothing of the kind is open."""
    if not by.strip():
        raise WrongUse("Say who of the provider confirmed it: --by NAME")
    row = await use.row(_CONFIRM, request=request, agreement=agreement, by=by.strip()[:LONGEST_WORDS])
    if row is None:
        raise WrongUse(
            f"Nothing is open of certificate {request} for agreement {agreement}. See: homeroom retention apps"
        )
    return Notice(**row)


async def notices(use: Use) -> Sequence[Notice]:
    """What apps had to delete, what is open first."""
    return [Notice(**row) for row in await use.rows(_NOTICES)]


_NOTICE = """
    insert into access.retention_notice (request, agreement, delete_by, resources)
    values (%(request)s, %(agreement)s, %(delete_by)s, %(resources)s) returning request
"""
_MESSAGE = """
    insert into access.webhook_message (id, agreement, body, max_change_version, next_at)
    values (%(id)s, %(agreement)s, %(body)s, (select last_value from edfi.change_version), now()) returning id
"""
_CONFIRM = """
    update access.retention_notice set confirmed_by = %(by)s, confirmed_at = now()
    where request = %(request)s and agreement = %(agreement)s and confirmed_at is null returning *
"""
_NOTICES = "select * from access.retention_notice order by confirmed_at is not null, delete_by, request, agreement"
