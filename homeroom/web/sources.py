"""Where does our data come from, and did all of it arrive?"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from homeroom.access import deliveries
from homeroom.access.held_deliveries import delivered
from homeroom.access.permissions import Action
from homeroom.web.desks import desks_of
from homeroom.web.pages import page, use

router = APIRouter()


@router.get("/sources", response_class=HTMLResponse)
async def sources(request: Request) -> HTMLResponse:
    async with use(request, Action.SEE_SOURCES) as opened:
        found = await deliveries.sources(opened)
        states = {one.delivery_id: one for one in await delivered(opened)}
    mapped = desks_of(request).mapping.sources()
    return page(request, "sources.html", sources=found, states=states, mapped=mapped)
