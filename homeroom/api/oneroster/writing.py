"""The addresses of OneRoster's gradebook that write: single objects by PUT and DELETE, in both versions, and sets of
new ones by POST in 1.2.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from homeroom.access.door import Use
from homeroom.access.oneroster.collections import WHOLE, Collection, place_of
from homeroom.access.oneroster.declaration import Version
from homeroom.access.oneroster.kept_as import RESOURCES_OF
from homeroom.access.oneroster.received import id_of
from homeroom.access.oneroster.scopes import CREATE_AND_PUT, DELETE
from homeroom.access.oneroster.writing import PLACES, Place, delete_object, post_objects, put_object
from homeroom.access.permissions import Action
from homeroom.access.resources import refusals
from homeroom.api import problems
from homeroom.api.callers import token_of
from homeroom.api.oneroster.using import NOT_THERE, using
from homeroom.api.problems import Problem
from homeroom.api.received import body_of, is_json, parsed

router = APIRouter()


def writable(version: Version) -> list[Collection]:
    """The collections whose objects can be sent, and taken away."""
    return [WHOLE[name] for name in RESOURCES_OF if version in WHOLE[name].of.versions]


def _put(collection: Collection, version: Version) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        document = await _document_of(request)
        id_ = id_of(request.path_params["sourcedId"])
        async with _writing(request, Action.WRITE_RESOURCES, CREATE_AND_PUT) as use:
            if id_ is None:
                words = "A new object's sourcedId is a UUID, with its 32 hexadecimal digits: the record gives others."
                raise _invalid([words])
            await put_object(use, collection.of, version, id_, document)
        return Response(status_code=201)

    return answer


def _delete(collection: Collection) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        id_ = id_of(request.path_params["sourcedId"])
        async with _writing(request, Action.DELETE_RESOURCES, DELETE) as use:
            if id_ is None:
                raise problems.not_found(NOT_THERE)
            await delete_object(use, collection.of, id_)
        return Response(status_code=204)

    return answer


def _post(place: Place) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        document = await _document_of(request)
        ids = {name: id_of(request.path_params[name]) for name, _ in place.within}
        known = {name: id_ for name, id_ in ids.items() if id_}
        async with _writing(request, Action.WRITE_RESOURCES, CREATE_AND_PUT) as use:
            if len(known) < len(ids):
                raise problems.not_found(NOT_THERE)
            pairs = await post_objects(use, place, Version.V1P2, known, document)
        told = [{"suppliedSourcedId": supplied, "allocatedSourcedId": id_.hex} for supplied, id_ in pairs]
        return JSONResponse({"sourcedIdPairs": told}, 201)

    return answer


async def _document_of(request: Request) -> Any:
    """What was sent, read while no connection waits for it."""
    token_of(request)
    if not is_json(request):
        raise problems.wrong_media_type()
    return parsed(await body_of(request))


@asynccontextmanager
async def _writing(request: Request, action: Action, scope: str) -> AsyncIterator[Use]:
    """The record, to write the gradebook. Raises Problem for whatever stands in the way."""
    try:
        async with using(request, action, frozenset({scope})) as use:
            yield use
    except refusals.Busy as busy:
        raise problems.later(str(busy), busy.seconds) from None
    except refusals.Faulty as wrong:
        raise _invalid([f"{path}: {' '.join(sentences)}" for path, sentences in wrong.faults.items()]) from None
    except refusals.NoSuchRow:
        raise problems.not_found(NOT_THERE) from None
    except (refusals.KeyFixed, refusals.KeyInUse, refusals.InTheWay, refusals.SourcesSay) as refused:
        raise _invalid([str(refused)]) from None


def _invalid(errors: list[str]) -> Problem:
    """The standard has one answer to all that can't be kept as it is (422, `invaliddata`)."""
    return Problem(422, "unprocessable", "Unprocessable Content", "It can't be kept as it is.", errors=errors)


def _register() -> None:
    for version in Version:
        place = f"/{place_of('gradebook', version)}"
        for collection in writable(version):
            path = f"{place}/{collection.path}/{{sourcedId}}"
            router.add_api_route(path, _put(collection, version), methods=["PUT"])
            router.add_api_route(path, _delete(collection), methods=["DELETE"])
    for one in PLACES:
        router.add_api_route(f"/{place_of('gradebook', Version.V1P2)}/{one.path}", _post(one), methods=["POST"])


_register()
