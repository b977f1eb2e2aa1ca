"""The addresses of OneRoster that read: `/ims/oneroster/{service}/v1p2` for each of its three services, and all of them
at `/ims/oneroster/v1p1`, where 1.1 has them.

They are made of the collections that are declared; each that is no part of an object has its objects below it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from uuid import UUID

from fastapi import APIRouter, Request, Response

from homeroom.access.door import Use
from homeroom.access.oneroster import reading
from homeroom.access.oneroster.collections import SERVICES, Collection, collections, place_of
from homeroom.access.oneroster.declaration import Version
from homeroom.access.oneroster.filters import WrongFilter
from homeroom.access.oneroster.scopes import scopes_of
from homeroom.access.oneroster.selection import UnknownField
from homeroom.access.permissions import Action, purpose_of
from homeroom.api import problems
from homeroom.api.addresses import base_of
from homeroom.api.callers import caller_of, door_of, token_of
from homeroom.api.oneroster import discovery
from homeroom.api.oneroster.links import links
from homeroom.api.oneroster.parameters import read_fields, read_selection, wrong, wrong_filter
from homeroom.api.oneroster.status_info import INVALID_FILTER, INVALID_SELECTION, INVALID_SORT

BELOW = "ims/oneroster"
router = APIRouter(prefix=f"/{BELOW}")
_KINDS = {"filter": INVALID_FILTER, "sort": INVALID_SORT, "fields": INVALID_SELECTION}
_NOT_THERE = "There is no such object, or none that the agreement lets you see."


def _page(collection: Collection, version: Version) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        given = request.query_params.multi_items()
        async with _use(request, collection) as use:
            selection = read_selection(given)
            ids = {name: _id(request.path_params[name]) for name, _ in collection.within}
            known = {name: id_ for name, id_ in ids.items() if id_}
            found = None
            if len(known) == len(ids):
                try:
                    found = await reading.page(use, collection, version, known, _root(request), selection)
                except WrongFilter as problem:
                    raise wrong_filter(str(problem)) from None
                except UnknownField as unknown:
                    raise _unknown_field(unknown) from None
        if found is None:
            raise problems.not_found(_NOT_THERE)
        address = _root(request) + request.url.path.partition(BELOW)[2]
        headers = {
            "X-Total-Count": str(found.total),
            "Link": links(address, given, selection.limit, selection.offset, found.total),
        }
        return Response(found.body, media_type="application/json", headers=headers)

    return answer


def _single(collection: Collection, version: Version) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        async with _use(request, collection) as use:
            fields = read_fields(request.query_params.multi_items())
            id_ = _id(request.path_params["sourcedId"])
            body = None
            if id_:
                try:
                    body = await reading.single(use, collection, version, id_, _root(request), fields)
                except UnknownField as unknown:
                    raise _unknown_field(unknown) from None
        if body is None:
            raise problems.not_found(_NOT_THERE)
        return Response(body, media_type="application/json")

    return answer


@asynccontextmanager
async def _use(request: Request, collection: Collection) -> AsyncIterator[Use]:
    """The record, for what an app reads of a collection. Raises Problem where its token does not open that."""
    principal = (await caller_of(request, also_scoped=True)).principal
    opened = scopes_of(token_of(request))
    if opened is not None and opened.isdisjoint(collection.scopes):
        raise problems.not_allowed(
            f"The token was asked for without the scope {' or '.join(sorted(collection.scopes))}."
        )
    action = Action.READ_RESOURCES
    async with door_of(request).use(principal, action, purpose_of(principal, action)) as use:
        yield use


def _unknown_field(unknown: UnknownField) -> problems.Problem:
    words = f"{unknown.parameter}: there is no such field, or it can't be asked for so. The description has them all."
    return wrong(words, _KINDS[unknown.parameter])


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _root(request: Request) -> str:
    return f"{base_of(request)}/{BELOW}"


def _register() -> None:
    for version in Version:
        # All of 1.1 is one service.
        for service in SERVICES if version is Version.V1P2 else SERVICES[:1]:
            place = f"/{place_of(service, version)}"
            for collection in collections(service, version):
                router.add_api_route(f"{place}/{collection.path}", _page(collection, version), methods=["GET"])
                if collection.is_whole:
                    path = f"{place}/{collection.path}/{{sourcedId}}"
                    router.add_api_route(path, _single(collection, version), methods=["GET"])


_register()
router.include_router(discovery.router)
