"""The statements and the about resource of xAPI (1.0.3, part 3, 2.1 and 2.8; IEEE 9274.1.1 for 2.0).

The other resources of a learning record store, which keep documents for apps and describe agents and activities, are
not offered: 404.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from homeroom.access.door import Use
from homeroom.access.learning_events.statements import Conflict, receive_statements, statement, statements
from homeroom.access.permissions import Action
from homeroom.api import problems
from homeroom.api.addresses import base_of
from homeroom.api.callers import asking_with_key
from homeroom.api.received import body_of, is_json, plain_json
from homeroom.api.xapi.parameters import CURSOR, SUPPORTED, VERSION_HEADER, read_filter, read_single, version_of
from homeroom.api.xapi.validation import VOIDED, faults_of

router = APIRouter(prefix="/xapi")

_CONSISTENT = "X-Experience-API-Consistent-Through"
_MOST_FAULTS = 20


@router.api_route("/about", methods=["GET", "HEAD"])
async def about() -> JSONResponse:
    """Which versions of the standard are spoken here."""
    return JSONResponse({"version": list(SUPPORTED)}, headers={VERSION_HEADER: SUPPORTED[-2]})


@router.post("/statements")
async def post(request: Request) -> JSONResponse:
    """Take a statement or a list of them, all or none; the answer is their ids."""
    version = version_of(request)
    sent = await _sent(request)
    one = not isinstance(sent, list)
    found = _valid([sent] if one else sent, one)
    for each in found:
        each["id"] = str(UUID(each["id"])) if "id" in each else str(uuid4())
    ids = [each["id"] for each in found]
    if len(set(ids)) < len(ids):
        raise problems.bad_request("Two of the statements have the same id.")
    await _receive(request, found)
    return JSONResponse(ids, headers={VERSION_HEADER: version})


@router.put("/statements")
async def put(request: Request) -> Response:
    """Take one statement under the id in the address."""
    version = version_of(request)
    named = read_single({name: value for name, value in request.query_params.items() if name == "statementId"})
    if named is None:
        raise problems.wrong_parameters(["statementId: it is required."])
    sent = await _sent(request)
    (found,) = _valid([sent], True)
    if str(UUID(found.get("id", named))) != named:
        raise problems.bad_request("The statement has another id than the address.")
    await _receive(request, [{**found, "id": named}])
    return Response(status_code=204, headers={VERSION_HEADER: version})


@router.api_route("/statements", methods=["GET", "HEAD"])
async def get(request: Request) -> Response:
    """One statement by its id, or a page of those that the agreement's apps sent."""
    version = version_of(request)
    parameters = dict(request.query_params)
    id_ = read_single(parameters)
    if id_ is None:
        asked, limit = read_filter(parameters)
        async with _use(request, Action.READ_SENT_EVENTS) as use:
            found = await statements(use, asked, limit)
        body = f'{{"statements":[{",".join(found.documents)}],"more":{json.dumps(_more(request, found.more_after))}}}'
        return _answer(body, version, found.consistent_through)
    async with _use(request, Action.READ_SENT_EVENTS) as use:
        # Statements can't be voided here, so that none is found as a voided one.
        document, through = (None, None) if "voidedStatementId" in parameters else await statement(use, id_)
    if document is None or through is None:
        raise problems.not_found("The app sent no statement of that id.")
    stored = datetime.fromisoformat(json.loads(document)["stored"])
    answer = _answer(document, version, through)
    answer.headers["Last-Modified"] = f"{stored:%a, %d %b %Y %H:%M:%S} GMT"
    return answer


async def _sent(request: Request) -> Any:
    if "authorization" not in request.headers:
        raise problems.not_authenticated()
    if not is_json(request):
        raise problems.wrong_media_type()
    return plain_json(await body_of(request))


def _valid(sent: Sequence[Any], one: bool) -> list[dict[str, Any]]:
    """The statements. Raises Problem where one of them is none, or voids another."""
    told: dict[str, list[str]] = {}
    for place, said in enumerate(sent):
        told |= faults_of(said, "$" if one else f"$[{place}]")
        if len(told) >= _MOST_FAULTS:
            break
    if told:
        raise problems.not_valid(told)
    if any(said["verb"]["id"] == VOIDED for said in sent):
        raise problems.not_allowed("No app may void statements here. What was sent stays said.")
    return [dict(said) for said in sent]


async def _receive(request: Request, found: Sequence[dict[str, Any]]) -> None:
    async with _use(request, Action.SEND_LEARNING_EVENTS) as use:
        await receive_statements(use, found, base_of(request))


@asynccontextmanager
async def _use(request: Request, action: Action) -> AsyncIterator[Use]:
    try:
        async with asking_with_key(request, action) as use:
            yield use
    except Conflict as conflict:
        raise problems.conflict(str(conflict)) from None


def _answer(body: str, version: str, consistent_through: datetime) -> Response:
    headers = {VERSION_HEADER: version, _CONSISTENT: f"{consistent_through.isoformat(timespec='microseconds')}Z"}
    return Response(body, media_type="application/json", headers=headers)


def _more(request: Request, after: int | None) -> str:
    """Where the next page is, from the root of the host on; nothing where there is none."""
    if after is None:
        return ""
    parameters = {**request.query_params, CURSOR: str(after)}
    return f"{urlsplit(base_of(request)).path}/xapi/statements?{urlencode(parameters)}"
