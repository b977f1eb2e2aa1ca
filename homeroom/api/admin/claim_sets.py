"""`/v2/claimSets`: the standard's, which stay as they are, and a district's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from homeroom.access.administration import claim_sets as kept
from homeroom.access.administration.changes import Change
from homeroom.access.administration.claim_sets import KeptClaimSet
from homeroom.access.administration.faults import not_there, not_valid
from homeroom.access.claim_sets.claim_set import Granted
from homeroom.access.claim_sets.numbered import NumberedClaim, action_named, numbered_claims
from homeroom.access.door import Use
from homeroom.api.admin.administering import AdministrationRoute, Changing, Looking
from homeroom.api.admin.claim_models import (
    ActionsOnClaimSent,
    ClaimSetAnswer,
    ClaimSetCopySent,
    ClaimSetDetails,
    ClaimSetImportSent,
    ClaimSetSent,
    NewActionsOnClaimSent,
    SimpleApplication,
    StrategiesOnClaimSent,
)
from homeroom.api.admin.claim_set_claims import granted_actions, imported_claims, strategies_named, told_claims
from homeroom.api.admin.created import created
from homeroom.api.admin.numbers import InPath
from homeroom.api.admin.paging import Asked, same

router = APIRouter(prefix="/claimSets", tags=["ClaimSets"], route_class=AdministrationRoute)

_ACTIONS = "/{claimSetId}/resourceClaimActions"


@router.get("")
async def claim_sets(
    use: Looking, part: Asked, id: Annotated[int | None, Query()] = None, name: str | None = None
) -> list[ClaimSetAnswer]:
    """All claim sets."""
    found = [
        ClaimSetAnswer(**_told(one))
        for one in await kept.all_claim_sets(use)
        if id in (None, one.number) and same(name, one.name)
    ]
    return part.of(ClaimSetAnswer, found)


@router.post("", status_code=201, response_class=Response)
async def add_claim_set(request: Request, change: Changing, sent: ClaimSetSent) -> Response:
    """Make a claim set that lets an app do nothing yet."""
    return created(request, f"claimSets/{await kept.add_claim_set(change, sent.name, {})}")


@router.post("/copy", status_code=201, response_class=Response)
async def copy_claim_set(request: Request, change: Changing, sent: ClaimSetCopySent) -> Response:
    """Make a claim set that says what another one does."""
    number = await kept.copy_claim_set(change, sent.original_id, sent.name)
    return created(request, f"claimSets/{number}")


@router.post("/import", status_code=201, response_class=Response)
async def import_claim_set(request: Request, change: Changing, sent: ClaimSetImportSent) -> Response:
    """Make a claim set of what was exported."""
    number = await kept.add_claim_set(change, sent.name, imported_claims(sent.resource_claims))
    return created(request, f"claimSets/{number}")


@router.get("/{id}")
async def claim_set(use: Looking, id: InPath) -> ClaimSetDetails:
    """One claim set, with all that it says."""
    return await _details(use, id)


@router.get("/{id}/export")
async def export_claim_set(use: Looking, id: InPath) -> ClaimSetDetails:
    """The same, to be imported elsewhere."""
    return await _details(use, id)


@router.put("/{id}", response_class=Response)
async def rename_claim_set(change: Changing, id: InPath, sent: ClaimSetSent) -> None:
    """Give one of the district's own another name."""
    await kept.rename_claim_set(change, id, sent.name)


@router.delete("/{id}", response_class=Response)
async def delete_claim_set(change: Changing, id: InPath) -> None:
    """Forget one of the district's own that no application has."""
    await kept.delete_claim_set(change, id)


@router.post(_ACTIONS, status_code=201, response_class=Response)
async def add_actions(request: Request, change: Changing, claimSetId: InPath, sent: NewActionsOnClaimSent) -> Response:
    """Let a claim set say which actions on a resource claim an app does."""
    claim = numbered_claims().get(sent.resource_claim_id)
    if claim is None:
        raise not_valid("ResourceClaimId", f"There is no resource claim {sent.resource_claim_id}.")
    await _grant_actions(change, claimSetId, claim, sent)
    return created(request, f"claimSets/{claimSetId}")


@router.put(f"{_ACTIONS}/{{resourceClaimId}}", response_class=Response)
async def change_actions(
    change: Changing, claimSetId: InPath, resourceClaimId: InPath, sent: ActionsOnClaimSent
) -> None:
    """Let a claim set say other actions on a resource claim."""
    await _grant_actions(change, claimSetId, _claim(resourceClaimId), sent)


@router.delete(f"{_ACTIONS}/{{resourceClaimId}}", response_class=Response)
async def delete_actions(change: Changing, claimSetId: InPath, resourceClaimId: InPath) -> None:
    """Let a claim set say nothing of a resource claim any more."""
    claim = _claim(resourceClaimId)
    await _granted(change.use, claimSetId, claim)
    await kept.grant(change, claimSetId, claim, None)


@router.post(f"{_ACTIONS}/{{resourceClaimId}}/overrideAuthorizationStrategy", response_class=Response)
async def override_strategy(
    change: Changing, claimSetId: InPath, resourceClaimId: InPath, sent: StrategiesOnClaimSent
) -> None:
    """Let an action on a resource claim be authorized by other strategies than is usual."""
    claim = _claim(resourceClaimId)
    before = await _granted(change.use, claimSetId, claim)
    action = action_named(sent.action_name)
    if action is None or action not in before.actions:
        raise not_valid("ActionName", "The claim set lets an app do no such action to this resource claim.")
    names = strategies_named(sent.authorization_strategies, "AuthorizationStrategies")
    await kept.grant(change, claimSetId, claim, replace(before, strategies={**before.strategies, action: names}))


@router.post(f"{_ACTIONS}/{{resourceClaimId}}/resetAuthorizationStrategies", response_class=Response)
async def reset_strategies(change: Changing, claimSetId: InPath, resourceClaimId: InPath) -> None:
    """Let all actions on a resource claim be authorized as is usual."""
    claim = _claim(resourceClaimId)
    before = await _granted(change.use, claimSetId, claim)
    await kept.grant(change, claimSetId, claim, replace(before, strategies={}))


async def _details(use: Use, number: int) -> ClaimSetDetails:
    found = await kept.kept_claim_set(use, number)
    return ClaimSetDetails(**_told(found), resource_claims=told_claims(found.claim_set))


def _told(one: KeptClaimSet) -> dict:
    return {
        "id": one.number,
        "name": one.name,
        "is_system_reserved": one.reserved,
        "applications": [SimpleApplication(application_name=name) for name in one.applications],
    }


async def _grant_actions(change: Change, number: int, claim: NumberedClaim, sent: ActionsOnClaimSent) -> None:
    actions = granted_actions(sent.resource_claim_actions, "ResourceClaimActions")
    before = (await kept.kept_claim_set(change.use, number)).claim_set.granted.get(claim.name, Granted(()))
    strategies = {action: names for action, names in before.strategies.items() if action in actions}
    await kept.grant(change, number, claim, Granted(actions, strategies))


def _claim(number: int) -> NumberedClaim:
    if number not in numbered_claims():
        raise not_there("resource claim", number)
    return numbered_claims()[number]


async def _granted(use: Use, number: int, claim: NumberedClaim) -> Granted:
    """What a claim set says of a resource claim. Raises NotThere where it says nothing of it."""
    found = (await kept.kept_claim_set(use, number)).claim_set.granted.get(claim.name)
    if found is None:
        raise not_there("resource claim in this claim set with the number", claim.number)
    return found
