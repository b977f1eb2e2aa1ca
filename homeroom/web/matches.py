"""Who might be one person, and waits for somebody to decide? What was decided, and can it be undone?"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from homeroom.access.match_decisions import MatchDecision, PairKey, decide, decisions, undo
from homeroom.access.matches import awaiting_review
from homeroom.access.permissions import Action
from homeroom.web.pages import page, use

router = APIRouter()

# Ids of sources go in the body of a form: an address would stay in the browser's history.
_Text = Annotated[str, Form(max_length=500)]


@router.get("/matches", response_class=HTMLResponse)
async def matches(request: Request, number: int = Query(1, alias="page", ge=1, le=1_000_000)) -> HTMLResponse:
    async with use(request, Action.SEE_MATCHES) as opened:
        found = await awaiting_review(opened, number)
    return page(request, "matches.html", found=found)


@router.post("/matches", response_class=HTMLResponse)
async def decided(
    request: Request,
    kind: _Text,
    left_source: _Text,
    left_id: _Text,
    right_source: _Text,
    right_id: _Text,
    decision: Annotated[MatchDecision, Form()],
    note: Annotated[str, Form(max_length=2000)] = "",
) -> RedirectResponse:
    pair = PairKey(kind, left_source, left_id, right_source, right_id)
    async with use(request, Action.DECIDE_MATCHES) as opened:
        known = await decide(opened, pair, decision, note)
    if not known:
        raise HTTPException(404)
    return RedirectResponse("/matches", 303)


@router.get("/matches/decisions", response_class=HTMLResponse)
async def taken(request: Request) -> HTMLResponse:
    async with use(request, Action.SEE_MATCHES) as opened:
        found = await decisions(opened)
    return page(request, "match_decisions.html", decisions=found)


@router.post("/matches/decisions", response_class=HTMLResponse)
async def undone(
    request: Request, kind: _Text, left_source: _Text, left_id: _Text, right_source: _Text, right_id: _Text
) -> RedirectResponse:
    async with use(request, Action.DECIDE_MATCHES) as opened:
        if not await undo(opened, PairKey(kind, left_source, left_id, right_source, right_id)):
            raise HTTPException(404)
    return RedirectResponse("/matches/decisions", 303)
