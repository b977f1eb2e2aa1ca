"""The addresses of the Ed-Fi Resources API that read: a page of rows, one row, and the partitions of all rows.

`/data/v3/ed-fi/{resources}`, for every resource and every descriptor type of the model.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from homeroom.access.door import Use
from homeroom.access.permissions import Action, purpose_of
from homeroom.access.resources.changes import Log, available_change_versions, changes
from homeroom.access.resources.descriptors import DESCRIPTOR_FIELDS, one_descriptor, page_of_descriptors
from homeroom.access.resources.queryable import QueryField, query_fields
from homeroom.access.resources.reading import Page, one, page
from homeroom.api import problems
from homeroom.api.callers import caller_of, door_of
from homeroom.api.edfi.page_tokens import Range
from homeroom.api.edfi.parameters import Asked, read_changes, read_page, read_partitions
from homeroom.model import DESCRIPTORS, RESOURCES
from homeroom.model.declaration import Kind, ValueType

router = APIRouter(prefix="/data/v3/ed-fi")
change_queries = APIRouter(prefix="/changeQueries/v1")

_RESOURCES = {definition.endpoint: name for name, definition in RESOURCES.items()}
_DESCRIPTORS = {type_.endpoint: name for name, type_ in DESCRIPTORS.items()}
_TEXT = ValueType(Kind.TEXT, length=255)
_DESCRIPTOR_FIELDS = {name: QueryField(name, (name,), _TEXT) for name in DESCRIPTOR_FIELDS}
_NO_ROW = "There is no such row, or none that the agreement lets you see."


@router.get("/{endpoint}")
async def rows(request: Request, endpoint: str) -> Response:
    """A page of rows, as a JSON list; `Total-Count` where it is asked for, `Next-Page-Token` where there may be more.

    Who passes over rows by `offset` gets no token: a token says where to go on, not how many to pass over.
    """
    async with _use(request, endpoint) as use:
        asked = read_page(request.query_params.multi_items(), _fields(endpoint))
        found = await _page(use, endpoint, asked)
    headers = {"Total-Count": str(found.total)} if found.total is not None else {}
    if not asked.offset and found.rows == asked.limit > 0:
        headers["Next-Page-Token"] = Range(found.last, asked.range.until).token
    return Response(found.body, media_type="application/json", headers=headers)


@router.get("/{endpoint}/partitions")
async def partitions(request: Request, endpoint: str) -> Response:
    """So many page tokens, each for the beginning of a part of all rows: several can be read at a time."""
    async with _use(request, endpoint):
        ranges = read_partitions(request.query_params.multi_items())
    return JSONResponse({"pageTokens": [one.token for one in ranges]})


@router.get("/{endpoint}/deletes")
async def deletes(request: Request, endpoint: str) -> Response:
    """The keys of rows that were deleted, in the order of their change versions."""
    return await _changes(request, endpoint, Log.DELETES)


@router.get("/{endpoint}/keyChanges")
async def key_changes(request: Request, endpoint: str) -> Response:
    """The keys that rows had and those that they have now, in the order of their change versions."""
    return await _changes(request, endpoint, Log.KEY_CHANGES)


@router.get("/{endpoint}/{id_}")
async def row(request: Request, endpoint: str, id_: str) -> Response:
    """A row by its id, as a JSON object with its `ETag`; 304 where the client has it already, by `If-None-Match`."""
    async with _use(request, endpoint) as use:
        number = _id_of(id_)
        body = None
        if number is not None:
            body = await (
                one_descriptor(use, _DESCRIPTORS[endpoint], number)
                if endpoint in _DESCRIPTORS
                else one(use, _RESOURCES[endpoint], number)
            )
    if body is None:
        raise problems.not_found(_NO_ROW)
    tag = f'"{json.loads(body)["_etag"]}"'
    if tag in [known.strip() for known in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, media_type="application/json", headers={"ETag": tag})


@change_queries.get("/availableChangeVersions")
async def available(request: Request) -> Response:
    """The oldest and the newest change version that there are rows or deletions of."""
    async with _reading(request) as use:
        found = await available_change_versions(use)
    if found is None:
        raise problems.later("The record is being written right now. Ask again in a minute.", 60)
    return JSONResponse({"oldestChangeVersion": found[0], "newestChangeVersion": found[1]})


@router.post("/{endpoint}")
@router.put("/{endpoint}/{id_}")
@router.delete("/{endpoint}/{id_}")
async def write(request: Request, endpoint: str) -> Response:
    """Nothing can be written yet."""
    async with _use(request, endpoint):
        raise problems.not_allowed("The agreement lets the app read the record, and not write it.")


async def _changes(request: Request, endpoint: str, log: Log) -> Response:
    async with _use(request, endpoint) as use:
        asked = read_changes(request.query_params.multi_items())
        found = Page(b"[]", 0, None, 0)
        # Nobody deletes the value of a descriptor, nor is one called otherwise.
        if endpoint in _RESOURCES:
            found = await changes(
                use,
                log,
                _RESOURCES[endpoint],
                min_change_version=asked.min_change_version,
                max_change_version=asked.max_change_version,
                limit=asked.limit,
                offset=asked.offset,
                total=asked.total,
            )
    headers = {"Total-Count": str(found.total)} if asked.total else {}
    return Response(found.body, media_type="application/json", headers=headers)


async def _page(use: Use, endpoint: str, asked: Asked) -> Page:
    if endpoint in _DESCRIPTORS:
        return await page_of_descriptors(
            use,
            _DESCRIPTORS[endpoint],
            {name: str(value) for name, value in asked.where.items()},
            limit=asked.limit,
            offset=asked.offset,
            after=asked.range.after,
            until=asked.range.until,
            total=asked.total,
        )
    return await page(
        use,
        _RESOURCES[endpoint],
        asked.where,
        limit=asked.limit,
        offset=asked.offset,
        after=asked.range.after,
        until=asked.range.until,
        min_change_version=asked.min_change_version,
        max_change_version=asked.max_change_version,
        total=asked.total,
    )


def _fields(endpoint: str) -> Mapping[str, QueryField]:
    return _DESCRIPTOR_FIELDS if endpoint in _DESCRIPTORS else query_fields(_RESOURCES[endpoint])


def _id_of(text: str) -> UUID | None:
    """An id as it is written: 32 hexadecimal digits, with hyphens or without."""
    try:
        return UUID(text)
    except ValueError:
        return None


@asynccontextmanager
async def _use(request: Request, endpoint: str) -> AsyncIterator[Use]:
    """The record, to read a resource of it. Raises Problem where there is no such resource."""
    async with _reading(request) as use:
        if endpoint not in _RESOURCES and endpoint not in _DESCRIPTORS:
            raise problems.not_found("There is no such resource. The dependencies in /metadata name all.")
        yield use


@asynccontextmanager
async def _reading(request: Request) -> AsyncIterator[Use]:
    """The record, for what an app reads under its agreement."""
    principal = (await caller_of(request)).principal
    action = Action.READ_RESOURCES
    async with door_of(request).use(principal, action, purpose_of(principal, action)) as opened:
        yield opened
