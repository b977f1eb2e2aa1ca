"""The interface for programs as one application: what is asked, what guards it, and what is said when it is wrong.

It stands beside the pages and not among them: no form of a browser guards it, but a token on each request.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from homeroom.access.bulk.files import BulkFiles
from homeroom.access.door import Door, Refused
from homeroom.access.snapshots import Snapshots
from homeroom.access.webhooks.service import Webhooks
from homeroom.api import discovery, oauth, problems
from homeroom.api.addresses import THIS_MACHINE, host_of
from homeroom.api.admin import errors as admin_errors
from homeroom.api.admin import router as admin
from homeroom.api.bulk import router as bulk_files
from homeroom.api.caliper import router as caliper
from homeroom.api.edfi import metadata
from homeroom.api.edfi import router as edfi
from homeroom.api.failed_attempts import FailedAttempts
from homeroom.api.identity import router as identity
from homeroom.api.identity.desk import IdentityDesk
from homeroom.api.identity.results import Results
from homeroom.api.oneroster import router as oneroster
from homeroom.api.oneroster.status_info import is_asked, status_info
from homeroom.api.problems import Problem
from homeroom.api.webhooks import router as webhooks
from homeroom.api.xapi import router as xapi
from homeroom.api.xapi.parameters import in_every_answer
from homeroom.errors import HomeroomError, WrongUse

_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
# A page of 500 rows takes half the time that the highest one takes, and a few bytes more.
_COMPRESSION = 6

_log = logging.getLogger(__name__)


def application(url: str, address: str, desk: IdentityDesk, bulk: Path, secret_of: Callable[[int], bytes]) -> FastAPI:
    """The interface of one district, whose record is at `url` and was prepared (`homeroom.access.door.prepare`).

    `address`: where apps find it; `desk`: who finds students by what is said of them; `bulk`: the folder for files of
    whole resources; `secret_of`: with which notices to the app of an agreement are signed.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            Door(url) as door,
            Snapshots(url) as snapshots,
            BulkFiles(url, bulk) as files,
            Webhooks(door, secret_of),
        ):
            app.state.door = door
            app.state.snapshots = snapshots
            app.state.bulk = files
            app.state.results = Results()
            yield
            await app.state.results.stop()
            desk.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.desk = desk
    app.state.failed = FailedAttempts()
    app.state.address = address.rstrip("/")
    app.state.hosts = THIS_MACHINE | {(urlsplit(address).hostname or "").lower()}
    for router in (discovery.router, metadata.router, oauth.router, identity.router, edfi.router, edfi.change_queries,
                   oneroster.router, caliper.router, xapi.router,
                   bulk_files.router, webhooks.router, admin.router):  # fmt: skip
        app.include_router(router)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(HTTPException, _no_address)
    app.add_exception_handler(HomeroomError, _in_words)
    app.add_middleware(bulk_files.CompressedButFiles, compresslevel=_COMPRESSION)
    app.add_middleware(_Guard)
    return app


def _answered(request: Request, problem: Problem) -> Response:
    """A problem in the words of the standard whose address was asked."""
    if admin_errors.is_asked(request):
        return admin_errors.admin_error(problem)
    return status_info(request, problem) if is_asked(request) else problem.response()


class _Guard:
    """Only who names this interface by its own name is answered; no traceback leaves.

    It hands answers on as they are sent: Starlette's own frame for such a guard runs each request in a task group of
    its own, which takes as long as a statement does.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, begun = Request(scope, receive), False

        async def sending(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in (_HEADERS | in_every_answer(request)).items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            if host_of(request) in request.app.state.hosts:
                await self._app(scope, receive, sending)
            else:
                words = "This interface has another name. Ask it by the address that came with the key."
                await _answered(request, problems.bad_request(words))(scope, receive, sending)
        except Exception as problem:  # noqa: BLE001 - the last door: what it says might hold a value of somebody's row
            answer = _answered(request, _unforeseen(problem))
            if begun:
                # What was begun can't be taken back: the connection is closed in the middle of it.
                raise _CutOff from None
            await answer(scope, receive, sending)


class _CutOff(Exception):
    """An answer stopped after it was begun; why is written down."""


async def _problem(request: Request, problem: Exception) -> Response:
    return _answered(request, problem if isinstance(problem, Problem) else _unforeseen(problem))


async def _no_address(request: Request, problem: Exception) -> Response:
    if isinstance(problem, HTTPException) and problem.status_code == 405:
        return _answered(request, problems.wrong_method())
    return _answered(request, problems.not_found("There is no such address here."))


async def _in_words(request: Request, problem: Exception) -> Response:
    if isinstance(problem, Refused):
        return _answered(request, problems.not_allowed(str(problem)))
    if isinstance(problem, WrongUse):
        return _answered(request, problems.bad_request(str(problem)))
    return _answered(request, problems.bad_gateway("The record does not answer now. Try again later."))


def _unforeseen(problem: Exception) -> Problem:
    """Only the kind and the place are told and logged, never the words of the problem."""
    place = traceback.extract_tb(problem.__traceback__)[-1]
    what = f"{type(problem).__name__} at {Path(place.filename).name}:{place.lineno}"
    _log.error("The interface for programs stopped at something unforeseen: %s", what)
    return problems.unforeseen(what)
