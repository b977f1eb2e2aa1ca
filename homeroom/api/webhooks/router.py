"""The notices to an agreement's app: `/webhooks/v1/messages`. No standard of the field has such addresses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from homeroom.access.door import Use
from homeroom.access.permissions import Action
from homeroom.access.webhooks.kept import messages, replay
from homeroom.api import problems
from homeroom.api.callers import asking

router = APIRouter(prefix="/webhooks/v1")


@router.get("/messages")
async def sent(request: Request) -> JSONResponse:
    """The newest messages, with what became of each."""
    async with asking(request, Action.READ_RESOURCES) as use:
        found = await messages(use, _agreement(use))
    return JSONResponse([_told(one) for one in found])


@router.post("/messages/{id_}/replay")
async def again(request: Request, id_: str) -> Response:
    """Send a message again, under its id."""
    async with asking(request, Action.READ_RESOURCES) as use:
        found = await replay(use, _agreement(use), id_ if id_.isascii() and id_.isprintable() else "")
    if not found:
        raise problems.not_found("There is no such message.")
    return Response(status_code=202)


def _agreement(use: Use) -> int:
    return use.principal.agreement.number if use.principal.agreement else 0


def _told(message: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": message["id"],
        "message": json.loads(message["body"]),
        "attempts": message["attempts"],
        "lastAnswer": message["last_answer"],
        "deliveredDateTime": message["delivered_at"] and message["delivered_at"].isoformat(),
        "nextDateTime": message["next_at"] and message["next_at"].isoformat(),
    }
