"""The answer to what was made: 201, and where it is."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from homeroom.api.addresses import base_of


def created(request: Request, place: str, told: BaseModel | None = None) -> Response:
    """`place`: below `/v2`; `told`: what is told of it, which the specification has for keys alone."""
    headers = {"Location": f"{base_of(request)}/admin/v2/{place}"}
    if told is None:
        return Response(status_code=201, headers=headers)
    return JSONResponse(told.model_dump(by_alias=True), 201, headers)
