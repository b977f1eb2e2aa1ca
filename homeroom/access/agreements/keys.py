"""The keys, secrets and tokens of apps: they live no longer than the agreement, and are kept only as hashes.

A secret and a token are 256 bits of randomness each. Nobody finds such a word by trying, so a plain SHA-256 is right:
the slow hashes that passwords need, which people choose, would only slow down every request.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from homeroom.access.agreements.agreement import Agreement
from homeroom.access.agreements.kept import AGREEMENT, agreement_of
from homeroom.access.agreements.kept import agreement as kept
from homeroom.access.agreements.states import State
from homeroom.access.door import Use
from homeroom.access.permissions import Principal, Role
from homeroom.errors import WrongUse

TOKEN_LIFE = timedelta(minutes=30)
_BYTES = 32


@dataclass(frozen=True)
class Key:
    """A key and its secret, which is never told again."""

    key: str
    secret: str

    def __repr__(self) -> str:
        return f"Key({self.key!r})"


@dataclass(frozen=True)
class Client:
    """A program that is let in: its key, and the agreement under which it asks."""

    key: str
    agreement: Agreement

    @property
    def principal(self) -> Principal:
        """Who asks, as it stands in the disclosure log, where a family reads it."""
        terms = self.agreement.terms
        return Principal(f"{terms.app} of {terms.provider}", Role.APP, self.agreement, self.key)


async def add_client(use: Use, number: int, by: str) -> Key:
    """Give a key under an agreement. Raises WrongUse where nobody approved it yet, or it has ended."""
    found = await kept(use, number)
    if found.state is State.ASKED:
        raise WrongUse(f"Agreement {number} is only asked for. Approve it first: homeroom agreement approve {number}")
    if found.state is State.ENDED:
        raise WrongUse(f"Agreement {number} has ended. Ask for a new one: homeroom agreement ask FILE.toml --by NAME")
    return await promise_client(use, number, by)


async def promise_client(use: Use, number: int, by: str) -> Key:
    """The same whatever state the agreement is in: the key opens nothing until it is active."""
    given = new_key()
    await use.row(_ADD, key=given.key, number=number, secret=_hash(given.secret), by=by)
    return given


async def reset_secret(use: Use, key: str) -> Key:
    """A new secret for a key: what it was before opens nothing from now on, nor does any token."""
    given = Key(key, new_key().secret)
    await use.row(_RESET, key=key, secret=_hash(given.secret))
    await use.row(_FORGET, key=key)
    return given


async def enable_client(use: Use, key: str, enabled: bool) -> None:
    """Let a key open something or not. A suspended one stays suspended."""
    await use.row(_ENABLE, key=key, enabled=enabled)
    if not enabled:
        await use.row(_FORGET, key=key)


async def move_client(use: Use, key: str, number: int) -> None:
    """Let a key be one under the agreement `number` from now on; its budget is worked out anew."""
    await use.row(_MOVE, key=key, number=number)
    await use.row(_FORGET, key=key)
    await use.row("update access.client_budget set at = '-infinity' where client = %(key)s returning client", key=key)


async def remove_client(use: Use, key: str, by: str) -> None:
    """Let a key open nothing any more, at once. Raises WrongUse where there is none that does."""
    if await use.row(_REMOVE, key=key, by=by) is None:
        raise WrongUse("There is no such key, or it was removed before. Look for it in: homeroom client list")
    await use.row(_FORGET, key=key)


async def reinstate_client(use: Use, key: str, by: str, why: str) -> None:
    """Let a suspended key open again, and count from nothing whom it is shown. Both stay written down.

    Raises WrongUse where nobody is named, no reason is given, or the key is not suspended.
    """
    if not by.strip() or not why.strip():
        raise WrongUse("Say who reinstates the key and why: --by NAME --because WHY")
    # Pages of the key that are on their way are counted before, or find it open.
    await use.row("select client from access.client_budget where client = %(key)s for no key update", key=plain(key))
    if await use.row(_REINSTATE, key=plain(key), by=by, why=why) is None:
        raise WrongUse("There is no such key, or it is not suspended. Look for it in: homeroom client list")
    await use.row(_COUNT_ANEW, key=key)


async def clients(use: Use, number: int | None = None) -> Sequence[dict[str, Any]]:
    """The keys under one agreement or all, the newest first, without their secrets."""
    return await use.rows(_CLIENTS, number=number)


async def client_of(use: Use, key: str, secret: str, today: date | None = None) -> Client | None:
    """The client with this key and secret; None where either is wrong, or the agreement is not in force."""
    row = await use.row(_CLIENT, key=plain(key))
    # The comparison takes as long for a key that nobody has.
    right = secrets.compare_digest(_hash(secret), row["secret_sha256"] if row else b"")
    if row is None or not right:
        return None
    return _in_force(row, today)


async def is_key(use: Use, key: str) -> bool:
    """Whether it is a key that somebody has."""
    return await use.row(_CLIENT, key=plain(key)) is not None


async def keep_token(use: Use, client: Client, token: str) -> None:
    """Keep a new token, which opens what the client's agreement lets it see for `TOKEN_LIFE`."""
    await use.row(_FORGET_OLD)
    await use.row(_KEEP, token=_hash(token), key=client.key, life=TOKEN_LIFE)


async def bearer_of(use: Use, token: str, today: date | None = None) -> tuple[Client, datetime] | None:
    """Whose token it is and when it ends; None where it is nobody's, or over, or the agreement is not in force."""
    row = await use.row(_BEARER, token=_hash(token))
    if row is None:
        return None
    client = _in_force(row, today)
    return None if client is None else (client, row["expires_at"])


def new_token() -> str:
    """A word that says nothing of whose it is."""
    return secrets.token_urlsafe(_BYTES)


def _in_force(row: dict[str, Any], today: date | None) -> Client | None:
    agreement = agreement_of(row)
    return Client(row["key"], agreement) if agreement.in_force(today or date.today()) else None


def new_key() -> Key:
    """A new key with its secret."""
    return Key(secrets.token_hex(10), secrets.token_urlsafe(_BYTES))


def _hash(word: str) -> bytes:
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()


def plain(key: str) -> str:
    """A key as PostgreSQL can look for it: what it can't even hold is nobody's."""
    return key if key.isascii() and key.isprintable() else ""


_ADD = """
    insert into access.client (key, agreement, secret_sha256, added_by)
    values (%(key)s, %(number)s, %(secret)s, %(by)s) returning key
"""
_REMOVE = """
    update access.client set removed_by = %(by)s, removed_at = now() where key = %(key)s and removed_at is null
    returning key
"""
_REINSTATE = """
    insert into access.client_change (client, state, by, why)
    select key, 'reinstated', %(by)s, %(why)s from access.client where key = %(key)s and removed_at is null
        and 'suspended' = (select state from access.client_change where client = key order by id desc limit 1)
    returning client
"""
_COUNT_ANEW = """
    with counted as (delete from access.client_student where client = %(key)s)
    update access.client_budget set shown_in_hour = 0, shown_in_day = 0 where client = %(key)s returning client
"""
_RESET = "update access.client set secret_sha256 = %(secret)s where key = %(key)s returning key"
_ENABLE = "update access.client set enabled = %(enabled)s where key = %(key)s returning key"
_MOVE = "update access.client set agreement = %(number)s where key = %(key)s returning key"
_FORGET = "delete from access.token where client = %(key)s returning client"
_FORGET_OLD = "delete from access.token where expires_at < now() returning client"
_CLIENTS = """
    select key, agreement, added_by, added_at, removed_by, removed_at, enabled, at as suspended_at,
        why as suspended_why
    from access.client left join lateral (
        select case state when 'suspended' then at end as at, case state when 'suspended' then why end as why
        from access.client_change where client = key order by id desc limit 1
    ) as last on true where agreement = coalesce(%(number)s::bigint, agreement) order by added_at desc, key
"""
_OPEN = """
    and enabled and 'suspended' is distinct from (
        select state from access.client_change where client = key order by id desc limit 1)
"""
_UNDER = f"join lateral ({AGREEMENT} where number = client.agreement group by number, terms) as under on true"
_CLIENT = f"""
    select key, secret_sha256, under.* from access.client {_UNDER} where key = %(key)s and removed_at is null {_OPEN}
"""
_KEEP = """
    insert into access.token (sha256, client, expires_at) values (%(token)s, %(key)s, now() + %(life)s) returning client
"""
_BEARER = f"""
    select key, expires_at, under.* from access.token join access.client on key = client {_UNDER}
    where sha256 = %(token)s and expires_at > now() and removed_at is null {_OPEN}
"""
