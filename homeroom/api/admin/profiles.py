"""`/v2/profiles`: what of a resource is told and taken, as the Ed-Fi ODS/API defines it in XML."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from homeroom.access.administration import profiles as kept
from homeroom.access.profiles.kept import profiles as kept_profiles
from homeroom.api.admin.administering import AdministrationRoute, Changing, Looking
from homeroom.api.admin.created import created
from homeroom.api.admin.models import ProfileAnswer, ProfileDetails, ProfileSent
from homeroom.api.admin.numbers import InPath
from homeroom.api.admin.paging import Asked, same

router = APIRouter(prefix="/profiles", tags=["Profiles"], route_class=AdministrationRoute)


@router.get("")
async def profiles(
    use: Looking, part: Asked, id: Annotated[int | None, Query()] = None, name: str | None = None
) -> list[ProfileAnswer]:
    """All profiles that are as the parameters say."""
    found = [
        ProfileAnswer(id=one.id, name=one.name)
        for one in await kept_profiles(use)
        if id in (None, one.id) and same(name, one.name)
    ]
    return part.of(ProfileAnswer, found)


@router.post("", status_code=201, response_class=Response)
async def add_profile(request: Request, change: Changing, sent: ProfileSent) -> Response:
    """Add a profile."""
    return created(request, f"profiles/{await kept.add_profile(change, sent.name, sent.definition)}")


@router.get("/{id}")
async def profile(use: Looking, id: InPath) -> ProfileDetails:
    """One profile, with its definition."""
    found = await kept.profile(use, id)
    return ProfileDetails(id=found.id, name=found.name, definition=found.definition)


@router.put("/{id}", response_class=Response)
async def change_profile(change: Changing, id: InPath, sent: ProfileSent) -> None:
    """Change a profile that no agreement has."""
    await kept.change_profile(change, id, sent.name, sent.definition)


@router.delete("/{id}", response_class=Response)
async def delete_profile(change: Changing, id: InPath) -> None:
    """Forget a profile that no agreement has."""
    await kept.delete_profile(change, id)
