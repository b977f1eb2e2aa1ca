"""Which apps have which agreements with us, what do they get, and what did they take?"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Form, HTTPException, Request, status
from fastapi.responses import HTMLResponse, RedirectResponse

from homeroom.access.agreements import kept
from homeroom.access.agreements.keys import clients, reinstate_client
from homeroom.access.agreements.states import STEPS, State
from homeroom.access.agreements.taken import DAYS, taken
from homeroom.access.egress.counting import implied_by
from homeroom.access.permissions import Action
from homeroom.access.words import path_words, words_of
from homeroom.errors import WrongUse
from homeroom.web.pages import page, use

router = APIRouter(prefix="/agreements")


@router.get("", response_class=HTMLResponse)
async def agreements(request: Request) -> HTMLResponse:
    async with use(request, Action.SEE_AGREEMENTS) as opened:
        found = await kept.agreements(opened)
        log, keys = await taken(opened), await clients(opened)
    given: dict[int, int] = {}
    for key in keys:
        given[key["agreement"]] = given.get(key["agreement"], 0) + (key["removed_at"] is None)
    return page(request, "agreements.html", agreements=found, taken=log, keys=given, days=DAYS, today=date.today())


@router.get("/{number}", response_class=HTMLResponse)
async def one(request: Request, number: int) -> HTMLResponse:
    async with use(request, Action.SEE_AGREEMENTS) as opened:
        try:
            found = await kept.agreement(opened, number)
        except WrongUse:
            raise HTTPException(404) from None
        schools = await kept.schools_of(opened, found)
        log, keys = await taken(opened), await clients(opened, number)
        implied = await implied_by(opened.record, found.terms)
    return page(
        request,
        "agreement.html",
        found=found,
        schools=schools,
        taken=log.get(number),
        keys=keys,
        days=DAYS,
        today=date.today(),
        implied=implied,
        steps=STEPS[found.state],
        names={words_of(r): sorted(map(path_words, paths)) for r, paths in found.terms.fields().items()},
        writes={words_of(r): sorted(words) for r, words in found.terms.writes.items()},
    )


@router.post("/{number}/state")
async def change(
    request: Request,
    number: int,
    state: Annotated[Literal["approved", "active", "suspended", "ended"], Form()],
    why: Annotated[str, Form(max_length=kept.LONGEST_WORDS)] = "",
    widen: Annotated[bool, Form()] = False,
) -> RedirectResponse:
    """Take the agreement a step on, in the name of whoever is signed in."""
    async with use(request, Action.DECIDE_AGREEMENTS) as opened:
        await kept.change(opened, number, State(state), opened.principal.name, why, widen)
    return RedirectResponse(f"/agreements/{number}", status.HTTP_303_SEE_OTHER)


@router.post("/{number}/keys/{key}/reinstate")
async def reinstate(
    request: Request, number: int, key: str, why: Annotated[str, Form(min_length=1, max_length=kept.LONGEST_WORDS)]
) -> RedirectResponse:
    """Let a suspended key open again, in the name of whoever is signed in."""
    async with use(request, Action.GIVE_KEYS) as opened:
        await reinstate_client(opened, key, opened.principal.name, why)
    return RedirectResponse(f"/agreements/{number}", status.HTTP_303_SEE_OTHER)
