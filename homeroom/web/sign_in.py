"""Who are you? With the district's provider, a passkey, or the link that this machine printed; and signing out."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response, status
from fastapi.responses import HTMLResponse, RedirectResponse

from homeroom.access.accounts import one_time, sessions
from homeroom.access.accounts.binding import account_of
from homeroom.access.accounts.one_time import Kind
from homeroom.access.door import Refused
from homeroom.web.addresses import address_of, by_name, own_path
from homeroom.web.pages import page
from homeroom.web.provider import SignInFailed
from homeroom.web.sign_in_ways import ways_of
from homeroom.web.visitors import doorkeeper, forget, keep, keep_session, session_word, visitor, word_of

router = APIRouter()

# The page where a passkey is asked for is the one kind with a script: our own file, which asks us alone.
WITH_SCRIPT = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
# What holds an attempt to sign in while somebody is at the provider.
_ATTEMPT = "attempt"


@router.get("/sign-in", response_class=HTMLResponse)
async def ask(request: Request, to: str = "/", out: bool = False) -> HTMLResponse:
    """The ways to sign in. `to`: the page that was wanted."""
    answer = page(
        request,
        "sign_in.html",
        to=own_path(to),
        out=out,
        provider=ways_of(request).provider,
        demo=request.app.state.demo,
        this_machine=request.app.state.prints_link,
        by_number=by_name(request),
    )
    answer.headers.update(WITH_SCRIPT)
    return answer


@router.get("/sign-in/provider")
async def send_there(request: Request, to: str = "/") -> Response:
    provider = ways_of(request).provider
    if provider is None:
        raise HTTPException(404)
    address, held = await provider.send_there(_back(request))
    async with doorkeeper(request) as use:
        word = await one_time.give(use, Kind.PROVIDER, held=held | {"to": own_path(to)})
    response = RedirectResponse(address, status.HTTP_303_SEE_OTHER)
    keep(request, response, _ATTEMPT, word)
    return response


@router.get("/sign-in/back")
async def come_back(request: Request) -> Response:
    provider = ways_of(request).provider
    if provider is None:
        raise HTTPException(404)
    async with doorkeeper(request) as use:
        attempt = await one_time.take(use, Kind.PROVIDER, word_of(request, _ATTEMPT))
    if attempt is None:
        raise SignInFailed("This answer belongs to no attempt to sign in here, or came too late. Sign in again.")
    held = attempt["held"]
    told = await provider.who_came_back(request.query_params, held, _back(request))
    async with doorkeeper(request) as use:
        number = await account_of(use, told.issuer, told.subject, told.email)
    response = await signed_in(request, number, held["to"])
    forget(request, response, _ATTEMPT)
    return response


@router.post("/sign-in/demo")
async def as_made_up(request: Request, account: Annotated[int, Form()], to: Annotated[str, Form()] = "/") -> Response:
    """Only in a demonstration, and only as one of its made-up people."""
    if account not in [one.account for one in request.app.state.demo]:
        raise Refused("Only the demonstration lets you in without knowing who you are. Take another way to sign in.")
    return await signed_in(request, account, to)


@router.get("/sign-in/once/{word}")
async def with_link(request: Request, word: str) -> Response:
    """The link that `homeroom serve` printed for whoever started it."""
    async with doorkeeper(request) as use:
        good = await one_time.take(use, Kind.THIS_MACHINE, word)
    if good is None:
        raise SignInFailed("This link was used, or is too old. Start homeroom serve again: it prints a new one.")
    return await signed_in(request, None, "/")


@router.post("/sign-in/as", dependencies=[Depends(visitor)])
async def as_another(request: Request, role: Annotated[str, Form(max_length=40)]) -> Response:
    """Be here as another of the things that one is: a teacher who is a parent too."""
    async with doorkeeper(request) as use:
        await sessions.act_as(use, session_word(request), role)
    return RedirectResponse("/", status.HTTP_303_SEE_OTHER)


@router.post("/sign-out", dependencies=[Depends(visitor)])
async def leave(request: Request) -> Response:
    async with doorkeeper(request) as use:
        await sessions.end(use, session_word(request))
    response = RedirectResponse("/sign-in?out=true", status.HTTP_303_SEE_OTHER)
    forget(request, response, "session")
    return response


async def signed_in(request: Request, account: int | None, to: str) -> Response:
    """Begin a session, with a word of its own, and go on to the page that was wanted; one of before is over."""
    async with doorkeeper(request) as use:
        await sessions.end(use, session_word(request))
        word = await sessions.begin(use, account)
    response = RedirectResponse(own_path(to), status.HTTP_303_SEE_OTHER)
    keep_session(request, response, word)
    return response


def sign_in_first(request: Request) -> Response:
    """To the page that asks who it is, and from there to the one that was wanted."""
    path = request.url.path
    wanted = f"?to={quote(path)}" if request.method == "GET" and path != "/" else ""
    return RedirectResponse(f"/sign-in{wanted}", status.HTTP_303_SEE_OTHER)


def _back(request: Request) -> str:
    return f"{address_of(request)}/sign-in/back"
