"""The Admin API described as OpenAPI, made of its own routes."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi

from homeroom.api.problems import MEDIA_TYPE

# As the Ed-Fi Management API is numbered.
VERSION = "2.3.0"
_ERROR = "AdminApiError"
_PROBLEMS = {
    "400": "Something is wrong with what was sent.",
    "401": "The token opens nothing.",
    "403": "This may not be done here.",
    "404": "There is no such thing.",
    "409": "There is such a thing already.",
    "413": "More was sent than is taken.",
}
_ERROR_SCHEMA = {
    "type": "object",
    "required": ["title", "status"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
}


def document(base: str, router: APIRouter, scope: str) -> dict[str, Any]:
    """The description of what `router` serves below the address `base` of the interface."""
    told = get_openapi(
        title="Ed-Fi Admin API",
        version=VERSION,
        description="Vendors, applications and keys. Each application is a data-use agreement underneath: its key "
        "opens nothing until somebody else of the district approved it. No student is shown.",
        routes=router.routes,
        servers=[{"url": base}],
    )
    error = {"content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{_ERROR}"}}}}
    for operations in told["paths"].values():
        for operation in operations.values():
            # What FastAPI would answer by itself.
            operation["responses"].pop("422", None)
            operation["responses"] |= {status: {"description": words, **error} for status, words in _PROBLEMS.items()}
    components = told["components"]
    for name in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(name, None)
    components["schemas"][_ERROR] = _ERROR_SCHEMA
    flow = {"tokenUrl": f"{base}/admin/connect/token", "scopes": {scope: "All of the Admin API."}}
    components["securitySchemes"] = {"oauth": {"type": "oauth2", "flows": {"clientCredentials": flow}}}
    told["security"] = [{"oauth": [scope]}]
    return told
