"""Who is signed in: a word in a cookie, kept as its hash, which ends when nothing is asked for long, and at last."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from homeroom.access.accounts.one_time import hash_of, new_word
from homeroom.access.accounts.reach import KINDS, STUDENTS
from homeroom.access.door import Use
from homeroom.access.permissions import THIS_MACHINE, Principal, Role
from homeroom.errors import WrongUse

# NIST SP 800-63B, section 4.2.3: again after 30 minutes without a sign of life, and after 12 hours in any case.
IDLE, LIFE = timedelta(minutes=30), timedelta(hours=12)


@dataclass(frozen=True)
class Person:
    """Who is signed in. `principals`: all that they are now; as the first of them they are here.

    `name`: theirs, for themselves to read; of parents and students the log has their id alone. `form_word`: what a form
    of theirs has to hold, so that no other site sends one in their name.
    """

    name: str
    principals: Sequence[Principal]
    form_word: str

    @property
    def here(self) -> Principal | None:
        """As what they are here; None where neither the district nor the record says that they are anything now."""
        return self.principals[0] if self.principals else None


async def begin(use: Use, account: int | None) -> str:
    """The word of a new session, of an account or, without one, of whoever works at this machine."""
    await use.row("delete from access.session where ends_at < now() or idle_until < now() returning account")
    word = new_word()
    # A link that this machine prints is printed once: who came by it stays for the day.
    idle = LIFE if account is None else IDLE
    await use.row(_BEGIN, sha256=hash_of(word), account=account, idle=idle, life=LIFE)
    return word


async def person_of(use: Use, word: str) -> Person | None:
    """Whose session it is, as the record knows them now; None where it is over, or nobody's."""
    row = await use.row(_PERSON, sha256=hash_of(word), idle=IDLE)
    if row is None:
        return None
    if row["stale"]:
        await use.row(_GO_ON, sha256=hash_of(word), idle=IDLE)
    form_word = _form_word(word)
    if row["account"] is None:
        return Person("This machine", (THIS_MACHINE,), form_word)
    principals = await _principals(use, row)
    principals.sort(key=lambda one: one.role != row["role"])
    return Person(row["name"] or row["account_name"], tuple(principals), form_word)


async def principals_of(use: Use, account: int) -> Sequence[Principal]:
    """All that somebody with an account is now; nothing where the account has ended or there is none."""
    row = await use.row(_ACCOUNT, account=account)
    return await _principals(use, row) if row else []


async def act_as(use: Use, word: str, role: str) -> None:
    """Be here as another of the things that one is. Raises WrongUse where one isn't."""
    person = await person_of(use, word)
    if person is None or role not in [one.role for one in person.principals]:
        raise WrongUse("The district's record does not say that you are that now.")
    await use.row("update access.session set role = %(role)s where sha256 = %(sha256)s returning role",
                  role=role, sha256=hash_of(word))  # fmt: skip


async def end(use: Use, word: str) -> None:
    """Sign out."""
    await use.row("delete from access.session where sha256 = %(sha256)s returning account", sha256=hash_of(word))


async def _principals(use: Use, row: dict) -> list[Principal]:
    ids = {kind: row[f"{kind}_unique_id"] for kind in set(KINDS.values())}
    held = await use.row(_ROLES, **ids) or {}
    principals = [_principal(role, row, ids[kind]) for role, kind in KINDS.items() if held.get(role.name.lower())]
    if row["given"]:
        principals.insert(0, Principal(row["account_name"], Role(row["given"]), account=row["account"]))
    return principals


def _principal(role: Role, row: dict, unique_id: str) -> Principal:
    """Families read the log: it says of staff who they are, and holds no name of a child or a parent."""
    names = {"staff": row["name"], "contact": f"parent or guardian, contact {unique_id}", "student": "the student"}
    return Principal(names[KINDS[role]], role, account=row["account"], person=unique_id)


def _form_word(word: str) -> str:
    """Made of the session's word, from which nobody who sees it can tell that."""
    return urlsafe_b64encode(hmac.digest(word.encode(), b"form", hashlib.sha256)).decode().rstrip("=")


_BEGIN = """
    insert into access.session (sha256, account, idle_until, ends_at)
    values (%(sha256)s, %(account)s, now() + %(idle)s, now() + %(life)s) returning sha256
"""
_WHO = """
    account.name as account_name, account.role as given, account.staff_unique_id, account.contact_unique_id,
        account.student_unique_id,
        case when staff.id is not null then concat_ws(' ', staff.first_name, staff.last_surname)
            when contact.id is not null then concat_ws(' ', contact.first_name, contact.last_surname)
            when student.id is not null then concat_ws(' ', student.first_name, student.last_surname) end as name
"""
_KNOWN = """
    left join edfi.staff using (staff_unique_id) left join edfi.contact using (contact_unique_id)
    left join edfi.student using (student_unique_id)
"""
_PERSON = f"""
    select session.account, session.role, {_WHO},
        session.account is not null and idle_until < now() + %(idle)s - interval '1 minute' as stale
    from access.session left join access.account on number = session.account {_KNOWN}
    where sha256 = %(sha256)s and idle_until > now() and ends_at > now() and account.ended_at is null
"""
_ACCOUNT = f"""
    select number as account, {_WHO} from access.account {_KNOWN}
    where number = %(account)s and account.ended_at is null
"""
# It is written once a minute at most, and not with each page.
_GO_ON = """
    update access.session set idle_until = least(now() + %(idle)s, ends_at) where sha256 = %(sha256)s returning role
"""
_ROLES = "select " + ", ".join(
    f"exists ({question.format(person=f'%({KINDS[role]})s::text')}) as {role.name.lower()}"
    for role, question in STUDENTS.items()
)
