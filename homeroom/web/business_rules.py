"""What in our record breaks a rule of how schools work, does it get better, and whom does it concern?"""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from homeroom.access import business_rules as record
from homeroom.access.permissions import Action
from homeroom.web.pages import page, use

router = APIRouter()


@router.get("/rules", response_class=HTMLResponse)
async def rules(request: Request) -> HTMLResponse:
    async with use(request, Action.SEE_COUNTS) as opened:
        found = await record.counts(opened)
    return page(request, "rules.html", rules=found)


@router.get("/rules/{name}", response_class=HTMLResponse)
async def of_rule(
    request: Request, name: str, number: int = Query(1, alias="page", ge=1, le=1_000_000)
) -> HTMLResponse:
    async with use(request, Action.SEE_FINDINGS) as opened:
        found = await record.of_rule(opened, name, number)
    if found is None:
        raise HTTPException(404)
    return page(request, "rule.html", found=found)
