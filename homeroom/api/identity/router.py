"""The addresses of the Ed-Fi Identity API 2.0."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from homeroom.access import identities
from homeroom.access.agreements.keys import Client
from homeroom.access.door import Use, check
from homeroom.access.permissions import Action, purpose_of
from homeroom.api import problems
from homeroom.api.addresses import base_of
from homeroom.api.callers import caller_of, door_of
from homeroom.api.identity.answers import INCOMPLETE, answer, by_id
from homeroom.api.identity.descriptions import read_create, read_ids, read_search
from homeroom.api.identity.desk import matches
from homeroom.api.identity.results import Found, Results
from homeroom.api.received import json_of

router = APIRouter(prefix="/identity/v2")

# Up to so many are answered at once; more, or who asks for it (RFC 7240), are told where to fetch the answer.
MOST_AT_ONCE = 100
_SECONDS_OF_A_RUN = 60
_SOMEBODY_SAME = (
    "Somebody who is or may be this person has an id already. Search for them; if nobody is found, the person is "
    "outside of what the agreement lets you see: turn to the district."
)


@router.post("/identities/find")
async def find(request: Request) -> Response:
    """Which of some unique ids exist, with what the agreement names of each: one answer for each, in their order."""
    caller = await caller_of(request)
    ids = read_ids(await json_of(request))
    async with _use(request, caller, Action.FIND_IDENTITIES) as use:
        return JSONResponse(await answer(use, by_id(ids)))


@router.post("/identities/search")
async def search(request: Request) -> Response:
    """Who may be meant by each description, with how surely: one answer for each, in their order."""
    caller = await caller_of(request)
    asked = read_search(await json_of(request))
    check(caller.principal, Action.FIND_IDENTITIES, purpose_of(caller.principal, Action.FIND_IDENTITIES))
    if len(asked) <= MOST_AT_ONCE and "respond-async" not in request.headers.get("prefer", "").lower():
        # Others have the record to themselves meanwhile.
        found = await matches(request, asked)
        async with _use(request, caller, Action.FIND_IDENTITIES) as use:
            return JSONResponse(await answer(use, found))

    async def finding() -> Found:
        return await matches(request, asked)

    word = _results(request).begin(caller.key, finding())
    return Response(status_code=202, headers={"Location": f"{base_of(request)}/identity/v2/identities/results/{word}"})


@router.get("/identities/results/{word}")
async def result(request: Request, word: str) -> Response:
    """The answer to a search that was accepted before."""
    caller = await caller_of(request)
    finding = _results(request).fetch(caller.key, word)
    if finding is None:
        raise problems.not_found("There is no such search, or its result was kept long enough. Search again.")
    if not finding.done():
        return JSONResponse(INCOMPLETE)
    async with _use(request, caller, Action.FIND_IDENTITIES) as use:
        return JSONResponse(await answer(use, finding.result()))


@router.get("/identities/{unique_id}")
async def by_unique_id(request: Request, unique_id: str) -> Response:
    """One student by unique id."""
    caller = await caller_of(request)
    async with _use(request, caller, Action.FIND_IDENTITIES) as use:
        (found,) = (await answer(use, by_id([unique_id])))["SearchResponses"]
    if not found["Responses"]:
        raise problems.not_found("There is no student of that id whom the agreement lets you see.")
    return JSONResponse(found["Responses"][0])


# The specification has no address of its own for it; some clients ask for one.
@router.post("/identities/create")
@router.post("/identities")
async def create(request: Request) -> Response:
    """A new unique id, for a student whom nobody has: the id. Where somebody may be the same, none is made."""
    caller = await caller_of(request)
    said = read_create(await json_of(request))
    created: Any = None
    async with _use(request, caller, Action.CREATE_IDENTITIES) as use:
        if not await identities.one_at_a_time(use):
            words = "The district's systems are being brought together right now. Try again in a minute."
            raise problems.later(words, _SECONDS_OF_A_RUN)
        (same,) = await matches(request, [said])
        if same:
            await identities.refuse(use, same)
        else:
            created = await identities.create(use, said)
    # After what was learned is written on the log.
    if created is None:
        raise problems.conflict(_SOMEBODY_SAME)
    return JSONResponse(created)


@asynccontextmanager
async def _use(request: Request, caller: Client, action: Action) -> AsyncIterator[Use]:
    """The record, for what an app does under its agreement. Raises Refused where that does not let it."""
    principal = caller.principal
    async with door_of(request).use(principal, action, purpose_of(principal, action)) as opened:
        yield opened


def _results(request: Request) -> Results:
    results: Results = request.app.state.results
    return results
