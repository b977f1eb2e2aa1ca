"""Snapshots: a reader holds one state of the record while it pages, as the Ed-Fi ODS/API has it.

There whoever runs the API makes them; here the reader begins and ends its own. A request reads it with the header
`Use-Snapshot: true`; which one is meant may be said with `Snapshot-Identifier`, as earlier versions had it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from homeroom.access.door import Use
from homeroom.access.permissions import Action
from homeroom.access.resources.refusals import Busy
from homeroom.access.snapshots import HeldAlready, NoSnapshot, Snapshot, Snapshots
from homeroom.api import problems
from homeroom.api.addresses import base_of
from homeroom.api.callers import asking
from homeroom.api.edfi.endpoints import id_of

router = APIRouter(prefix="/changeQueries/v1/snapshots")

_USE, _WHICH = "use-snapshot", "snapshot-identifier"


@router.get("")
async def held(request: Request) -> JSONResponse:
    """The snapshots that the key holds: one, or none."""
    async with asking(request, Action.READ_RESOURCES) as use:
        found = snapshots_of(request).of(use)
    return JSONResponse([_told(found)] if found else [], headers={"Total-Count": "1" if found else "0"})


@router.post("")
async def begin(request: Request) -> JSONResponse:
    """Hold the record as it is now."""
    try:
        async with asking(request, Action.READ_RESOURCES) as use:
            begun = await snapshots_of(request).begin(use)
    except HeldAlready as problem:
        raise problems.conflict(str(problem)) from None
    except Busy as busy:
        raise problems.later(str(busy), busy.seconds) from None
    place = f"{base_of(request)}{router.prefix}/{begun.id.hex}"
    return JSONResponse(_told(begun), 201, {"Location": place})


@router.get("/{id_}")
async def one(request: Request, id_: str) -> JSONResponse:
    """A snapshot by its id."""
    async with asking(request, Action.READ_RESOURCES) as use:
        found = snapshots_of(request).of(use)
    if found is None or found.id != id_of(id_):
        raise problems.not_found(_NONE)
    return JSONResponse(_told(found))


@router.delete("/{id_}")
async def end(request: Request, id_: str) -> Response:
    """Hold it no longer."""
    number = id_of(id_)
    try:
        async with asking(request, Action.READ_RESOURCES) as use:
            if number is None:
                raise NoSnapshot(_NONE)
            await snapshots_of(request).end(use, number)
    except NoSnapshot as problem:
        raise problems.not_found(str(problem)) from None
    return Response(status_code=204)


_NONE = "The snapshot was not found: this key holds none of that id."


@asynccontextmanager
async def as_asked(request: Request, use: Use) -> AsyncIterator[Use]:
    """The use as the request wants it: of now, or of the snapshot that the key holds.

    Raises Problem with 404 where it holds none, or it has ended.
    """
    if not is_of_snapshot(request):
        yield use
        return
    try:
        async with snapshots_of(request).reading(use, _which(request)) as seen:
            yield seen
    except NoSnapshot as problem:
        raise problems.not_found(str(problem)) from None


def check_writable(request: Request) -> None:
    """Raises Problem with 405 where a snapshot would be written."""
    if is_of_snapshot(request):
        raise problems.wrong_method("Snapshots are read-only.", "GET")


def is_of_snapshot(request: Request) -> bool:
    """Whether the request asks for a snapshot."""
    return request.headers.get(_USE, "").strip().lower() == "true" or _WHICH in request.headers


def held_by(request: Request, use: Use) -> Snapshot:
    """The snapshot that the request asks for. Raises Problem with 404 where there is none."""
    found = snapshots_of(request).of(use)
    if found is None or _which(request) not in (None, found.id):
        raise problems.not_found(_NONE)
    return found


def snapshots_of(request: Request) -> Snapshots:
    """The snapshots of the application that was asked."""
    found: Snapshots = request.app.state.snapshots
    return found


def _which(request: Request) -> UUID | None:
    said = request.headers.get(_WHICH)
    if said is None:
        return None
    number = id_of(said)
    if number is None:
        raise problems.not_found(_NONE)
    return number


def _told(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "id": snapshot.id.hex,
        "snapshotIdentifier": snapshot.id.hex,
        "snapshotDateTime": f"{snapshot.begun_at:%Y-%m-%dT%H:%M:%SZ}",
        "endsDateTime": f"{snapshot.ends_at:%Y-%m-%dT%H:%M:%SZ}",
        "newestChangeVersion": snapshot.newest_change_version,
    }
