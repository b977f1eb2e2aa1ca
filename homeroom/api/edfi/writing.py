"""The addresses of the Ed-Fi Resources API that write: by the natural key, by the id, and deletion.

`/data/v3/ed-fi/{resources}`, for every resource and every descriptor type of the model.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from homeroom.access.door import Use
from homeroom.access.permissions import Action
from homeroom.access.resources import refusals
from homeroom.access.resources.descriptor_writing import delete_descriptor, post_descriptor, put_descriptor
from homeroom.access.resources.writing import Written, delete, post, put
from homeroom.api import problems
from homeroom.api.addresses import base_of
from homeroom.api.callers import asking, token_of
from homeroom.api.edfi.endpoints import DESCRIPTOR_OF, NO_ROW, RESOURCE_OF, check_endpoint, id_of
from homeroom.api.edfi.profiles import sent_by_profile, writing_by
from homeroom.api.edfi.snapshots import check_writable
from homeroom.api.entity_tags import fits
from homeroom.api.problems import Problem
from homeroom.api.received import body_of, is_json

router = APIRouter(prefix="/data/v3/ed-fi")


@router.post("/{endpoint}")
async def upsert(request: Request, endpoint: str) -> Response:
    """The row with this natural key says what the document says: 201 where it is new, 200 where it was there."""
    check_endpoint(endpoint)
    document = await _document_of(request)
    async with _use(request, Action.WRITE_RESOURCES) as use:
        written = (
            await post_descriptor(use, DESCRIPTOR_OF[endpoint], document)
            if endpoint in DESCRIPTOR_OF
            else await post(*await _by_profile(request, use, endpoint, document))
        )
    return Response(status_code=201 if written.created else 200, headers=_headers(request, endpoint, written))


@router.put("/{endpoint}/{id_}")
async def update(request: Request, endpoint: str, id_: str) -> Response:
    """The row with this id says what the document says; where `If-Match` is sent, only if it is that version still."""
    check_endpoint(endpoint)
    document = await _document_of(request)
    number = _number(id_)
    async with _use(request, Action.WRITE_RESOURCES) as use:
        written = (
            await put_descriptor(use, DESCRIPTOR_OF[endpoint], number, document, _fits(request))
            if endpoint in DESCRIPTOR_OF
            else await _put(request, use, endpoint, number, document)
        )
    return Response(status_code=204, headers=_headers(request, endpoint, written))


@router.delete("/{endpoint}/{id_}")
async def remove(request: Request, endpoint: str, id_: str) -> Response:
    """The row with this id is gone; where `If-Match` is sent, only if it was that version still."""
    check_endpoint(endpoint)
    number = _number(id_)
    async with _use(request, Action.DELETE_RESOURCES) as use:
        if endpoint in DESCRIPTOR_OF:
            await delete_descriptor(use, DESCRIPTOR_OF[endpoint], number, _fits(request))
        else:
            await delete(use, RESOURCE_OF[endpoint], number, _fits(request))
    return Response(status_code=204)


async def _put(request: Request, use: Use, endpoint: str, number: UUID, document: Any) -> Written:
    narrowed, resource, taken = await _by_profile(request, use, endpoint, document)
    return await put(narrowed, resource, number, taken, _fits(request))


async def _by_profile(request: Request, use: Use, endpoint: str, document: Any) -> tuple[Use, str, Any]:
    """What is written, as far as a profile takes it: the record, the resource and the document."""
    resource = RESOURCE_OF[endpoint]
    narrowed, taken = await writing_by(request, use, resource, document)
    return narrowed, resource, taken


async def _document_of(request: Request) -> Any:
    """What was sent, read while no connection waits for it."""
    token_of(request)
    if not is_json(request) and not sent_by_profile(request):
        raise problems.wrong_media_type()
    text = await body_of(request)
    if not text.strip():
        raise problems.bad_data("Nothing was sent. Send the document as an object of JSON.")
    try:
        return json.loads(text)
    except json.JSONDecodeError as problem:
        raise problems.bad_data(
            f"What was sent is not JSON, from line {problem.lineno}, column {problem.colno} on."
        ) from None
    except (ValueError, RecursionError):
        raise problems.bad_data("What was sent is not JSON that can be read.") from None


@asynccontextmanager
async def _use(request: Request, action: Action) -> AsyncIterator[Use]:
    """The record, to write a resource of it. Raises Problem for whatever stands in the way."""
    check_writable(request)
    try:
        async with asking(request, action) as opened:
            yield opened
    except refusals.Busy as busy:
        raise problems.later(str(busy), busy.seconds) from None
    except refusals.NotValid as wrong:
        raise problems.not_valid(wrong.faults) from None
    except refusals.Unresolved as wrong:
        raise problems.unresolved(wrong.faults) from None
    except tuple(_PROBLEMS) as refused:
        raise _PROBLEMS[type(refused)](str(refused)) from None


_PROBLEMS: dict[type[Exception], Callable[[str], Problem]] = {
    refusals.NoSuchRow: problems.not_found,
    refusals.KeyFixed: problems.key_fixed,
    refusals.KeyInUse: problems.key_in_use,
    refusals.InTheWay: problems.still_named,
    refusals.SourcesSay: problems.said_by_sources,
    refusals.ChangedSince: problems.changed_since,
}


def _number(id_: str) -> UUID:
    number = id_of(id_)
    if number is None:
        raise problems.not_found(NO_ROW)
    return number


def _fits(request: Request) -> Callable[[str], bool]:
    return lambda tag: fits(request, f'"{tag}"')


def _headers(request: Request, endpoint: str, written: Written) -> dict[str, str]:
    place = f"{base_of(request)}/data/v3/ed-fi/{endpoint}/{written.id.hex}"
    return {"Location": place, "ETag": f'"{written.tag}"'}
