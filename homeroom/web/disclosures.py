"""To whom a student was shown, as a file of entries with their proofs; and the public tree, which tells of nobody."""

from __future__ import annotations

import json
from contextlib import AbstractAsyncContextManager
from uuid import UUID

from fastapi import APIRouter, HTTPException, Request, Response

from homeroom.access.disclosure_log import tiles
from homeroom.access.disclosure_log.export import export_of
from homeroom.access.disclosure_log.sequencing import signed_checkpoint
from homeroom.access.door import Door, Use
from homeroom.access.permissions import ANYBODY, Action, purpose_of
from homeroom.web.desks import desks_of
from homeroom.web.pages import use

router = APIRouter()
# What says of nobody that anything of them was shown, and is everybody's to check.
tree = APIRouter()


@router.get("/students/{record_id}/disclosures")
async def of_student(request: Request, record_id: str) -> Response:
    try:
        wanted = UUID(record_id)
    except ValueError:
        raise HTTPException(404) from None
    async with use(request, Action.SEE_DISCLOSURES) as opened:
        found = await export_of(opened, wanted, request.app.state.district, desks_of(request).log_key())
    if found is None:
        raise HTTPException(404)
    body = json.dumps(found, ensure_ascii=False, indent=1)
    return Response(
        body, media_type="application/json", headers={"Content-Disposition": 'attachment; filename="disclosures.json"'}
    )


@tree.get("/log/checkpoint")
async def checkpoint(request: Request) -> Response:
    async with _tree(request) as opened:
        note = await signed_checkpoint(opened.record, desks_of(request).log_key())
    return Response(note, media_type="text/plain")


@tree.get("/log/tile/{path:path}")
async def tile(request: Request, path: str) -> Response:
    async with _tree(request) as opened:
        found = await tiles.tile_at(opened.record, path)
    if found is None:
        raise HTTPException(404)
    return Response(found, media_type="application/octet-stream")


def _tree(request: Request) -> AbstractAsyncContextManager[Use]:
    door: Door = request.app.state.door
    return door.use(ANYBODY, Action.SEE_LOG_TREE, purpose_of(ANYBODY, Action.SEE_LOG_TREE))
