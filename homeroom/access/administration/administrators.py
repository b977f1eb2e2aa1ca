"""The credentials of programs that use the Admin API: each does the work of one person, and is let in while the
district calls that person its data manager. What it does is theirs.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from homeroom.access.accounts import kept as accounts
from homeroom.access.accounts.one_time import hash_of
from homeroom.access.agreements.keys import Key, new_key, plain
from homeroom.access.door import Use
from homeroom.access.permissions import Principal, Role
from homeroom.access.sandbox.mark import is_sandbox
from homeroom.errors import WrongUse

TOKEN_LIFE = timedelta(minutes=30)
# Whose work it is in a sandbox, where nobody need have an account.
_TRYING_OUT = "whoever tries the sandbox out"


@dataclass(frozen=True)
class Administrator:
    """A program that is let in: its key, and the person whose work it does."""

    key: str
    principal: Principal


async def add_administrator(use: Use, account: int | None, by: str) -> Key:
    """Give a credential for the work of whoever has `account`; in a sandbox it may be nobody's.

    Raises WrongUse where the account is not the one of a data manager now.
    """
    if not by.strip():
        raise WrongUse("Say who gives the credential: --by NAME")
    if account is None and not await is_sandbox(use):
        raise WrongUse(
            "A credential for the Admin API does the work of one person. Name the account of a district data manager: "
            "--account NUMBER. See: homeroom account list"
        )
    if account is not None:
        whose = await accounts.account(use, account)
        if whose.ended_at or whose.role is not Role.DISTRICT_DATA_MANAGER:
            raise WrongUse(
                f"Account {account} is not a district data manager's now. The Admin API is for them alone: "
                'homeroom account add "NAME" --role "data manager" --by NAME'
            )
    given = new_key()
    await use.row(_ADD, key=given.key, account=account, secret=hash_of(given.secret), by=by.strip())
    return given


async def remove_administrator(use: Use, key: str, by: str) -> None:
    """Let a credential open nothing any more, at once. Raises WrongUse where there is none that does."""
    if not by.strip() or await use.row(_REMOVE, key=plain(key), by=by.strip()) is None:
        raise WrongUse(
            "There is no such credential, it was removed before, or nobody is named: --by NAME. Look for it in: "
            "homeroom administrator list"
        )
    await use.row("delete from access.administrator_token where administrator = %(key)s returning sha256", key=key)


async def administrators(use: Use) -> Sequence[dict[str, Any]]:
    """All credentials that were given, the newest first, and whether each lets anybody in now; no secret."""
    return await use.rows(f"{_ADMINISTRATORS} order by administrator.added_at desc, key")


async def administrator_of(use: Use, key: str, secret: str) -> Administrator | None:
    """Who comes with this key and secret; None where either is wrong, or the person is no data manager any more."""
    row = await use.row(f"{_ADMINISTRATORS} where key = %(key)s", key=plain(key))
    # The comparison takes as long for a key that nobody has.
    right = secrets.compare_digest(hash_of(secret), row["secret_sha256"] if row else b"")
    return _let_in(row) if row and right else None


async def is_administrator(use: Use, key: str) -> bool:
    """Whether it is a key that some administrator has."""
    return await use.row(f"{_ADMINISTRATORS} where key = %(key)s", key=plain(key)) is not None


async def keep_administrator_token(use: Use, administrator: Administrator, token: str) -> None:
    """Keep a new token, which opens the Admin API for `TOKEN_LIFE`."""
    await use.row("delete from access.administrator_token where expires_at < now() returning sha256")
    await use.row(_KEEP, token=hash_of(token), key=administrator.key, life=TOKEN_LIFE)


async def administrator_with(use: Use, token: str) -> Administrator | None:
    """Whose token it is; None where it is nobody's, or over, or the person is no data manager any more."""
    row = await use.row(f"{_ADMINISTRATORS} {_BEARER}", token=hash_of(token))
    return _let_in(row) if row else None


def _let_in(row: dict[str, Any]) -> Administrator | None:
    if not row["lets_in"]:
        return None
    name = row["name"] or _TRYING_OUT
    return Administrator(row["key"], Principal(name, Role.DISTRICT_DATA_MANAGER, account=row["account"]))


_ADD = """
    insert into access.administrator (key, account, secret_sha256, added_by)
    values (%(key)s, %(account)s, %(secret)s, %(by)s) returning key
"""
_REMOVE = """
    update access.administrator set removed_by = %(by)s, removed_at = now()
    where key = %(key)s and removed_at is null returning key
"""
# An account is asked each time: a credential ends with what the district made its person.
_ADMINISTRATORS = f"""
    select key, secret_sha256, administrator.account, account.name, administrator.added_by, administrator.added_at,
        removed_by, removed_at, removed_at is null and case when administrator.account is null
            then exists (select from access.sandbox)
            else account.ended_at is null and account.role = '{Role.DISTRICT_DATA_MANAGER}' end as lets_in
    from access.administrator left join access.account on number = administrator.account
"""
_KEEP = """
    insert into access.administrator_token (sha256, administrator, expires_at)
    values (%(token)s, %(key)s, now() + %(life)s) returning sha256
"""
_BEARER = """
    join access.administrator_token as token on token.administrator = key
    where sha256 = %(token)s and expires_at > now()
"""
