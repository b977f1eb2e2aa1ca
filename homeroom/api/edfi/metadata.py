"""What is served, described for programs: OpenAPI by section, and the order in which resources can be loaded.

As in the Ed-Fi ODS/API none of it wants a token: it is made of the model, and says nothing of any district's record.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from homeroom.access.door import Use
from homeroom.access.permissions import GATEKEEPER, Action, Purpose
from homeroom.access.profiles.definition import profile_of
from homeroom.access.profiles.kept import profile_named, profiles
from homeroom.api import problems
from homeroom.api.addresses import base_of
from homeroom.api.callers import door_of
from homeroom.api.edfi.dependencies import loading_graph, loading_order
from homeroom.api.edfi.openapi import (
    change_queries_document,
    descriptors_document,
    profile_document,
    resources_document,
)
from homeroom.api.entity_tags import has_already

router = APIRouter(prefix="/metadata")

_GRAPHML = "application/graphml"
# Each section with its prefix and its place, as the Ed-Fi ODS/API has them.
_SECTIONS = {
    "Resources": ("", "data/v3/resources"),
    "Descriptors": ("", "data/v3/descriptors"),
    "Change-Queries": ("Other", "changeQueries/v1"),
}


@router.get("")
@router.get("/", include_in_schema=False)
async def sections(request: Request) -> list[dict[str, str]]:
    """The descriptions of the interfaces that are served here, and of each profile."""
    base = base_of(request)
    places = [(name, prefix, place) for name, (prefix, place) in _SECTIONS.items()]
    async with _looking(request) as use:
        places += [(one.name, "Profiles", f"data/v3/profiles/{quote(one.name)}") for one in await profiles(use)]
    return [
        {"name": name, "endpointUri": f"{base}/metadata/{place}/swagger.json", "prefix": prefix}
        for name, prefix, place in places
    ]


@router.get("/data/v3/profiles/{name}/swagger.json")
async def profile(request: Request, name: str) -> Response:
    """What a profile tells and takes, as OpenAPI."""
    async with _looking(request) as use:
        found = await profile_named(use, name)
    if found is None:
        raise problems.not_found("There is no such profile. /metadata names all.")
    return _answer(request, _profile(base_of(request), found.definition))


@router.get("/data/v3/resources/swagger.json")
async def resources(request: Request) -> Response:
    """All resources, as OpenAPI."""
    return _answer(request, _resources(base_of(request)))


@router.get("/data/v3/descriptors/swagger.json")
async def descriptors(request: Request) -> Response:
    """All descriptors, as OpenAPI."""
    return _answer(request, _descriptors(base_of(request)))


@router.get("/changeQueries/v1/swagger.json")
async def change_queries(request: Request) -> Response:
    """Up to when there are changes to read, as OpenAPI."""
    return _answer(request, _change_queries(base_of(request)))


@router.get("/data/v3/dependencies")
async def dependencies(request: Request) -> Response:
    """The order in which resources can be loaded: a list, or a graph for whoever accepts GraphML."""
    accepted = request.headers.get("accept", "").lower()
    answer = _answer(request, _graph() if _GRAPHML in accepted else _order())
    answer.headers["Vary"] = "Accept"
    return answer


@asynccontextmanager
async def _looking(request: Request) -> AsyncIterator[Use]:
    """The record, for what is described to anybody: it names no student."""
    async with door_of(request).use(GATEKEEPER, Action.CHECK_KEYS, Purpose.ADMISSION) as use:
        yield use


@dataclass(frozen=True)
class _Document:
    """A finished answer, which stays the same while this runs."""

    body: bytes
    media_type: str = "application/json"

    @cached_property
    def tag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'


def _answer(request: Request, document: _Document) -> Response:
    # Readers may keep it, and ask whether it is the same still.
    headers = {"ETag": document.tag, "Cache-Control": "no-cache"}
    if has_already(request, document.tag):
        return Response(status_code=304, headers=headers)
    return Response(document.body, media_type=document.media_type, headers=headers)


def _of(told: Any) -> _Document:
    return _Document(json.dumps(told, separators=(",", ":")).encode())


# Made once for each name by which this is asked: they are some megabytes.
@lru_cache(4)
def _resources(base: str) -> _Document:
    return _of(resources_document(base))


@lru_cache(20)
def _profile(base: str, definition: str) -> _Document:
    return _of(profile_document(base, profile_of(definition)))


@lru_cache(4)
def _descriptors(base: str) -> _Document:
    return _of(descriptors_document(base))


@lru_cache(4)
def _change_queries(base: str) -> _Document:
    return _of(change_queries_document(base))


@lru_cache(1)
def _order() -> _Document:
    return _of(loading_order())


@lru_cache(1)
def _graph() -> _Document:
    return _Document(loading_graph(), _GRAPHML)
