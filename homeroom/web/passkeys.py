"""Make a passkey by an invitation, and sign in with one: what the page's script asks, as JSON."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from homeroom.access.accounts import one_time, passkeys
from homeroom.access.accounts.kept import account
from homeroom.access.accounts.one_time import Kind
from homeroom.access.accounts.passkeys import Asked
from homeroom.access.door import Refused
from homeroom.errors import HomeroomError
from homeroom.web.addresses import by_name, own_path, site_of
from homeroom.web.pages import page
from homeroom.web.sign_in import WITH_SCRIPT, signed_in
from homeroom.web.visitors import doorkeeper, forget, keep, word_of

router = APIRouter()

# What holds the question of a passkey until its answer comes.
_ASKED = "passkey"


@router.get("/sign-in/invitation/{invitation}", response_class=HTMLResponse)
async def invited(request: Request, invitation: str) -> HTMLResponse:
    async with doorkeeper(request) as use:
        held = await one_time.look_at(use, Kind.INVITATION, invitation)
        if held is None:
            raise Refused("This invitation is used or too old. Ask whoever sent it for a new one.")
        name = (await account(use, held["account"])).name
    answer = page(request, "invitation.html", name=name, invitation=invitation, by_number=by_name(request))
    answer.headers.update(WITH_SCRIPT)
    return answer


@router.post("/sign-in/invitation/{invitation}/question")
async def ask_for_new(request: Request, invitation: str) -> Response:
    async with doorkeeper(request) as use:
        asked = await passkeys.ask_for_new(use, invitation, site_of(request), request.app.state.district)
    return _question(request, asked)


@router.post("/sign-in/invitation/{invitation}/answer")
async def keep_new(request: Request, invitation: str, answer: dict[str, Any]) -> Response:
    try:
        async with doorkeeper(request) as use:
            number = await passkeys.keep_new(use, invitation, word_of(request, _ASKED), answer, site_of(request))
    except HomeroomError as problem:
        return _no(problem)
    return await _come_in(request, number, "/")


@router.post("/sign-in/passkey/question")
async def ask_for_any(request: Request) -> Response:
    async with doorkeeper(request) as use:
        asked = await passkeys.ask_for_any(use, site_of(request))
    return _question(request, asked)


@router.post("/sign-in/passkey/answer")
async def holder(request: Request, answer: dict[str, Any], to: str = "/") -> Response:
    try:
        async with doorkeeper(request) as use:
            number = await passkeys.holder_of(use, word_of(request, _ASKED), answer, site_of(request))
    except HomeroomError as problem:
        return _no(problem)
    return await _come_in(request, number, to)


def _question(request: Request, asked: Asked) -> Response:
    response = Response(asked.options, media_type="application/json")
    keep(request, response, _ASKED, asked.word)
    return response


async def _come_in(request: Request, number: int, to: str) -> Response:
    """The cookie of a session, and in JSON where to go: a script that follows a redirect does not show a page."""
    begun = await signed_in(request, number, to)
    response = JSONResponse({"to": own_path(to)})
    response.raw_headers.extend((name, value) for name, value in begun.raw_headers if name == b"set-cookie")
    forget(request, response, _ASKED)
    return response


def _no(problem: HomeroomError) -> Response:
    return JSONResponse({"words": str(problem)}, 403)
