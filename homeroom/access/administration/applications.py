"""Applications, as the Admin API has them: each an agreement underneath, which somebody else has to approve.

The terms of an agreement are never changed. An application that is to have others has a new agreement, which is asked
for as the first was; the one of before ends at once, and the application's keys open nothing until somebody approved.
In a sandbox nobody has to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from homeroom.access.administration.agreed import agreed_terms, tried_out_terms
from homeroom.access.administration.changes import Change
from homeroom.access.administration.claim_sets import claim_set_called
from homeroom.access.administration.faults import Conflict, NotValid, not_there, not_valid
from homeroom.access.administration.profiles import names_of
from homeroom.access.administration.vendors import VendorTerms, forget_vendor, vendor, write_vendor
from homeroom.access.agreements import kept
from homeroom.access.agreements.keys import Key, enable_client, move_client, promise_client, remove_client
from homeroom.access.agreements.states import State
from homeroom.access.agreements.terms import Terms
from homeroom.access.door import Use
from homeroom.access.sandbox.clients import agree_at_once
from homeroom.access.sandbox.mark import is_sandbox
from homeroom.errors import WrongUse

_WHY = "Asked over the Admin API."


@dataclass(frozen=True)
class ApplicationTerms:
    """What an application is asked to be. `organizations`: ids of education organizations, with all below them;
    `profiles`: the numbers of those by which it reads and writes."""

    vendor: int
    name: str
    claim_set: str
    organizations: tuple[int, ...]
    profiles: tuple[int, ...]


@dataclass(frozen=True)
class Application(ApplicationTerms):
    """An application by its number. `agreement`: that which holds for it now; `enabled`: whether any key may open
    something, once the agreement lets it."""

    id: int
    agreement: int
    enabled: bool


async def applications(use: Use, vendor_number: int | None = None) -> Sequence[Application]:
    """All applications, or those of a vendor. There are as many as the district has apps."""
    rows = await use.rows(f"{_APPLICATIONS} where vendor = coalesce(%(vendor)s::bigint, vendor) order by id",
                          vendor=vendor_number)  # fmt: skip
    return [_read(row) for row in rows]


async def application(use: Use, number: int) -> Application:
    """The application of that number. Raises NotThere where there is none."""
    row = await use.row(f"{_APPLICATIONS} where application.id = %(id)s", id=number)
    if row is None:
        raise not_there("application", number)
    return _read(row)


async def add_application(change: Change, asked: ApplicationTerms, enabled: bool) -> tuple[int, Key]:
    """Ask for an application; its number, and the key of its first client.

    Raises NotValid where its terms are none, and Conflict where the vendor has one of that name.
    """
    terms = await _terms(change.use, asked)
    await _check_name(change.use, asked, None)
    agreement = await _agree(change, terms, _WHY)
    row = await change.use.row(_ADD, **_asked(asked), agreement=agreement)
    number = int(row["id"]) if row else 0
    await change.note(f"application {number} added, under agreement {agreement}")
    return number, await add_key(change, number, asked.name, enabled)


async def change_application(change: Change, number: int, asked: ApplicationTerms, enabled: bool | None) -> None:
    """Let an application be what is asked; `enabled`: whether its keys may open something, None: as they did.

    Raises NotThere, NotValid and Conflict.
    """
    before = await application(change.use, number)
    if asked.vendor != before.vendor:
        # Who has the keys would be told things as somebody else.
        raise not_valid("VendorId", "An application stays with its vendor. Ask for one of the other vendor.")
    terms = await _terms(change.use, asked)
    await _check_name(change.use, asked, number)
    await change.use.row(_CHANGE, id=number, **_asked(asked))
    await _agree_anew(change, before, terms)
    if enabled is not None:
        for key in await _keys(change.use, number):
            await enable_client(change.use, key, enabled)
        await change.note(f"application {number}: its keys were turned {'on' if enabled else 'off'}")


async def end_application(change: Change, number: int) -> None:
    """End an application: its agreement ends, and its keys open nothing any more. Raises NotThere."""
    found = await application(change.use, number)
    for key in await _keys(change.use, number):
        await remove_client(change.use, key, change.by)
    await change.use.rows("delete from access.api_client where application = %(id)s returning id", id=number)
    await change.use.row("delete from access.application where id = %(id)s returning id", id=number)
    await _end(change, found.agreement, "The application was deleted over the Admin API.")
    await change.note(f"application {number} deleted, and agreement {found.agreement} ended")


async def change_vendor(change: Change, number: int, terms: VendorTerms) -> None:
    """Say it of a vendor, and ask anew for all its applications where that is anything else than before."""
    if await write_vendor(change, number, terms):
        for one in await applications(change.use, number):
            await _agree_anew(change, one, await _terms(change.use, one))


async def delete_vendor(change: Change, number: int) -> None:
    """End all applications of a vendor, and forget it. Raises NotThere."""
    for one in await applications(change.use, number):
        await end_application(change, one.id)
    await forget_vendor(change, number)


async def add_key(change: Change, number: int, name: str, enabled: bool) -> Key:
    """Give an application a key, which opens nothing until its agreement is active. Raises NotThere and NotValid."""
    found = await application(change.use, number)
    agreement = await kept.agreement(change.use, found.agreement)
    if agreement.state is State.ENDED:
        raise not_valid(
            "ApplicationId", f"Agreement {agreement.number} of this application has ended. Ask anew for it with PUT."
        )
    key = await promise_client(change.use, agreement.number, change.by)
    await enable_client(change.use, key.key, enabled)
    await change.use.row(_ADD_KEY, application=number, key=key.key, name=name)
    await change.note(f"key {key.key} given to application {number}")
    return key


async def _terms(use: Use, asked: ApplicationTerms) -> Terms:
    claim_set = await claim_set_called(use, asked.claim_set)
    faults = {} if claim_set else {"ClaimSetName": ["There is no claim set of this name. See GET /v2/claimSets."]}
    found = next(iter(await use.rows("select id from access.vendor where id = %(id)s", id=asked.vendor)), None)
    if found is None:
        faults["VendorId"] = [f"There is no vendor {asked.vendor}."]
    if claim_set is None or faults:
        raise NotValid(faults)
    whose = await vendor(use, asked.vendor)
    if await is_sandbox(use):
        terms = tried_out_terms(whose, asked.name, claim_set, asked.organizations)
    else:
        terms = agreed_terms(whose, asked.name, claim_set, asked.organizations, date.today())
    return replace(terms, profiles=await names_of(use, asked.profiles))


async def _agree(change: Change, terms: Terms, why: str) -> int:
    """Ask for an agreement with these terms, which in a sandbox holds at once; its number."""
    if terms.sandbox:
        return await agree_at_once(change.use, terms, change.by, why)
    try:
        return (await kept.ask(change.use, terms, change.by, why)).number
    except WrongUse as wrong:
        # Of terms that were made here only the organizations can be such as the record does not have.
        raise not_valid("EducationOrganizationIds", str(wrong)) from None


async def _agree_anew(change: Change, before: Application, terms: Terms) -> None:
    """Have the application under an agreement with these terms, where the one that it has says something else."""
    agreement = await kept.agreement(change.use, before.agreement)
    lasting = replace(terms, begin=agreement.terms.begin, end=agreement.terms.end)
    over = agreement.state is State.ENDED or date.today() > agreement.terms.end
    if lasting == agreement.terms and not over:
        return
    number = await _agree(change, terms, f"In the place of agreement {agreement.number}, over the Admin API.")
    for key in await _keys(change.use, before.id):
        await move_client(change.use, key, number)
    await change.use.row("update access.application set agreement = %(agreement)s where id = %(id)s returning id",
                         id=before.id, agreement=number)  # fmt: skip
    await _end(change, agreement.number, f"Agreement {number} was asked for in its place, over the Admin API.")
    await change.note(f"application {before.id} asked for anew, under agreement {number}")


async def _end(change: Change, number: int, why: str) -> None:
    if (await kept.agreement(change.use, number)).state is not State.ENDED:
        await kept.change(change.use, number, State.ENDED, change.by, why)


async def _check_name(use: Use, asked: ApplicationTerms, number: int | None) -> None:
    taken = await use.row(_NAMED, vendor=asked.vendor, name=asked.name)
    if taken is not None and taken["id"] != number:
        raise Conflict(
            f"Vendor {asked.vendor} has an application of this name: {taken['id']}. Change that one with PUT."
        )


async def _keys(use: Use, number: int) -> list[str]:
    return [row["key"] for row in await use.rows(_KEYS, id=number)]


def _asked(asked: ApplicationTerms) -> dict[str, Any]:
    return {"vendor": asked.vendor, "name": asked.name, "claim_set": asked.claim_set.strip(),
            "organizations": list(asked.organizations), "profiles": list(asked.profiles)}  # fmt: skip


def _read(row: dict[str, Any]) -> Application:
    return Application(**row | {name: tuple(row[name]) for name in ("organizations", "profiles")})


_APPLICATIONS = """
    select id, vendor, name, claim_set, education_organizations as organizations, profiles, agreement,
        exists (select from access.api_client join access.client using (key)
            where api_client.application = application.id and enabled and removed_at is null) as enabled
    from access.application
"""
_NAMED = "select id from access.application where vendor = %(vendor)s and lower(name) = lower(%(name)s)"
# A key that was removed at the district's machine is none any more.
_KEYS = """
    select key from access.api_client join access.client using (key)
    where application = %(id)s and removed_at is null order by id
"""
_ADD = """
    insert into access.application (vendor, name, claim_set, education_organizations, profiles, agreement)
    values (%(vendor)s, %(name)s, %(claim_set)s, %(organizations)s, %(profiles)s, %(agreement)s) returning id
"""
_CHANGE = """
    update access.application set name = %(name)s, claim_set = %(claim_set)s,
        education_organizations = %(organizations)s, profiles = %(profiles)s
    where id = %(id)s returning id
"""
_ADD_KEY = """
    insert into access.api_client (application, key, name) values (%(application)s, %(key)s, %(name)s) returning id
"""
