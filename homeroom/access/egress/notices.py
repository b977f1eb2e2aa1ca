"""What the privacy officer is told of keys that passed their budget: on the overview, and by e-mail where there is any.

A notice waits until the key is reinstated or removed, or its agreement ended. Nothing of a student is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from homeroom.access.door import Use
from homeroom.access.permissions import Role


@dataclass(frozen=True)
class Notice:
    """A key that was suspended: it would have been shown `asked` students within an hour or a day, of `allowed`."""

    id: int
    client: str
    agreement: int
    app: str
    provider: str
    contact: str
    window: str
    allowed: int
    asked: int
    at: datetime


async def waiting(use: Use) -> Sequence[Notice]:
    """Notices about which something is to be done, the newest first."""
    return [Notice(**row) for row in await use.rows(f"{_NOTICES} where {_SUSPENDED} order by id desc")]


async def not_mailed(use: Use) -> Sequence[Notice]:
    """Notices that did not go out by e-mail yet, the oldest first; nobody else takes them until this use is over."""
    return [
        Notice(**row)
        for row in await use.rows(f"{_NOTICES} where mailed_at is null order by id for update of notice skip locked")
    ]


async def mailed(use: Use, notice: Notice) -> None:
    """Note that a notice went out."""
    await use.row("update access.notice set mailed_at = now() where id = %(id)s returning id", id=notice.id)


async def officers(use: Use) -> Sequence[str]:
    """The e-mail addresses of the privacy officers who have an account."""
    return [row["email"] for row in await use.rows(_OFFICERS, role=str(Role.PRIVACY_OFFICER))]


_NOTICES = """
    select notice.id, notice.client, client.agreement, agreement.terms ->> 'app' as app,
        agreement.terms ->> 'provider' as provider,
        concat_ws(', ', agreement.terms -> 'contact' ->> 'name', agreement.terms -> 'contact' ->> 'email') as contact,
        window_of as "window", allowed, asked, notice.at
    from access.notice join access.client on client.key = notice.client
    join access.agreement on agreement.number = client.agreement
"""
_SUSPENDED = """
    client.removed_at is null
    and 'suspended' = (select state from access.client_change as change where change.client = client.key
        order by id desc limit 1)
    and 'ended' <> (select state from access.agreement_change as step where step.agreement = client.agreement
        order by id desc limit 1)
    and notice.id = (select max(id) from access.notice as later where later.client = notice.client)
"""
_OFFICERS = """
    select email from access.account where role = %(role)s and ended_at is null and email is not null order by email
"""
