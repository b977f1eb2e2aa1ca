"""What was set aside, why, and what is to be done about it?"""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from homeroom.access import quarantine as record
from homeroom.access.permissions import Action
from homeroom.web.pages import page, use

router = APIRouter()


@router.get("/quarantine", response_class=HTMLResponse)
async def by_rule(request: Request) -> HTMLResponse:
    async with use(request, Action.SEE_QUARANTINE) as opened:
        found = await record.groups(opened)
    return page(request, "quarantine.html", reasons=record.reasons(found))


@router.get("/quarantine/{source}/{rule}", response_class=HTMLResponse)
async def of_rule(
    request: Request, source: str, rule: str, number: int = Query(1, alias="page", ge=1, le=1_000_000)
) -> HTMLResponse:
    async with use(request, Action.SEE_QUARANTINE) as opened:
        found = await record.of_rule(opened, source, rule, number)
    if found is None:
        raise HTTPException(404)
    return page(request, "quarantine_rule.html", found=found)
