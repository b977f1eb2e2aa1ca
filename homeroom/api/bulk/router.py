"""Files of whole resources: `/bulk/v1/ed-fi/{resource}`, with `/deletes` and `/keyChanges` beside them as for pages.

No standard of the field has them; names and parameters are those of the Ed-Fi Resources API. A file is fetched as HTTP
has it: in pieces by `Range`, which `If-Range` with its `ETag` keeps to the same file (RFC 9110, 13.1.5 and 14).
"""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, JSONResponse
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

from homeroom.access.bulk.files import BulkFiles
from homeroom.access.bulk.making import Made, Order
from homeroom.access.bulk.release import released_by
from homeroom.access.door import Use
from homeroom.access.permissions import Action
from homeroom.access.resources.agreed import fields_named, terms_of
from homeroom.access.resources.refusals import Busy
from homeroom.access.snapshots import NoSnapshot, Snapshot, Snapshots
from homeroom.api import problems
from homeroom.api.bulk.parameters import read_order
from homeroom.api.callers import asking, door_of
from homeroom.api.edfi.endpoints import RESOURCE_OF
from homeroom.api.edfi.snapshots import held_by, is_of_snapshot, snapshots_of
from homeroom.api.entity_tags import has_already

BELOW = "/bulk/v1/"
router = APIRouter(prefix="/bulk/v1")

_SECONDS = 5


@router.api_route("/ed-fi/{endpoint}", methods=["GET", "HEAD"])
async def rows(request: Request, endpoint: str) -> Response:
    """All rows of a resource as a file, or those that changed since a change version."""
    return await _file(request, endpoint, "")


@router.api_route("/ed-fi/{endpoint}/{part}", methods=["GET", "HEAD"])
async def changes(request: Request, endpoint: str, part: str) -> Response:
    """The keys of rows that were deleted, or keys that changed, as a file."""
    return await _file(request, endpoint, part)


async def _file(request: Request, endpoint: str, part: str) -> Response:
    held: Snapshot | None = None
    async with asking(request, Action.READ_RESOURCES) as use:
        if endpoint not in RESOURCE_OF:
            raise problems.not_found("There is no such resource. Codes are read in pages.")
        order = read_order(request.query_params.multi_items(), RESOURCE_OF[endpoint], part)
        on_behalf_of = await released_by(use)
        fields_named(terms_of(use), order.resource)
        if is_of_snapshot(request):
            held = held_by(request, use)
        principal = use.principal
    try:
        made = await _files_of(request).file(
            door_of(request),
            principal,
            order,
            on_behalf_of,
            state=partial(_of_snapshot, snapshots_of(request), held) if held else None,
            snapshot=held.id if held else None,
            anew=request.headers.get("cache-control", "").lower() == "no-cache" and "range" not in request.headers,
        )
    except Busy as busy:
        raise problems.later(str(busy), busy.seconds) from None
    except NoSnapshot as problem:
        raise problems.not_found(str(problem)) from None
    if made is None:
        words = "The file is being made. Ask for it again by the same address."
        return JSONResponse({"detail": words}, 202, {"Retry-After": str(_SECONDS)})
    return _answer(request, order, made)


def _answer(request: Request, order: Order, made: Made) -> Response:
    tag = f'"{made.sha256.hex()}"'
    headers = {
        "ETag": tag,
        # RFC 9530, section 3.
        "Repr-Digest": f"sha-256=:{base64.b64encode(made.sha256).decode()}:",
        "Newest-Change-Version": str(made.newest_change_version),
    }
    if has_already(request, tag):
        return Response(status_code=304, headers=headers)
    return FileResponse(made.path, headers=headers, media_type="application/octet-stream", filename=order.name)


@asynccontextmanager
async def _of_snapshot(snapshots: Snapshots, held: Snapshot, use: Use) -> AsyncIterator[tuple[Use, int]]:
    async with snapshots.reading(use, held.id) as seen:
        yield seen, held.newest_change_version


def _files_of(request: Request) -> BulkFiles:
    found: BulkFiles = request.app.state.bulk
    return found


class CompressedButFiles(GZipMiddleware):
    """Answers are compressed but for files: what is encrypted gets no smaller, and its pieces stay as they are."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> Any:
        if BELOW in scope.get("path", ""):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)
