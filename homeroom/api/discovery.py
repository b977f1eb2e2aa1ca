"""Where everything is: the document at the root, as the Ed-Fi Discovery API 1.0 has it."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request

from homeroom.api.addresses import base_of

router = APIRouter()

# The version of the Ed-Fi ODS/API whose ways this has: readers ask it whether they can page by tokens.
ODS_VERSION = "7.3"


@router.get("/")
async def root(request: Request) -> dict[str, Any]:
    """What this is, the data model that it speaks, and the addresses of its parts."""
    base = base_of(request)
    number = version("homeroom")
    return {
        "version": ODS_VERSION,
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
            "oneRoster": f"{base}/ims/oneroster",
        },
    }
