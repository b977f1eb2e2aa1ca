"""The keys of applications, by numbers as the Admin API has them. A secret is told when it is made, never again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from homeroom.access.administration.applications import add_key, application
from homeroom.access.administration.changes import Change
from homeroom.access.administration.faults import not_there, not_valid
from homeroom.access.agreements import kept
from homeroom.access.agreements.keys import Key, enable_client, remove_client, reset_secret
from homeroom.access.agreements.states import State
from homeroom.access.door import Use

ACTIVE = "Active"


@dataclass(frozen=True)
class ApiClient:
    """A key by its number. `enabled`: whether it may open something, once the agreement lets it; `status`: what it
    opens, in words."""

    id: int
    application: int
    key: str
    name: str
    enabled: bool
    organizations: tuple[int, ...]
    status: str


async def api_clients(use: Use, application_number: int) -> Sequence[ApiClient]:
    """The keys of an application; none where there is none of that number."""
    rows = await use.rows(f"{_API_CLIENTS} and application = %(application)s order by api_client.id",
                          application=application_number)  # fmt: skip
    return [await _read(use, row) for row in rows]


async def api_client(use: Use, number: int) -> ApiClient:
    """The key of that number. Raises NotThere where there is none."""
    row = await use.row(f"{_API_CLIENTS} and api_client.id = %(id)s", id=number)
    if row is None:
        raise not_there("API client", number)
    return await _read(use, row)


async def add_api_client(change: Change, application_number: int, name: str, enabled: bool) -> tuple[int, Key]:
    """Give an application one more key; its number, and the key. Raises NotValid where there is no such application."""
    if await change.use.row("select id from access.application where id = %(id)s", id=application_number) is None:
        raise not_valid("ApplicationId", f"There is no application {application_number}.")
    key = await add_key(change, application_number, name, enabled)
    row = await change.use.row("select id from access.api_client where key = %(key)s", key=key.key)
    return (int(row["id"]) if row else 0), key


async def change_api_client(change: Change, number: int, application_number: int, name: str, enabled: bool) -> None:
    """Name a key, and let it open something or not. Raises NotThere, and NotValid where it were to be another's."""
    found = await api_client(change.use, number)
    if found.application != application_number:
        raise not_valid("ApplicationId", "A key stays with its application. Give the other one a key of its own.")
    await change.use.row("update access.api_client set name = %(name)s where id = %(id)s returning id",
                         id=number, name=name)  # fmt: skip
    await enable_client(change.use, found.key, enabled)
    await change.note(f"key {found.key} changed, and turned {'on' if enabled else 'off'}")


async def delete_api_client(change: Change, number: int) -> None:
    """Let a key open nothing any more, at once. Raises NotThere."""
    found = await api_client(change.use, number)
    await change.use.row("delete from access.api_client where id = %(id)s returning id", id=number)
    await remove_client(change.use, found.key, change.by)
    await change.note(f"key {found.key} removed")


async def reset_api_client(change: Change, number: int) -> tuple[ApiClient, Key]:
    """A new secret for a key; the one of before opens nothing from now on. Raises NotThere."""
    found = await api_client(change.use, number)
    key = await reset_secret(change.use, found.key)
    await change.note(f"key {found.key} has a new secret")
    return found, key


async def reset_application(change: Change, application_number: int) -> Key:
    """The same for an application with one key. Raises NotThere, and NotValid where it has none or several."""
    await application(change.use, application_number)
    found = await api_clients(change.use, application_number)
    if len(found) != 1:
        raise not_valid(
            "Id", f"The application has {len(found)} keys. Name one: PUT /v2/apiclients/ID/reset-credential"
        )
    return (await reset_api_client(change, found[0].id))[1]


async def _read(use: Use, row: dict[str, Any]) -> ApiClient:
    agreement, suspended = row.pop("agreement"), row.pop("suspended")
    organizations = tuple(row.pop("organizations"))
    found = await kept.agreement(use, agreement)
    if not row["enabled"]:
        status = "Turned off"
    elif suspended:
        status = "Suspended"
    elif found.state is State.ACTIVE:
        status = ACTIVE if found.in_force(date.today()) else f"Agreement {agreement} is over"
    else:
        status = f"Agreement {agreement} is {found.state}"
    return ApiClient(**row, organizations=organizations, status=status)


_API_CLIENTS = """
    select api_client.id, application, key, api_client.name, enabled, education_organizations as organizations,
        application.agreement, coalesce(
            (select state from access.client_change where client = key order by id desc limit 1) = 'suspended', false
        ) as suspended
    from access.api_client join access.client using (key) join access.application on application.id = application
    where removed_at is null
"""
