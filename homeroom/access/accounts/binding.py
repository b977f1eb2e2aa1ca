"""Whose account somebody of an OpenID provider has: bound once by an e-mail address of the record, known ever after.

A provider tells of somebody an issuer and a subject, which never change, and maybe an e-mail address. The address
counts once: where the provider says that it was verified, and exactly one person of the record or account has it. From
then on issuer and subject alone say who it is (OpenID Connect Core 1.0, section 5.7).
"""

from __future__ import annotations

from typing import Any

from homeroom.access.accounts.kept import account, add, plain_email
from homeroom.access.door import Refused, Use

BY_EMAIL = "a verified e-mail address"


async def account_of(use: Use, issuer: str, subject: str, verified_email: str | None) -> int:
    """The number of the account of whoever the provider calls so; bound now, where it was not yet.

    Raises Refused, with what to do, where there is none or not exactly one.
    """
    bound = await use.row(_BOUND, issuer=issuer, subject=subject)
    if bound is not None:
        if bound["ended_at"] is not None:
            raise Refused(f"This account has ended. {_ASK}")
        return int(bound["account"])
    if not verified_email:
        raise Refused(f"Your provider does not say that your e-mail address was verified to be yours. {_ASK}")
    email = plain_email(verified_email)
    found = await use.rows(_HOLDERS, email=email)
    if len(found) != 1:
        how_many = (
            "Nobody in the district's record has" if not found else "Several people in the district's record have"
        )
        raise Refused(f"{how_many} your e-mail address, so nobody can tell by it who you are. {_ASK}")
    number = await _number_of(use, found[0], email)
    if await use.row(_OTHER, issuer=issuer, account=number):
        raise Refused(f"Somebody signs in as this person already, as another user of the provider. {_ASK}")
    await use.row(_BIND, issuer=issuer, subject=subject, account=number)
    return number


async def _number_of(use: Use, holder: dict[str, Any], email: str) -> int:
    """The account of whoever has the address, made where there is none."""
    if holder["ended"]:
        raise Refused(f"This account has ended. {_ASK}")
    if holder["account"] is not None:
        return int((await account(use, holder["account"])).number)
    made = await add(use, holder["name"], BY_EMAIL, persons={holder["kind"]: holder["unique_id"]}, email=email)
    return made.number


_ASK = "Ask the district's office, which can say who you are."
_BOUND = """
    select account, ended_at from access.account_identity join access.account on number = account
    where issuer = %(issuer)s and subject = %(subject)s
"""
_OTHER = "select account from access.account_identity where issuer = %(issuer)s and account = %(account)s"
_BIND = """
    insert into access.account_identity (issuer, subject, account) values (%(issuer)s, %(subject)s, %(account)s)
    returning account
"""
_HAS = """
    exists (select from jsonb_array_elements({mails}) as mail
        where lower(btrim(mail ->> 'electronicMailAddress')) = %(email)s)
"""
_NAME = "concat_ws(' ', person.first_name, person.last_surname)"
# Each person of the record who has the address, with their account if they have one; and each account that has it
# while nobody of the record whose it is does. Somebody whose account was ended is let in no more by an address.
_HOLDERS = f"""
    with person as (
        select 'staff' as kind, staff_unique_id as unique_id, {_NAME} as name from edfi.staff as person
        where {_HAS.format(mails="person.electronic_mails")}
        union all
        select 'contact', contact_unique_id, {_NAME} from edfi.contact as person
        where {_HAS.format(mails="person.electronic_mails")}
        union
        select 'student', student_unique_id, {_NAME}
        from edfi.student_education_organization_association as at_school
        join edfi.student as person using (student_unique_id)
        where {_HAS.format(mails="at_school.electronic_mails")}
    ), known as (
        select person.*, held.number, held.ended_at from person left join lateral (
            select number, ended_at from access.account
            where case person.kind when 'staff' then staff_unique_id when 'contact' then contact_unique_id
                else student_unique_id end = person.unique_id
            order by ended_at desc nulls first limit 1
        ) as held on true
    )
    select kind, unique_id, name, number as account, ended_at is not null as ended from known where number is null
    union all
    select null, null, null, number, bool_or(ended_at is not null) from (
        select number, ended_at from known where number is not null
        union all select number, ended_at from access.account where email = %(email)s and ended_at is null
    ) as accounts group by number
"""
