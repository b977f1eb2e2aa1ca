"""`/v2/profiles`: there are none over the Admin API."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from homeroom.access.administration.faults import not_there
from homeroom.api.admin.administering import AdministrationRoute
from homeroom.api.admin.models import ProfileAnswer, ProfileDetails
from homeroom.api.admin.numbers import InPath
from homeroom.api.admin.paging import Asked
from homeroom.api.admin.refused import refuse

router = APIRouter(tags=["Profiles"], route_class=AdministrationRoute)


@router.get("/profiles")
async def profiles(
    part: Asked, id: Annotated[int | None, Query()] = None, name: str | None = None
) -> list[ProfileAnswer]:
    """None."""
    return part.of(ProfileAnswer, [])


@router.get("/profiles/{id}")
async def profile(id: InPath) -> ProfileDetails:
    """None."""
    raise not_there("profile", id)


refuse(
    router,
    "/profiles",
    "Profiles are not given over the Admin API. What an app may do is its claim set's, or its agreement's.",
)
