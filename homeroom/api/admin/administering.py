"""Who uses the Admin API: a program in the name of a data manager, known by the token that comes with each request."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from homeroom.access.administration.administrators import administrator_with
from homeroom.access.administration.changes import Change, begin
from homeroom.access.administration.faults import Conflict, NotThere, NotValid
from homeroom.access.door import Use, check
from homeroom.access.permissions import GATEKEEPER, Action, Purpose, purpose_of
from homeroom.api import problems
from homeroom.api.admin.errors import not_as_described
from homeroom.api.callers import door_of, token_of
from homeroom.api.received import body_of


class AdministrationRoute(APIRoute):
    """A route that is answered in one transaction, in the name of whoever asks: all of a request is done, or nothing.

    It is looked up who asks before what they sent is.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            text = await body_of(request)
            action = Action.SEE_AGREEMENTS if request.method == "GET" else Action.DECIDE_AGREEMENTS
            async with _administering(request, action) as found:
                request.state.administering = found
                return await answer(Request(request.scope, _receive(text.encode())))

        return handle


@dataclass(frozen=True)
class _Administering:
    use: Use
    key: str


async def _use_of(request: Request) -> Use:
    found: _Administering = request.state.administering
    return found.use


async def _change_of(request: Request) -> Change:
    found: _Administering = request.state.administering
    return await begin(found.use, found.use.principal.name, found.key)


# What a route looks with, and with what it changes something.
Looking = Annotated[Use, Depends(_use_of)]
Changing = Annotated[Change, Depends(_change_of)]


@asynccontextmanager
async def _administering(request: Request, action: Action) -> AsyncIterator[_Administering]:
    token = token_of(request)
    async with door_of(request).use(GATEKEEPER, Action.CHECK_KEYS, Purpose.ADMISSION) as admitted:
        found = await administrator_with(admitted, token)
        if found is None:
            raise problems.not_authenticated()
        purpose = purpose_of(found.principal, action)
        check(found.principal, action, purpose)
        use = replace(admitted, principal=found.principal, action=action, purpose=purpose)
        try:
            yield _Administering(use, found.key)
        except RequestValidationError as wrong:
            raise not_as_described(wrong.errors()) from None
        except NotValid as wrong:
            raise problems.not_valid(wrong.faults) from None
        except NotThere as missing:
            raise problems.not_found(str(missing)) from None
        except Conflict as conflict:
            raise problems.conflict(str(conflict)) from None


def _receive(body: bytes) -> Callable[[], Coroutine[Any, Any, dict[str, Any]]]:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
