"""Why is this delivery held, and shall it come into the record?"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request, status
from fastapi.responses import HTMLResponse, RedirectResponse

from homeroom.access import held_deliveries as deliveries
from homeroom.access.permissions import Action
from homeroom.web.pages import page, use

router = APIRouter()


@router.get("/sources/deliveries/{delivery_id}", response_class=HTMLResponse)
async def delivery(request: Request, delivery_id: str) -> HTMLResponse:
    async with use(request, Action.SEE_SOURCES) as opened:
        found = await deliveries.one(opened, delivery_id)
    if found is None:
        raise HTTPException(404)
    return page(request, "delivery.html", found=found, states=deliveries.State)


@router.post("/sources/deliveries/{delivery_id}")
async def decide(
    request: Request,
    delivery_id: str,
    source: Annotated[str, Form(max_length=40)],
    decision: Annotated[Literal["pass", "refuse"], Form()],
    note: Annotated[str, Form(max_length=deliveries.LONGEST_NOTE)] = "",
) -> RedirectResponse:
    async with use(request, Action.DECIDE_DELIVERIES) as opened:
        found = await deliveries.decide(opened, source, decision, delivery_id, note)
    return RedirectResponse(f"/sources/deliveries/{found.delivery_id}", status.HTTP_303_SEE_OTHER)
