"""The pages as one application: what is asked, what guards it, and what is said when something is wrong."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from homeroom.access.accounts import one_time
from homeroom.access.accounts.kept import is_any_passkey
from homeroom.access.accounts.one_time import Kind
from homeroom.access.door import Door, Refused
from homeroom.access.permissions import DOORKEEPER, Action, Purpose
from homeroom.access.sandbox.mark import is_sandbox
from homeroom.errors import HomeroomError, WrongUse
from homeroom.web import (
    access,
    agreements,
    business_rules,
    deliveries,
    disclosures,
    mapping,
    matches,
    overview,
    passkeys,
    quality,
    quarantine,
    sign_in,
    sources,
    students,
)
from homeroom.web.addresses import address_of, hosts
from homeroom.web.desks import Desks
from homeroom.web.notices import tell_by_mail
from homeroom.web.pages import page
from homeroom.web.provider import SignInFailed
from homeroom.web.sign_in_ways import SignInWays
from homeroom.web.visitors import NotFromOurForm, SignInFirst, visitor

# Shown to whoever is signed in, as far as the rules let them.
_ROOMS: tuple[APIRouter, ...] = (
    overview.router,
    sources.router,
    deliveries.router,
    mapping.router,
    students.router,
    disclosures.router,
    matches.router,
    quality.router,
    business_rules.router,
    quarantine.router,
    agreements.router,
    access.router,
)
# Shown to whoever asks: the ways in, and the tree of the log, which names nobody.
_OPEN: tuple[APIRouter, ...] = (sign_in.router, passkeys.router, disclosures.tree)

_log = logging.getLogger(__name__)

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # A shared computer must not keep a student's page.
    "Cache-Control": "no-store",
}


def application(url: str, district: str, desks: Desks, ways: SignInWays) -> FastAPI:
    """The pages of one district, whose record is at `url` and was prepared (`homeroom.access.door.prepare`).

    `desks`: who does for the pages what they can't do themselves; `ways`: how people sign in. While it runs its state
    has `link`, the path that lets whoever started it in once, '' where there are other ways.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with Door(url) as door:
            app.state.door = door
            async with door.use(DOORKEEPER, Action.SIGN_IN, Purpose.ADMISSION) as use:
                app.state.sandbox = await is_sandbox(use)
                app.state.demo = await ways.demo(use) if ways.demo else ()
                app.state.prints_link = not (ways.provider or ways.demo or await is_any_passkey(use))
                word = await one_time.give(use, Kind.THIS_MACHINE) if app.state.prints_link else ""
            app.state.link = f"/sign-in/once/{word}" if word else ""
            telling = desks.postman and asyncio.create_task(tell_by_mail(door, district, desks.postman))
            yield
            if telling:
                telling.cancel()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.district = district
    app.state.desks = desks
    app.state.ways = ways
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    for room in _ROOMS:
        app.include_router(room, dependencies=[Depends(visitor)])
    for room in _OPEN:
        app.include_router(room)
    app.add_exception_handler(SignInFirst, _sign_in_first)
    app.add_exception_handler(NotFromOurForm, _not_from_our_form)
    app.add_exception_handler(HTTPException, _not_found)
    app.add_exception_handler(HomeroomError, _in_words)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.middleware("http")(_guard)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts(ways.address))
    return app


async def _guard(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """A form is taken only from our own pages; every answer carries the same headers; no traceback leaves."""
    if request.method not in ("GET", "HEAD") and not _from_our_page(request):
        response: Response = await _not_from_our_form(request)
    else:
        try:
            response = await answer(request)
        except Exception as problem:  # noqa: BLE001 - the last door: what it says might hold a value of somebody's row
            response = _unforeseen(request, problem)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _from_our_page(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or origin == address_of(request)


async def _sign_in_first(request: Request, problem: Exception) -> Response:
    return sign_in.sign_in_first(request)


async def _not_from_our_form(request: Request, problem: Exception | None = None) -> HTMLResponse:
    words = "Load the page anew and send the form from there."
    return page(request, "problem.html", 403, title="This form came from elsewhere", words=words)


async def _not_found(request: Request, problem: Exception) -> HTMLResponse:
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    if status == 405:
        words = "This address takes no such request."
    else:
        words = "The address may be mistyped, or what it named is no longer in the record."
    return page(request, "problem.html", status, title="There is no such page", words=words)


async def _in_words(request: Request, problem: Exception) -> HTMLResponse:
    if isinstance(problem, Refused):
        return page(request, "not_allowed.html", 403, words=str(problem))
    if isinstance(problem, SignInFailed):
        return page(request, "sign_in_failed.html", 403, words=str(problem))
    if isinstance(problem, WrongUse):
        return page(request, "problem.html", 400, title="That can’t be done", words=str(problem))
    return page(request, "problem.html", 503, title="This can’t be shown now", words=str(problem))


async def _not_understood(request: Request, problem: Exception) -> HTMLResponse:
    words = "A part of the address or of the form is not what this page takes."
    return page(request, "problem.html", 400, title="That was not understood", words=words)


def _unforeseen(request: Request, problem: Exception) -> HTMLResponse:
    """Only the kind and the place are told and logged, never the words of the problem."""
    place = traceback.extract_tb(problem.__traceback__)[-1]
    what = f"{type(problem).__name__} at {Path(place.filename).name}:{place.lineno}"
    _log.error("A page stopped at something unforeseen: %s", what)
    words = f"Something unforeseen happened ({what}). Nothing was changed. Try again; if it stays, report these words."
    return page(request, "problem.html", 500, title="This can’t be shown now", words=words)
