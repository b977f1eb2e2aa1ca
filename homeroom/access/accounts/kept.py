"""The accounts of people: added by somebody, or made when a person of the record signs in first; never deleted."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from homeroom.access.accounts import one_time
from homeroom.access.accounts.reach import KINDS
from homeroom.access.agreements.states import same_person
from homeroom.access.door import Use
from homeroom.access.permissions import Role
from homeroom.errors import WrongUse

# What a district makes somebody; all else the record says.
GIVEN_ROLES = (Role.DISTRICT_DATA_MANAGER, Role.PRIVACY_OFFICER)
PERSONS = tuple(dict.fromkeys(KINDS.values()))
_HANDLE_BYTES = 32


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in. `role`: what the district made them, if anything; `persons`: as whom the record knows
    them, from 'staff', 'contact' and 'student' to unique ids; `ways`: how they sign in so far."""

    number: int
    name: str
    role: Role | None
    persons: Mapping[str, str]
    email: str | None
    handle: bytes
    added_by: str
    approved_by: str | None
    added_at: datetime
    ended_by: str | None
    ended_at: datetime | None
    ways: Sequence[str]


async def add(
    use: Use,
    name: str,
    by: str,
    *,
    role: Role | None = None,
    approved_by: str | None = None,
    persons: Mapping[str, str] | None = None,
    email: str | None = None,
) -> Account:
    """Add an account, and say by whom.

    Raises WrongUse where nothing says what the person is, where the record has no such person, where somebody has such
    an account already, and where the privacy officer is not named by two people.
    """
    known = {kind: unique_id for kind, unique_id in (persons or {}).items() if unique_id}
    if not name.strip() or not by.strip():
        raise WrongUse("An account needs a name, and the name of whoever adds it: --by NAME.")
    if role is None and not known:
        raise WrongUse(
            "Say what the person is: --role, or as whom the record knows them: --staff, --contact, --student."
        )
    if role is Role.PRIVACY_OFFICER and not _others(by, approved_by):
        raise WrongUse(
            "The privacy officer sees who looked at whom: two people decide who that is. Name a second one: "
            "--approved-by NAME."
        )
    await use.row("select pg_advisory_xact_lock(%(lock)s)", lock=_LOCK)
    for kind, unique_id in known.items():
        question = f"select id from edfi.{kind} where {kind}_unique_id = %(id)s"
        if await use.row(question, id=unique_id) is None:
            raise WrongUse(f"The record knows no {kind} {unique_id[:60]!r}. Look for the unique id on the pages.")
    mail = plain_email(email) if email else None
    if await use.row(_TAKEN, email=mail, **{kind: known.get(kind) for kind in PERSONS}):
        raise WrongUse("There is an account of this person, or with this e-mail address. See: homeroom account list")
    given = {"name": name.strip(), "role": role, "email": mail, "by": by.strip(), "approved_by": approved_by,
             "handle": secrets.token_bytes(_HANDLE_BYTES)}  # fmt: skip
    row = await use.row(_ADD, **given, **{kind: known.get(kind) for kind in PERSONS})
    return await account(use, row["number"] if row else 0)


async def end(use: Use, number: int, by: str) -> None:
    """End an account: whoever is signed in with it is no more, and nothing lets them in again.

    Raises WrongUse where there is no such account, or it has ended.
    """
    if await use.row(_END, number=number, by=by) is None:
        raise WrongUse(f"There is no account {number}, or it has ended. See: homeroom account list")
    await use.row("delete from access.session where account = %(number)s returning account", number=number)
    await one_time.withdraw(use, number)


async def account(use: Use, number: int) -> Account:
    """The account with this number. Raises WrongUse where there is none."""
    row = await use.row(_ACCOUNTS.format(where="number = %(number)s"), number=number)
    if row is None:
        raise WrongUse(f"There is no account {number}. See: homeroom account list")
    return _read(row)


async def accounts(use: Use) -> Sequence[Account]:
    """All accounts, the newest first."""
    return [_read(row) for row in await use.rows(_ACCOUNTS.format(where="true"))]


async def is_any_passkey(use: Use) -> bool:
    """Whether anybody signs in with a passkey."""
    return await use.row(_ANY_PASSKEY) is not None


def plain_email(address: str) -> str:
    """An e-mail address as it is compared: case says nothing."""
    return address.strip().lower()


def _others(by: str, approved_by: str | None) -> bool:
    return bool((approved_by or "").strip()) and not same_person(by, approved_by or "")


def _read(row: dict) -> Account:
    persons = {kind: row.pop(f"{kind}_unique_id") for kind in PERSONS}
    role = row.pop("role")
    return Account(
        **row, role=Role(role) if role else None, persons={kind: value for kind, value in persons.items() if value}
    )


# Any number that no other program uses for its lock.
_LOCK = 4_611_686_018_427_000_011
_TAKEN = """
    select number from access.account where ended_at is null and (email = %(email)s or staff_unique_id = %(staff)s
        or contact_unique_id = %(contact)s or student_unique_id = %(student)s)
"""
_ADD = """
    insert into access.account (name, role, email, handle, added_by, approved_by, staff_unique_id, contact_unique_id,
        student_unique_id)
    values (%(name)s, %(role)s, %(email)s, %(handle)s, %(by)s, %(approved_by)s, %(staff)s, %(contact)s, %(student)s)
    returning number
"""
_END = """
    update access.account set ended_by = %(by)s, ended_at = now() where number = %(number)s and ended_at is null
    returning number
"""
_ANY_PASSKEY = """
    select number from access.passkey join access.account on number = account where ended_at is null limit 1
"""
_ACCOUNTS = """
    select number, name, role, staff_unique_id, contact_unique_id, student_unique_id, email, handle, added_by,
        approved_by, added_at, ended_by, ended_at,
        array(select issuer from access.account_identity where account = number order by bound_at)
            || array(select 'passkey' from access.passkey where account = number) as ways
    from access.account where {where} order by number desc
"""
