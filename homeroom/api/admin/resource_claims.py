"""What claim sets are made of: resource claims, actions, and the strategies by which an action is authorized."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query

from homeroom.access.administration.faults import not_there
from homeroom.access.claim_sets.numbered import (
    ACTIONS,
    NumberedClaim,
    numbered_claims,
    strategies,
    told_action,
    words_of_strategy,
)
from homeroom.api.admin.administering import AdministrationRoute
from homeroom.api.admin.claim_models import (
    ActionAnswer,
    ActionName,
    ResourceClaimActionsAnswer,
    ResourceClaimAnswer,
    ResourceClaimStrategiesAnswer,
    StrategiesOfAction,
    StrategyAnswer,
    StrategyOfAction,
)
from homeroom.api.admin.numbers import InPath
from homeroom.api.admin.paging import Asked, same

router = APIRouter(route_class=AdministrationRoute)

_ACTION = "http://ed-fi.org/odsapi/actions/"


@router.get("/actions", tags=["Actions"])
async def actions(
    part: Asked, id: Annotated[int | None, Query()] = None, name: str | None = None
) -> list[ActionAnswer]:
    """What an app can be let do to a resource."""
    found = [
        ActionAnswer(id=number, name=told_action(action), uri=f"{_ACTION}{action}")
        for action, number in ACTIONS.items()
        if id in (None, number) and same(name, action)
    ]
    return part.of(ActionAnswer, found)


@router.get("/authorizationStrategies", tags=["AuthorizationStrategies"])
async def authorization_strategies(part: Asked) -> list[StrategyAnswer]:
    """All authorization strategies."""
    found = [
        StrategyAnswer(id=number, name=name, display_name=words_of_strategy(name))
        for name, number in strategies().items()
    ]
    return part.of(StrategyAnswer, found)


@router.get("/resourceClaims", tags=["ResourceClaims"])
async def resource_claims(
    part: Asked, id: Annotated[int | None, Query()] = None, name: str | None = None
) -> list[ResourceClaimAnswer]:
    """All resource claims, each with the resources under it."""
    found = [
        _told(claim)
        for claim in numbered_claims().values()
        if claim.parent is None and id in (None, claim.number) and same(name, claim.told)
    ]
    return part.of(ResourceClaimAnswer, found)


@router.get("/resourceClaims/{id}", tags=["ResourceClaims"])
async def resource_claim(id: InPath) -> ResourceClaimAnswer:
    """One resource claim, or one resource under it."""
    if id not in numbered_claims():
        raise not_there("resource claim", id)
    return _told(numbered_claims()[id])


@router.get("/resourceClaimActions", tags=["ResourceClaimActions"])
async def resource_claim_actions(
    part: Asked, resource_name: Annotated[str | None, Query(alias="resourceName")] = None
) -> list[ResourceClaimActionsAnswer]:
    """Which actions there are on each resource claim, and on each resource."""
    found = [
        ResourceClaimActionsAnswer(
            resource_claim_id=claim.number,
            resource_name=claim.told,
            claim_name=claim.uri,
            actions=[ActionName(name=told_action(action)) for action in claim.strategies],
        )
        for claim in numbered_claims().values()
        if same(resource_name, claim.told)
    ]
    return part.of(ResourceClaimActionsAnswer, found)


@router.get("/resourceClaimActionAuthStrategies", tags=["ResourceClaimActionAuthStrategies"])
async def resource_claim_action_strategies(
    part: Asked, resource_name: Annotated[str | None, Query(alias="resourceName")] = None
) -> list[ResourceClaimStrategiesAnswer]:
    """How each action on each resource claim, and on each resource, is authorized as a rule."""
    found = [
        ResourceClaimStrategiesAnswer(
            resource_claim_id=claim.number,
            resource_name=claim.told,
            claim_name=claim.uri,
            authorization_strategies_for_actions=[
                StrategiesOfAction(
                    action_id=ACTIONS[action],
                    action_name=told_action(action),
                    authorization_strategies=[
                        StrategyOfAction(auth_strategy_id=strategies()[name], auth_strategy_name=name) for name in names
                    ],
                )
                for action, names in claim.strategies.items()
            ],
        )
        for claim in numbered_claims().values()
        if same(resource_name, claim.told)
    ]
    return part.of(ResourceClaimStrategiesAnswer, found)


def _told(claim: NumberedClaim) -> ResourceClaimAnswer:
    all_claims: Mapping[int, NumberedClaim] = numbered_claims()
    parent = all_claims[claim.parent] if claim.parent else None
    return ResourceClaimAnswer(
        id=claim.number,
        name=claim.told,
        # As the ODS/API says that there is none.
        parent_id=parent.number if parent else 0,
        parent_name=parent.told if parent else None,
        children=[_told(one) for one in all_claims.values() if one.parent == claim.number],
    )
