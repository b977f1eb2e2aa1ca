"""The addresses of OneRoster that read: `/ims/oneroster/{service}/v1p2` for each of its three services, and all of them
at `/ims/oneroster/v1p1`, where 1.1 has them. Those that write stand in `homeroom.api.oneroster.writing`.

They are made of the collections that are declared; each that is no part of an object has its objects below it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response

from homeroom.access.oneroster import reading
from homeroom.access.oneroster.collections import SERVICES, Collection, collections, place_of
from homeroom.access.oneroster.declaration import Version
from homeroom.access.oneroster.filters import WrongFilter
from homeroom.access.oneroster.received import id_of
from homeroom.access.oneroster.selection import UnknownField
from homeroom.access.permissions import Action
from homeroom.api import problems
from homeroom.api.addresses import base_of
from homeroom.api.oneroster import discovery, writing
from homeroom.api.oneroster.links import links
from homeroom.api.oneroster.parameters import read_fields, read_selection, wrong, wrong_filter
from homeroom.api.oneroster.status_info import INVALID_FILTER, INVALID_SELECTION, INVALID_SORT
from homeroom.api.oneroster.using import NOT_THERE, using

BELOW = "ims/oneroster"
router = APIRouter(prefix=f"/{BELOW}")
_KINDS = {"filter": INVALID_FILTER, "sort": INVALID_SORT, "fields": INVALID_SELECTION}


def _page(collection: Collection, version: Version) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        given = request.query_params.multi_items()
        async with using(request, Action.READ_RESOURCES, collection.scopes) as use:
            selection = read_selection(given)
            ids = {name: id_of(request.path_params[name]) for name, _ in collection.within}
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
            raise problems.not_found(NOT_THERE)
        address = _root(request) + request.url.path.partition(BELOW)[2]
        headers = {
            "X-Total-Count": str(found.total),
            "Link": links(address, given, selection.limit, selection.offset, found.total),
        }
        return Response(found.body, media_type="application/json", headers=headers)

    return answer


def _single(collection: Collection, version: Version) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        async with using(request, Action.READ_RESOURCES, collection.scopes) as use:
            fields = read_fields(request.query_params.multi_items())
            id_ = id_of(request.path_params["sourcedId"])
            body = None
            if id_:
                try:
                    body = await reading.single(use, collection, version, id_, _root(request), fields)
                except UnknownField as unknown:
                    raise _unknown_field(unknown) from None
        if body is None:
            raise problems.not_found(NOT_THERE)
        return Response(body, media_type="application/json")

    return answer


def _unknown_field(unknown: UnknownField) -> problems.Problem:
    words = f"{unknown.parameter}: there is no such field, or it can't be asked for so. The description has them all."
    return wrong(words, _KINDS[unknown.parameter])


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
router.include_router(writing.router)
router.include_router(discovery.router)
