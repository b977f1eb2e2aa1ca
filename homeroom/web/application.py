"""The pages as one application: what is asked, what guards it, and what is said when something is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from homeroom.access.door import Door, Refused
from homeroom.errors import HomeroomError
from homeroom.web import matches, overview, quarantine, sources, students
from homeroom.web.pages import page

# Only this machine asks, by these names: a page of another site that points its own name here is refused.
HOSTS = ["127.0.0.1", "localhost", "[::1]"]

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


def application(url: str, district: str) -> FastAPI:
    """The pages of one district, whose record is at `url`."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with Door(url) as door:
            app.state.door = door
            yield

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.district = district
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    for room in (overview, sources, students, matches, quarantine):
        app.include_router(room.router)
    app.add_exception_handler(HTTPException, _not_found)
    app.add_exception_handler(HomeroomError, _in_words)
    app.add_exception_handler(Exception, _unforeseen)
    app.middleware("http")(_guard)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=HOSTS)
    return app


async def _guard(request: Request, answer: Callable[[Request], Awaitable[Response]]) -> Response:
    """A form is taken only from our own pages; every answer carries the same headers."""
    if request.method not in ("GET", "HEAD") and not _from_our_page(request):
        response: Response = page(request, "problem.html", 403, title="This form came from another site", words="")
    else:
        response = await answer(request)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _from_our_page(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    return origin is None or origin == f"{request.url.scheme}://{request.headers.get('host')}"


async def _not_found(request: Request, problem: Exception) -> HTMLResponse:
    status = problem.status_code if isinstance(problem, HTTPException) else 500
    if status == 405:
        words = "This address takes no such request."
    else:
        words = "The address may be mistyped, or what it named is no longer in the record."
    return page(request, "problem.html", status, title="There is no such page", words=words)


async def _in_words(request: Request, problem: Exception) -> HTMLResponse:
    if isinstance(problem, Refused):
        return page(request, "problem.html", 403, title="You may not see this", words=str(problem))
    return page(request, "problem.html", 503, title="This can't be shown now", words=str(problem))


async def _unforeseen(request: Request, problem: Exception) -> HTMLResponse:
    words = f"Something unforeseen happened ({type(problem).__name__}). Nothing was changed. Try again."
    return page(request, "problem.html", 500, title="This can't be shown now", words=words)
