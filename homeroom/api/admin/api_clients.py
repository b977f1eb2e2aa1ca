"""`/v2/apiclients`: the keys of applications."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from homeroom.access.administration import api_clients as kept
from homeroom.access.administration.api_clients import ApiClient
from homeroom.access.agreements.keys import Key
from homeroom.access.sandbox.mark import is_sandbox
from homeroom.api.admin.administering import AdministrationRoute, Changing, Looking
from homeroom.api.admin.applications import check_instances
from homeroom.api.admin.created import created
from homeroom.api.admin.models import ApiClientAnswer, ApiClientKey, ApiClientSent
from homeroom.api.admin.numbers import HIGHEST, InPath

router = APIRouter(tags=["Apiclients"], route_class=AdministrationRoute)


@router.get("")
async def api_clients(
    use: Looking, application_id: Annotated[int, Query(alias="applicationid", ge=1, le=HIGHEST)]
) -> list[ApiClientAnswer]:
    """The keys of an application."""
    sandbox = await is_sandbox(use)
    return [_told(one, sandbox) for one in await kept.api_clients(use, application_id)]


@router.post("", status_code=201, response_model=ApiClientKey)
async def add_api_client(request: Request, change: Changing, sent: ApiClientSent) -> Response:
    """Give an application one more key."""
    check_instances(sent.ods_instance_ids)
    number, key = await kept.add_api_client(change, sent.application_id, sent.name, sent.is_approved)
    return created(request, f"apiclients/{number}", _key(number, sent.name, sent.application_id, key))


@router.get("/{id}")
async def api_client(use: Looking, id: InPath) -> ApiClientAnswer:
    """One key."""
    return _told(await kept.api_client(use, id), await is_sandbox(use))


@router.put("/{id}", response_class=Response)
async def change_api_client(change: Changing, id: InPath, sent: ApiClientSent) -> None:
    """Name a key, and let it open something or not."""
    check_instances(sent.ods_instance_ids)
    await kept.change_api_client(change, id, sent.application_id, sent.name, sent.is_approved)


@router.delete("/{id}", response_class=Response)
async def delete_api_client(change: Changing, id: InPath) -> None:
    """Let a key open nothing any more."""
    await kept.delete_api_client(change, id)


@router.put("/{id}/reset-credential")
async def reset_credential(change: Changing, id: InPath) -> ApiClientKey:
    """A new secret for a key; that of before opens nothing from now on."""
    found, key = await kept.reset_api_client(change, id)
    return _key(id, found.name, found.application, key)


def _told(one: ApiClient, sandbox: bool) -> ApiClientAnswer:
    return ApiClientAnswer(
        id=one.id,
        key=one.key,
        name=one.name,
        is_approved=one.enabled,
        use_sandbox=sandbox,
        application_id=one.application,
        key_status=one.status,
        education_organization_ids=list(one.organizations),
    )


def _key(number: int, name: str, application: int, key: Key) -> ApiClientKey:
    return ApiClientKey(id=number, name=name, application_id=application, key=key.key, secret=key.secret)
