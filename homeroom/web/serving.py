"""Serve the pages on this machine, to this machine, and the interface for programs beside them."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from homeroom.access.door import prepare
from homeroom.errors import CannotRun
from homeroom.web.application import application
from homeroom.web.desks import Desks
from homeroom.web.sign_in_ways import SignInWays

ADDRESS = "127.0.0.1"
# Where the interface for programs stands.
PROGRAMS = "/api"


def serve(
    url: str,
    district: str,
    desks: Desks,
    ways: SignInWays,
    port: int,
    ready: Callable[[str, str], None],
    programs: FastAPI,
) -> None:
    """Serve the record at `url` until interrupted.

    `ready` is told the address once it can be opened, and the link that lets whoever started it in once, '' where there
    are other ways. `desks`: who does for the pages what they can't do themselves; `ways`: how people sign in.
    `programs`: what is served under `PROGRAMS`, beside the pages and not among them. Port 0 takes any free one.
    Raises CannotRun where the port is taken, or the record can't be opened.
    """
    # Only of a socket that says that it is TCP does asyncio send what is small at once: else each answer waits 40 ms.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((ADDRESS, port))
        except OSError as problem:
            raise CannotRun(
                f"Port {port} of this machine is taken or not allowed. Stop what uses it, or choose another: --port N."
            ) from problem
        taken = listening.getsockname()[1]
        prepare(url)
        pages = application(url, district, desks, ways)
        # No access log: an address or a form could name somebody.
        settings = uvicorn.Config(
            beside(pages, programs),
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="on",
            timeout_graceful_shutdown=3,
        )
        address = f"http://{ADDRESS}:{taken}"
        server = _Server(settings, lambda: ready(f"{address}/", pages.state.link and address + pages.state.link))
        server.run(sockets=[listening])


def beside(pages: FastAPI, programs: FastAPI) -> ASGIApp:
    """Both applications as one: each has what guards it, and the one knows nothing of the other."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with pages.router.lifespan_context(pages), programs.router.lifespan_context(programs):
            yield

    both = Starlette(lifespan=lifespan)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "lifespan":
            await both(scope, receive, send)
        elif path == PROGRAMS or path.startswith(f"{PROGRAMS}/"):
            # The root is asked for with and without a stroke at its end.
            path = f"{PROGRAMS}/" if path == PROGRAMS else path
            await programs({**scope, "path": path, "root_path": PROGRAMS}, receive, send)
        else:
            await pages(scope, receive, send)

    return answer


class _Server(uvicorn.Server):
    """Tells when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()
