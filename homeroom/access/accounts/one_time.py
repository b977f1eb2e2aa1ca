"""Words that open something once, and the words in cookies: 256 bits of randomness each, kept only as hashes.

Nobody finds such a word by trying, so a plain SHA-256 is right, as for the keys of apps.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum
from typing import Any

from psycopg.types.json import Jsonb

from homeroom.access.door import Use

_BYTES = 32


class Kind(StrEnum):
    """What a word is for, which decides how long it is good."""

    INVITATION = "invitation"
    PROVIDER = "on the way to the provider"
    PASSKEY = "on the way to a passkey"
    THIS_MACHINE = "this machine"


LIFE = {
    Kind.INVITATION: timedelta(days=7),
    Kind.PROVIDER: timedelta(minutes=10),
    Kind.PASSKEY: timedelta(minutes=5),
    Kind.THIS_MACHINE: timedelta(days=1),
}


def new_word() -> str:
    """A word that says nothing of whose it is."""
    return secrets.token_urlsafe(_BYTES)


def hash_of(word: str) -> bytes:
    """What is kept of a word."""
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()


async def give(use: Use, kind: Kind, account: int | None = None, held: dict[str, Any] | None = None) -> str:
    """A new word, good once; what is `held` comes back with it. Words whose time is over are forgotten."""
    await use.row("delete from access.one_time_word where ends_at < now() returning kind")
    word = new_word()
    await use.row(_GIVE, sha256=hash_of(word), kind=kind, account=account, held=Jsonb(held or {}), life=LIFE[kind])
    return word


async def look_at(use: Use, kind: Kind, word: str) -> dict[str, Any] | None:
    """The `account` and what is `held` of a word that is good; it stays so."""
    return await use.row(f"select account, held {_GOOD}", sha256=hash_of(word), kind=kind)


async def take(use: Use, kind: Kind, word: str) -> dict[str, Any] | None:
    """The same, and from now on the word is good for nothing."""
    return await use.row(f"delete {_GOOD} returning account, held", sha256=hash_of(word), kind=kind)


async def withdraw(use: Use, account: int) -> None:
    """Let all words of an account be good for nothing."""
    await use.row("delete from access.one_time_word where account = %(account)s returning kind", account=account)


_GIVE = """
    insert into access.one_time_word (sha256, kind, account, held, ends_at)
    values (%(sha256)s, %(kind)s, %(account)s, %(held)s, now() + %(life)s) returning kind
"""
_GOOD = """
    from access.one_time_word where sha256 = %(sha256)s and kind = %(kind)s and ends_at > now()
        and not exists (select from access.account where number = one_time_word.account and ended_at is not null)
"""
