"""Where everything is: the document at the root, as the Ed-Fi Discovery API 1.0 has it."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request, Response

from homeroom.access.resources.loading_order import loading_order
from homeroom.api.addresses import base_of
from homeroom.api.edfi.openapi import descriptors_document, resources_document
from homeroom.model import DESCRIPTORS, RESOURCES

router = APIRouter()


@router.get("/")
async def root(request: Request) -> dict[str, Any]:
    """What this is, the data model that it speaks, and the addresses of its parts."""
    base = base_of(request)
    number = version("homeroom")
    return {
        "version": number,
        "informationalVersion": f"Homeroom {number}",
        "suite": "3",
        "build": number,
        "dataModels": [
            {"name": "Ed-Fi", "version": "5.2.0", "informationalVersion": "The Ed-Fi Data Model 5.2"},
        ],
        "urls": {
            "dependencies": f"{base}/metadata/data/v3/dependencies",
            "openApiMetadata": f"{base}/metadata",
            "oauth": f"{base}/oauth/token",
            "dataManagementApi": f"{base}/data/v3",
            "changeQueries": f"{base}/changeQueries/v1",
            "identity": f"{base}/identity/v2",
        },
    }


@router.get("/metadata")
async def metadata(request: Request) -> list[dict[str, str]]:
    """The descriptions of the interfaces that are served here."""
    base = base_of(request)
    return [
        {"name": name, "endpointUri": f"{base}/metadata/data/v3/{name.lower()}/swagger.json", "prefix": ""}
        for name in ("Resources", "Descriptors")
    ]


@router.get("/metadata/data/v3/resources/swagger.json")
async def resources(request: Request) -> Response:
    """All resources, as OpenAPI."""
    return Response(_resources(base_of(request)), media_type="application/json")


@router.get("/metadata/data/v3/descriptors/swagger.json")
async def descriptors(request: Request) -> Response:
    """All descriptors, as OpenAPI."""
    return Response(_descriptors(base_of(request)), media_type="application/json")


@router.get("/metadata/data/v3/dependencies")
async def dependencies() -> list[dict[str, Any]]:
    """In which order resources can be loaded: descriptors first, and each resource after those that it refers to."""
    places = [(type_.endpoint, 1) for type_ in DESCRIPTORS.values()]
    places += [(RESOURCES[name].endpoint, place + 1) for name, place in loading_order()]
    # Nobody can write through this interface yet.
    return [{"resource": f"/ed-fi/{endpoint}", "order": order, "operations": []} for endpoint, order in places]


# Made once for each name by which this is asked: they are some megabytes.
@lru_cache(4)
def _resources(base: str) -> bytes:
    return json.dumps(resources_document(base)).encode()


@lru_cache(4)
def _descriptors(base: str) -> bytes:
    return json.dumps(descriptors_document(base)).encode()
