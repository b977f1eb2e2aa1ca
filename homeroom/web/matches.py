"""Who might be one person, and waits for somebody to decide?"""

from __future__ import annotations

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from homeroom.access.matches import awaiting_review
from homeroom.access.permissions import Action
from homeroom.web.pages import page, use

router = APIRouter()


@router.get("/matches", response_class=HTMLResponse)
async def matches(request: Request, number: int = Query(1, alias="page", ge=1, le=1_000_000)) -> HTMLResponse:
    async with use(request, Action.SEE_MATCHES) as opened:
        found = await awaiting_review(opened, number)
    return page(request, "matches.html", found=found)
