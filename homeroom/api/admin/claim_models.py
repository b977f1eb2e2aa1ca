"""What the Admin API answers of claim sets and resource claims, and what it takes, by the specification's names."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from homeroom.api.admin.models import Answer, Sent, Text
from homeroom.api.admin.numbers import Number


class ActionAnswer(Answer):
    id: int
    name: str
    uri: str


class StrategyAnswer(Answer):
    id: int
    name: str
    display_name: str


class ResourceClaimAnswer(Answer):
    id: int
    name: str
    parent_id: int
    parent_name: str | None
    children: list[ResourceClaimAnswer] = Field(default_factory=list)


class ActionName(Answer):
    name: str


class ResourceClaimActionsAnswer(Answer):
    resource_claim_id: int
    resource_name: str
    claim_name: str
    actions: list[ActionName]


class StrategyOfAction(Answer):
    auth_strategy_id: int
    auth_strategy_name: str


class StrategiesOfAction(Answer):
    action_id: int
    action_name: str
    authorization_strategies: list[StrategyOfAction]


class ResourceClaimStrategiesAnswer(Answer):
    resource_claim_id: int
    resource_name: str
    claim_name: str
    authorization_strategies_for_actions: list[StrategiesOfAction]


class SimpleApplication(Answer):
    application_name: str


class ClaimSetAnswer(Answer):
    id: int
    name: str
    is_system_reserved: bool = Field(serialization_alias="_isSystemReserved", alias_priority=2)
    applications: list[SimpleApplication] = Field(serialization_alias="_applications", alias_priority=2)


class EnabledAction(Answer):
    name: str
    enabled: bool


class StrategyInClaimSet(StrategyOfAction):
    is_inherited_from_parent: bool


class StrategiesInClaimSet(Answer):
    action_id: int
    action_name: str
    authorization_strategies: list[StrategyInClaimSet]


class ResourceClaimInClaimSet(Answer):
    id: int
    name: str
    actions: list[EnabledAction]
    default_strategies: list[StrategiesInClaimSet] = Field(
        serialization_alias="_defaultAuthorizationStrategiesForCRUD", alias_priority=2
    )
    strategy_overrides: list[StrategiesInClaimSet] = Field(
        serialization_alias="authorizationStrategyOverridesForCRUD", alias_priority=2
    )
    children: list[ResourceClaimInClaimSet] = Field(default_factory=list)


class ClaimSetDetails(ClaimSetAnswer):
    resource_claims: list[ResourceClaimInClaimSet]


class ClaimSetSent(Sent):
    name: Text


class ClaimSetCopySent(ClaimSetSent):
    original_id: Number


class ActionSent(Sent):
    name: Text
    enabled: bool


class StrategySent(Sent):
    auth_strategy_name: Text


class StrategyOverrideSent(Sent):
    action_name: Text
    authorization_strategies: list[StrategySent] | None = None


class ResourceClaimInClaimSetSent(Sent):
    name: Text
    actions: list[ActionSent] | None = None
    strategy_overrides: list[StrategyOverrideSent] | None = Field(
        default=None, alias="authorizationStrategyOverridesForCRUD"
    )
    children: list[ResourceClaimInClaimSetSent] | None = None


class ClaimSetImportSent(ClaimSetSent):
    resource_claims: Annotated[list[ResourceClaimInClaimSetSent], Field(max_length=1_000, default_factory=list)]


class ActionsOnClaimSent(Sent):
    resource_claim_actions: list[ActionSent]


class NewActionsOnClaimSent(ActionsOnClaimSent):
    resource_claim_id: Number


class StrategiesOnClaimSent(Sent):
    action_name: Text
    authorization_strategies: Annotated[list[Text], Field(min_length=1)]
