"""The endpoint for sensors (1EdTech Caliper Analytics 1.2, section 6, Endpoint): one address, to which envelopes go."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from homeroom.access.learning_events.receiving import receive_envelope
from homeroom.access.permissions import Action
from homeroom.api import problems
from homeroom.api.caliper.envelope import read_envelope
from homeroom.api.callers import asking, token_of
from homeroom.api.received import body_of, is_json, plain_json

router = APIRouter(prefix="/caliper")


@router.post("/v1p2")
async def receive(request: Request) -> JSONResponse:
    """Take an envelope whole, or refuse it whole. 200 says that it is kept, for the next run to bring to students."""
    token_of(request)
    if not is_json(request):
        raise problems.wrong_media_type()
    text = await body_of(request)
    event_ids = read_envelope(plain_json(text))
    async with asking(request, Action.SEND_LEARNING_EVENTS) as use:
        new = await receive_envelope(use, text, event_ids)
    return JSONResponse({"events": len(event_ids), "new": new})
