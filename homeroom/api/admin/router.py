"""The Admin API as one part of the interface: what it is, its description, and its addresses under `/admin/v2`."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request

from homeroom.api.addresses import base_of
from homeroom.api.admin import (
    api_clients,
    applications,
    claim_sets,
    connect,
    ods_instances,
    profiles,
    resource_claims,
    vendors,
)
from homeroom.api.admin.connect import FULL_ACCESS
from homeroom.api.admin.models import InformationAnswer
from homeroom.api.admin.openapi import VERSION, document

router = APIRouter(prefix="/admin")
_version_2 = APIRouter(prefix="/v2")
for _part in (vendors, applications, claim_sets, resource_claims, ods_instances, profiles):
    _version_2.include_router(_part.router)
_version_2.include_router(api_clients.router, prefix="/apiclients")
# The specification writes it in small letters; many who use it, as everything else is written.
_version_2.include_router(api_clients.router, prefix="/apiClients", include_in_schema=False)
router.include_router(_version_2)
router.include_router(connect.router)


@router.get("", include_in_schema=False)
@router.get("/", include_in_schema=False)
async def information() -> InformationAnswer:
    """What this is. It wants no token."""
    return InformationAnswer(version=VERSION.rpartition(".")[0], build=version("homeroom"))


@router.get("/swagger/v2/swagger.json", include_in_schema=False)
async def description(request: Request) -> dict[str, Any]:
    """All of it, as OpenAPI. It wants no token: it says nothing of any district."""
    return document(base_of(request), _described, FULL_ACCESS)


_described = APIRouter(prefix="/admin")
_described.include_router(_version_2)
