"""The addresses of the Ed-Fi Resources API that read: a page of rows, one row, what changed, the partitions of all.

`/data/v3/ed-fi/{resources}`, for every resource and every descriptor type of the model.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from homeroom.access.door import Use
from homeroom.access.permissions import Action
from homeroom.access.resources.changes import Log, available_change_versions, changes
from homeroom.access.resources.descriptors import DESCRIPTOR_FIELDS, one_descriptor, page_of_descriptors
from homeroom.access.resources.queryable import QueryField, query_fields
from homeroom.access.resources.reading import Page, one, page
from homeroom.api import problems
from homeroom.api.callers import asking
from homeroom.api.edfi.endpoints import DESCRIPTOR_OF, NO_ROW, RESOURCE_OF, check_endpoint, id_of
from homeroom.api.edfi.page_tokens import Range
from homeroom.api.edfi.parameters import Asked, read_changes, read_page, read_partitions
from homeroom.api.edfi.profiles import Narrowed, reading_by
from homeroom.api.edfi.snapshots import as_asked, held_by, is_of_snapshot
from homeroom.api.entity_tags import has_already
from homeroom.model.declaration import Kind, ValueType

router = APIRouter(prefix="/data/v3/ed-fi")
change_queries = APIRouter(prefix="/changeQueries/v1")

# What is told depends on which profile is accepted.
_VARY = {"Vary": "Accept"}
_TEXT = ValueType(Kind.TEXT, length=255)
_DESCRIPTOR_FIELDS = {name: QueryField(name, (name,), _TEXT) for name in DESCRIPTOR_FIELDS}


@router.get("/{endpoint}")
async def rows(request: Request, endpoint: str) -> Response:
    """A page of rows, as a JSON list; `Total-Count` where it is asked for, `Next-Page-Token` where there may be more.

    Who passes over rows by `offset` gets no token: a token says where to go on, not how many to pass over.
    """
    async with _use(request, endpoint) as use:
        told = await _by_profile(request, use, endpoint)
        asked = read_page(request.query_params.multi_items(), _fields(endpoint))
        found = await _page(told.use, endpoint, asked)
    headers = {"Total-Count": str(found.total)} if found.total is not None else {}
    if not asked.offset and found.rows == asked.limit > 0:
        headers["Next-Page-Token"] = Range(found.last, asked.range.until).token
    return Response(found.body, media_type=told.media_type, headers=headers | _VARY)


@router.get("/{endpoint}/partitions")
async def partitions(request: Request, endpoint: str) -> Response:
    """So many page tokens, each for the beginning of a part of all rows: several can be read at a time."""
    async with _use(request, endpoint):
        ranges = read_partitions(request.query_params.multi_items(), _fields(endpoint))
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
        told = await _by_profile(request, use, endpoint)
        number = id_of(id_)
        body = None
        if number is not None:
            body = await (
                one_descriptor(use, DESCRIPTOR_OF[endpoint], number)
                if endpoint in DESCRIPTOR_OF
                else one(told.use, RESOURCE_OF[endpoint], number)
            )
    if body is None:
        raise problems.not_found(NO_ROW)
    tag = f'"{json.loads(body)["_etag"]}"'
    if has_already(request, tag):
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, media_type=told.media_type, headers={"ETag": tag} | _VARY)


@change_queries.get("/availableChangeVersions")
async def available(request: Request) -> Response:
    """The oldest and the newest change version that there are rows or deletions of."""
    async with asking(request, Action.READ_RESOURCES) as use:
        if is_of_snapshot(request):
            found: tuple[int, int] | None = (0, held_by(request, use).newest_change_version)
        else:
            found = await available_change_versions(use)
    if found is None:
        raise problems.later("The record is being written right now. Ask again in a minute.", 60)
    return JSONResponse({"oldestChangeVersion": found[0], "newestChangeVersion": found[1]})


async def _changes(request: Request, endpoint: str, log: Log) -> Response:
    async with _use(request, endpoint) as use:
        asked = read_changes(request.query_params.multi_items())
        found = await changes(
            use,
            log,
            RESOURCE_OF.get(endpoint) or DESCRIPTOR_OF[endpoint],
            min_change_version=asked.min_change_version,
            max_change_version=asked.max_change_version,
            limit=asked.limit,
            offset=asked.offset,
            total=asked.total,
        )
    headers = {"Total-Count": str(found.total)} if asked.total else {}
    return Response(found.body, media_type="application/json", headers=headers)


async def _page(use: Use, endpoint: str, asked: Asked) -> Page:
    if endpoint in DESCRIPTOR_OF:
        return await page_of_descriptors(
            use,
            DESCRIPTOR_OF[endpoint],
            {name: str(value) for name, value in asked.where.items()},
            limit=asked.limit,
            offset=asked.offset,
            after=asked.range.after,
            until=asked.range.until,
            total=asked.total,
        )
    return await page(
        use,
        RESOURCE_OF[endpoint],
        asked.where,
        limit=asked.limit,
        offset=asked.offset,
        after=asked.range.after,
        until=asked.range.until,
        min_change_version=asked.min_change_version,
        max_change_version=asked.max_change_version,
        total=asked.total,
    )


async def _by_profile(request: Request, use: Use, endpoint: str) -> Narrowed:
    """The record as a profile narrows it; codes have none."""
    return await reading_by(request, use, RESOURCE_OF[endpoint]) if endpoint in RESOURCE_OF else Narrowed(use)


def _fields(endpoint: str) -> Mapping[str, QueryField]:
    return _DESCRIPTOR_FIELDS if endpoint in DESCRIPTOR_OF else query_fields(RESOURCE_OF[endpoint])


@asynccontextmanager
async def _use(request: Request, endpoint: str) -> AsyncIterator[Use]:
    """The record, to read a resource of it. Raises Problem where there is no such resource."""
    async with asking(request, Action.READ_RESOURCES) as use:
        check_endpoint(endpoint)
        async with as_asked(request, use) as asked:
            yield asked
