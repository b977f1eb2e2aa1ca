"""`/v2/odsInstances` and `/v2/tenants`: what a district has one of.

A district is one database, made on its own machine (`homeroom init`): the Admin API tells of it, and makes none.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from homeroom.access.administration.applications import applications as kept_applications
from homeroom.access.administration.district import district_name
from homeroom.access.administration.faults import NotThere, not_there
from homeroom.access.door import Use
from homeroom.access.sandbox.mark import is_sandbox
from homeroom.api.admin.administering import AdministrationRoute, Looking
from homeroom.api.admin.applications import told as told_application
from homeroom.api.admin.models import (
    ApplicationAnswer,
    OdsInstanceAnswer,
    OdsInstanceContextAnswer,
    OdsInstanceDerivativeAnswer,
    OdsInstanceDetails,
    TenantAnswer,
)
from homeroom.api.admin.numbers import DISTRICT, InPath
from homeroom.api.admin.paging import Asked, same
from homeroom.api.admin.refused import refuse

router = APIRouter(route_class=AdministrationRoute)

# The specification's word for all that is administered, where there is but one.
_TENANT = "default"
_REFUSED = {
    "/odsInstances": "A district is one database, which is made at its own machine: homeroom init DIR.",
    "/odsInstanceContexts": "A district is one database, which no context has to choose.",
    "/odsInstanceDerivatives": "A district is one database. Readers hold a snapshot of it for themselves.",
}


@router.get("/tenants", tags=["Tenants"])
async def tenants() -> list[TenantAnswer]:
    """The one district that is administered here."""
    return [TenantAnswer(tenant_name=_TENANT)]


@router.get("/tenants/{tenantName}", tags=["Tenants"])
async def tenant(tenantName: str) -> TenantAnswer:
    """The same by its name."""
    if tenantName.lower() != _TENANT:
        raise NotThere("There is one tenant: default.")
    return TenantAnswer(tenant_name=_TENANT)


@router.get("/odsInstances", tags=["OdsInstances"])
async def ods_instances(
    use: Looking,
    part: Asked,
    id: Annotated[int | None, Query()] = None,
    name: str | None = None,
    instance_type: Annotated[str | None, Query(alias="instanceType")] = None,
) -> list[OdsInstanceAnswer]:
    """The district."""
    one = OdsInstanceAnswer(**await _district(use))
    asked = id in (None, one.id) and same(name, one.name) and same(instance_type, one.instance_type)
    return part.of(OdsInstanceAnswer, [one] if asked else [])


@router.get("/odsInstances/{id}", tags=["OdsInstances"])
async def ods_instance(use: Looking, id: InPath) -> OdsInstanceDetails:
    """The district, which has neither contexts nor derivatives."""
    _check(id)
    return OdsInstanceDetails(**await _district(use))


@router.get("/odsInstances/{id}/applications", tags=["OdsInstances"])
async def applications(use: Looking, id: InPath) -> list[ApplicationAnswer]:
    """All applications."""
    _check(id)
    return [told_application(one) for one in await kept_applications(use)]


@router.get("/odsInstanceContexts", tags=["OdsInstanceContexts"])
async def contexts(part: Asked) -> list[OdsInstanceContextAnswer]:
    """None."""
    return part.of(OdsInstanceContextAnswer, [])


@router.get("/odsInstanceContexts/{id}", tags=["OdsInstanceContexts"])
async def context(id: InPath) -> OdsInstanceContextAnswer:
    """None."""
    raise not_there("context of an ODS instance", id)


@router.get("/odsInstanceDerivatives", tags=["OdsInstanceDerivatives"])
async def derivatives(part: Asked) -> list[OdsInstanceDerivativeAnswer]:
    """None."""
    return part.of(OdsInstanceDerivativeAnswer, [])


@router.get("/odsInstanceDerivatives/{id}", tags=["OdsInstanceDerivatives"])
async def derivative(id: InPath) -> OdsInstanceDerivativeAnswer:
    """None."""
    raise not_there("derivative of an ODS instance", id)


for _path, _reason in _REFUSED.items():
    refuse(router, _path, _reason)


async def _district(use: Use) -> dict:
    return {
        "id": DISTRICT,
        "name": await district_name(use),
        "instance_type": "Sandbox" if await is_sandbox(use) else "District",
    }


def _check(number: int) -> None:
    if number != DISTRICT:
        raise not_there("ODS instance", number)
