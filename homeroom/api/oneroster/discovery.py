"""Where the services describe themselves: OpenAPI at the addresses of OneRoster 1.2 (REST binding, service discovery).

The names that the certification guide has for the files lead to the same. 1.1 has no such place; its description stands
at the like one.
"""

from __future__ import annotations

import json
from functools import lru_cache

from fastapi import APIRouter, Request, Response

from homeroom.access.oneroster.collections import SERVICES
from homeroom.access.oneroster.declaration import Version
from homeroom.api import problems
from homeroom.api.addresses import base_of
from homeroom.api.oneroster.openapi import document

router = APIRouter()
_FILES = {
    "onerosterv1p2rostersservice_openapi3_v1p0.json": "rostering",
    "imsorv1p2_rostering_openapi3_v1p0.json": "rostering",
    "onerosterv1p2gradebookservice_openapi3_v1p0.json": "gradebook",
    "imsorv1p2_gradebook_openapi3_v1p0.json": "gradebook",
    "onerosterv1p2resourcesservice_openapi3_v1p0.json": "resources",
    "imsorv1p2_resources_openapi3_v1p0.json": "resources",
}
FILE_OF_1P1 = "onerosterv1p1_openapi3_v1p0.json"


@router.get("/{service}/v1p2/discovery/{file}")
async def described(request: Request, service: str, file: str) -> Response:
    """A service of 1.2, as OpenAPI. It wants no token: it says nothing of any district's record."""
    if service not in SERVICES or _FILES.get(file) != service:
        raise problems.not_found("There is no such description. The reference names them.")
    return Response(_document(base_of(request), service, Version.V1P2), media_type="application/json")


@router.get("/v1p1/discovery/{file}")
async def described_1p1(request: Request, file: str) -> Response:
    """All of 1.1, as OpenAPI."""
    if file != FILE_OF_1P1:
        raise problems.not_found("There is no such description. The reference names them.")
    return Response(_document(base_of(request), "rostering", Version.V1P1), media_type="application/json")


@lru_cache(8)
def _document(base: str, service: str, version: Version) -> bytes:
    return json.dumps(document(base, service, version), separators=(",", ":")).encode()
