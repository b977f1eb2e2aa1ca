"""`/v2/applications`: each an agreement underneath, which somebody else has to approve."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from homeroom.access.administration import applications as kept
from homeroom.access.administration.api_clients import reset_application
from homeroom.access.administration.applications import Application, ApplicationTerms
from homeroom.access.administration.faults import not_valid
from homeroom.api.admin.administering import AdministrationRoute, Changing, Looking
from homeroom.api.admin.created import created
from homeroom.api.admin.models import ApplicationAnswer, ApplicationKey, ApplicationSent
from homeroom.api.admin.numbers import DISTRICT, InPath
from homeroom.api.admin.paging import Asked, any_of, same

router = APIRouter(prefix="/applications", tags=["Applications"], route_class=AdministrationRoute)


@router.get("")
async def applications(
    use: Looking,
    part: Asked,
    id: Annotated[int | None, Query()] = None,
    application_name: Annotated[str | None, Query(alias="applicationName")] = None,
    claim_set_name: Annotated[str | None, Query(alias="claimsetName")] = None,
    ids: Annotated[str | None, Query(description="Numbers, with commas between them.")] = None,
) -> list[ApplicationAnswer]:
    """All applications that are as the parameters say."""
    numbers = any_of(ids)
    found = [
        told(one)
        for one in await kept.applications(use)
        if id in (None, one.id)
        and (ids is None or str(one.id) in numbers)
        and same(application_name, one.name)
        and same(claim_set_name, one.claim_set)
    ]
    return part.of(ApplicationAnswer, found)


@router.post("", status_code=201, response_model=ApplicationKey)
async def add_application(request: Request, change: Changing, sent: ApplicationSent) -> Response:
    """Ask for an application. Its key opens nothing until somebody else approved the agreement."""
    number, key = await kept.add_application(change, _terms(sent), sent.enabled is not False)
    return created(request, f"applications/{number}", ApplicationKey(id=number, key=key.key, secret=key.secret))


@router.get("/{id}")
async def application(use: Looking, id: InPath) -> ApplicationAnswer:
    """One application."""
    return told(await kept.application(use, id))


@router.put("/{id}", response_class=Response)
async def change_application(change: Changing, id: InPath, sent: ApplicationSent) -> None:
    """Change an application. With other terms its agreement ends, and another one is asked for."""
    await kept.change_application(change, id, _terms(sent), sent.enabled)


@router.delete("/{id}", response_class=Response)
async def delete_application(change: Changing, id: InPath) -> None:
    """End an application: its agreement ends, and its keys open nothing any more."""
    await kept.end_application(change, id)


@router.put("/{id}/reset-credential")
async def reset_credential(change: Changing, id: InPath) -> ApplicationKey:
    """A new secret for the key of an application; that of before opens nothing from now on."""
    key = await reset_application(change, id)
    return ApplicationKey(id=id, key=key.key, secret=key.secret)


def told(one: Application) -> ApplicationAnswer:
    """An application as it is answered."""
    return ApplicationAnswer(
        id=one.id,
        application_name=one.name,
        claim_set_name=one.claim_set,
        education_organization_ids=list(one.organizations),
        vendor_id=one.vendor,
        profile_ids=list(one.profiles),
        enabled=one.enabled,
    )


def check_instances(numbers: list[int]) -> None:
    """Raises NotValid where an ODS instance is named that is not the district."""
    if set(numbers) != {DISTRICT}:
        raise not_valid("OdsInstanceIds", f"There is one ODS instance here, the district: [{DISTRICT}].")


def _terms(sent: ApplicationSent) -> ApplicationTerms:
    check_instances(sent.ods_instance_ids)
    organizations = tuple(dict.fromkeys(sent.education_organization_ids))
    profiles = tuple(dict.fromkeys(sent.profile_ids or ()))
    return ApplicationTerms(sent.vendor_id, sent.application_name, sent.claim_set_name, organizations, profiles)
