"""Who might be one person, and waits for somebody to decide? Decide here, see what was decided, and undo it.

What a person writes to it comes as a form: no note and no id stands in an address.
"""

from __future__ import annotations

import json
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request, status
from fastapi.responses import HTMLResponse, RedirectResponse

from homeroom.access import match_decisions as decided
from homeroom.access.matches import awaiting_review
from homeroom.access.permissions import Action
from homeroom.errors import WrongUse
from homeroom.web.pages import page, use

router = APIRouter()

Kind = Literal["Student", "Staff", "Contact", "EducationOrganization"]
Text = Annotated[str, Form(max_length=500)]


@router.get("/matches", response_class=HTMLResponse)
async def matches(
    request: Request,
    number: int = Query(1, alias="page", ge=1, le=1_000_000),
    kind: Kind | None = None,
    done: int | None = Query(None, ge=1, le=2**62),
) -> HTMLResponse:
    async with use(request, Action.SEE_MATCHES) as opened:
        found = await awaiting_review(opened, number, kind)
        waiting = await decided.next_run(opened)
        last = next(iter(await decided.decisions(opened, done)), None) if done else None
    return page(request, "matches.html", found=found, kind=kind, waiting=waiting, last=last)


@router.post("/matches")
async def decide(
    request: Request,
    kind: Annotated[Kind, Form()],
    left_source: Text,
    left_id: Text,
    right_source: Text,
    right_id: Text,
    decision: Annotated[Literal["together", "apart", "later"], Form()],
    only: Annotated[Kind | None, Form()] = None,
    note: Text = "",
) -> RedirectResponse:
    async with use(request, Action.DECIDE_MATCHES) as opened:
        number = await decided.decide(
            opened, kind, (left_source, left_id), (right_source, right_id), decision, note=note
        )
    only_kind = f"&kind={only}" if only else ""
    return RedirectResponse(f"/matches?done={number}{only_kind}", status.HTTP_303_SEE_OTHER)


@router.post("/matches/take-apart")
async def take_apart(request: Request, kind: Annotated[Kind, Form()], row: Text, note: Text = "") -> RedirectResponse:
    try:
        source, source_id = map(str, json.loads(row))
    except ValueError:
        raise WrongUse("Choose the row that is about somebody else.") from None
    async with use(request, Action.DECIDE_MATCHES) as opened:
        await decided.take_apart(opened, kind, (source, source_id), note)
    return RedirectResponse("/matches/decisions", status.HTTP_303_SEE_OTHER)


@router.get("/matches/decisions", response_class=HTMLResponse)
async def decisions(request: Request) -> HTMLResponse:
    async with use(request, Action.SEE_MATCHES) as opened:
        taken = await decided.decisions(opened)
        waiting = await decided.next_run(opened)
    return page(request, "match_decisions.html", taken=taken, waiting=waiting, most=decided.MOST)


@router.post("/matches/undo")
async def undo(request: Request, number: Annotated[int, Form(ge=1, le=2**62)]) -> RedirectResponse:
    async with use(request, Action.DECIDE_MATCHES) as opened:
        await decided.undo(opened, number)
    return RedirectResponse("/matches/decisions", status.HTTP_303_SEE_OTHER)
