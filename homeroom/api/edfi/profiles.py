"""Which profile a request is under, by its media type or its agreement, as the Ed-Fi ODS/API 7 has it.

`application/vnd.ed-fi.{resource}.{profile}.readable+json` is accepted, `.writable+json` sent. Under an agreement with
one profile for a resource that one is meant without being named; of several one has to be named. An agreement without
profiles may name any: a profile only ever narrows what the agreement says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fastapi import Request

from homeroom.access.door import Use
from homeroom.access.profiles.definition import Content
from homeroom.access.profiles.kept import KeptProfile, profile_named
from homeroom.access.profiles.narrowing import lacking, read_by, taken_by, written_by
from homeroom.access.resources.agreed import terms_of
from homeroom.api.problems import Problem, not_allowed

_VENDOR = "application/vnd.ed-fi."
_MEDIA_TYPE = re.compile(r"application/vnd\.ed-fi\.([a-z0-9]+)\.(.+)\.(readable|writable)\+json", re.IGNORECASE)


class Usage(StrEnum):
    """What a profile is used for."""

    READABLE = "readable"
    WRITABLE = "writable"


@dataclass(frozen=True)
class Narrowed:
    """The record as a profile narrows it, and the media type of what is told by it; that of JSON without one."""

    use: Use
    media_type: str = "application/json"
    content: Content | None = None


def media_type_of(resource: str, profile: str, usage: Usage) -> str:
    """The media type of a resource by a profile."""
    return f"{_VENDOR}{resource.lower()}.{profile.lower()}.{usage}+json"


def sent_by_profile(request: Request) -> bool:
    """Whether a request says that it sends a document by a profile."""
    return _named_in(request.headers.get("content-type", "")) != ""


async def reading_by(request: Request, use: Use, resource: str) -> Narrowed:
    """The record, to read a resource. Raises Problem where the profile is not used as it has to be."""
    found = await _chosen(request, use, resource, Usage.READABLE)
    if found is None:
        return Narrowed(use)
    content = found.profile.resources[resource].read
    if content is None:
        raise _method_usage(found.name, "read")
    return Narrowed(read_by(use, resource, content), media_type_of(resource, found.name, Usage.READABLE), content)


async def writing_by(request: Request, use: Use, resource: str, document: Any) -> tuple[Use, Any]:
    """The record, to write a resource, and what is taken of a document. Raises Problem as `reading_by` does, and where
    no row can be written by the profile."""
    found = await _chosen(request, use, resource, Usage.WRITABLE)
    if found is None:
        return use, document
    content = found.profile.resources[resource].write
    if content is None:
        raise _method_usage(found.name, "written")
    if missing := lacking(resource, content):
        raise _enforced(found.name, resource, missing)
    return written_by(use, resource, content), taken_by(content, document)


async def _chosen(request: Request, use: Use, resource: str, usage: Usage) -> KeptProfile | None:
    """The profile that is meant; None where there is none for the resource."""
    header = "accept" if usage is Usage.READABLE else "content-type"
    named = _named_in(request.headers.get(header, ""))
    assigned = await _assigned(use, resource)
    if not named:
        if len(assigned) > 1:
            raise _incorrect_usage(resource, assigned, usage)
        return assigned[0] if assigned else None
    read = _MEDIA_TYPE.fullmatch(named)
    if read is None:
        raise _invalid(f"The format of the profile-based media type in the header {header.title()} is wrong.")
    if read[1].lower() != resource.lower():
        raise _invalid("The resource of the profile-based media type is not the one that is asked for.")
    if read[3].lower() != usage:
        wanted = f"A request of this kind wants one that is {usage}."
        raise _invalid(f"The profile-based media type can't be used so. {wanted}")
    found = await profile_named(use, read[2])
    if found is None or resource not in found.profile.resources:
        status = 406 if usage is Usage.READABLE else 415
        raise _invalid("There is no such profile for this resource here.", status)
    if assigned and found.id not in {one.id for one in assigned}:
        raise _incorrect_usage(resource, assigned, usage)
    return found


async def _assigned(use: Use, resource: str) -> list[KeptProfile]:
    """The profiles of the agreement that say something of a resource. Raises Problem where one of them is gone."""
    found = []
    for name in terms_of(use).profiles:
        one = await profile_named(use, name)
        if one is None:
            raise not_allowed("The agreement has a profile that is not there any more: nothing is told without it.")
        if resource in one.profile.resources:
            found.append(one)
    return found


def _named_in(header: str) -> str:
    """The media type of a profile in a header; nothing where there is none."""
    parts = (part.partition(";")[0].strip() for part in header.split(","))
    return next((part for part in parts if part.lower().startswith(_VENDOR)), "")


def _invalid(error: str, status: int = 400) -> Problem:
    words = "The request construction was invalid with respect to usage of a data policy."
    return Problem(status, "profile:invalid-profile-usage", "Invalid Profile Usage", words, errors=[error])


def _method_usage(name: str, done: str) -> Problem:
    words = "The request construction was invalid with respect to usage of a data policy."
    error = f"By the profile {name} this resource is not {done}."
    return Problem(405, "profile:method-usage", "Method Usage with Profile", words, errors=[error])


def _incorrect_usage(resource: str, assigned: Sequence[KeptProfile], usage: Usage) -> Problem:
    words = (
        "A data policy failure was encountered. The request was not constructed correctly for the data policy that has "
        "been applied to this data for the caller."
    )
    types = ", ".join(media_type_of(resource, one.name, usage) for one in assigned)
    return Problem(
        403,
        "security:data-policy:incorrect-usage",
        "Data Policy Failure Due to Incorrect Usage",
        words,
        errors=[f"The agreement has profiles for this resource: one of these media types is required: {types}"],
    )


def _enforced(name: str, resource: str, missing: Sequence[str]) -> Problem:
    error = f"The profile {name} takes no {', '.join(missing)}, without which there is no {resource}."
    words = "The data can't be saved, because of the data policy that has been applied to it."
    return Problem(400, "data-policy-enforced", "Data Policy Enforced", words, errors=[error])
