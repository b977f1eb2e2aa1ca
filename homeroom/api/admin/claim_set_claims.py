"""What a claim set says, as the Admin API tells it and takes it: resource claims, with the resources under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from homeroom.access.administration.faults import NotValid, not_valid
from homeroom.access.claim_sets.claim_set import ClaimSet, Granted
from homeroom.access.claim_sets.numbered import (
    ACTIONS,
    NumberedClaim,
    action_named,
    claims_by_name,
    numbered_claims,
    strategies,
    strategy_named,
    told_action,
)
from homeroom.access.claim_sets.resource_claims import ClaimAction, Strategies
from homeroom.api.admin.claim_models import (
    ActionSent,
    EnabledAction,
    ResourceClaimInClaimSet,
    ResourceClaimInClaimSetSent,
    StrategiesInClaimSet,
    StrategyInClaimSet,
    StrategyOverrideSent,
)

_MOST_FAULTS = 20


def told_claims(claim_set: ClaimSet) -> list[ResourceClaimInClaimSet]:
    """All that a claim set says. A resource stands under its claim where the set says something of that too."""
    by_number = {claims_by_name()[name.lower()].number: one for name, one in claim_set.granted.items()}
    tops = [number for number in by_number if numbered_claims()[number].parent not in by_number]
    return [_told(numbered_claims()[number], by_number) for number in sorted(tops)]


def _told(claim: NumberedClaim, granted: Mapping[int, Granted]) -> ResourceClaimInClaimSet:
    one = granted[claim.number]
    return ResourceClaimInClaimSet(
        id=claim.number,
        name=claim.told,
        actions=[EnabledAction(name=told_action(action), enabled=True) for action in one.actions],
        default_strategies=_told_strategies(claim.strategies, claim),
        strategy_overrides=_told_strategies(one.strategies, None),
        children=[
            _told(below, granted)
            for number in sorted(granted)
            if (below := numbered_claims()[number]).parent == claim.number
        ],
    )


def _told_strategies(found: Strategies, claim: NumberedClaim | None) -> list[StrategiesInClaimSet]:
    """`claim`: whose usual strategies they are; None where a claim set says them itself."""
    parent = numbered_claims()[claim.parent].strategies if claim and claim.parent else {}
    return [
        StrategiesInClaimSet(
            action_id=ACTIONS[action],
            action_name=told_action(action),
            authorization_strategies=[
                StrategyInClaimSet(
                    auth_strategy_id=strategies()[name],
                    auth_strategy_name=name,
                    is_inherited_from_parent=parent.get(action) == names,
                )
                for name in names
            ],
        )
        for action, names in found.items()
    ]


def granted_actions(sent: Sequence[ActionSent], of: str) -> tuple[ClaimAction, ...]:
    """The actions that are enabled; `of`: the property that was sent. Raises NotValid where they are none."""
    faults = [f"{one.name[:60]} is no action. There are {', '.join(map(told_action, ClaimAction))}."
              for one in sent if action_named(one.name) is None]  # fmt: skip
    named = [one.name.lower() for one in sent]
    if len(set(named)) < len(named):
        faults.append("An action stands there twice.")
    enabled = {action_named(one.name) for one in sent if one.enabled}
    if not faults and not enabled:
        faults.append("Enable one action or more.")
    if faults:
        raise NotValid({of: faults[:_MOST_FAULTS]})
    return tuple(action for action in ClaimAction if action in enabled)


def strategies_named(words: Sequence[str], of: str) -> tuple[str, ...]:
    """The strategies of these names; `of`: the property that was sent. Raises NotValid where there is one of none."""
    faults = [f"There is no strategy {word[:60]}. See GET /v2/authorizationStrategies."
              for word in words if strategy_named(word) is None]  # fmt: skip
    if faults:
        raise NotValid({of: faults[:_MOST_FAULTS]})
    return tuple(dict.fromkeys(name for word in words if (name := strategy_named(word))))


def imported_claims(sent: Iterable[ResourceClaimInClaimSetSent]) -> dict[str, Granted]:
    """What an imported claim set says, by Homeroom's names. Raises NotValid with what is wrong."""
    found: dict[str, Granted] = {}
    for one in sent:
        _take(one, None, found)
    return found


def _take(one: ResourceClaimInClaimSetSent, parent: NumberedClaim | None, found: dict[str, Granted]) -> None:
    claim = claims_by_name().get(one.name.lower())
    if claim is None:
        raise not_valid("ResourceClaims", f"There is no resource claim {one.name[:60]}. See GET /v2/resourceClaims.")
    if claim.name in found:
        raise not_valid("ResourceClaims", f"{claim.told} stands there twice.")
    if parent is not None and claim.parent != parent.number:
        raise not_valid("ResourceClaims", f"{claim.told} does not stand under {parent.told}.")
    actions = granted_actions(one.actions or [], "ResourceClaims")
    found[claim.name] = Granted(actions, _overrides(one.strategy_overrides or []))
    for below in one.children or []:
        _take(below, claim, found)


def _overrides(sent: Sequence[StrategyOverrideSent]) -> Strategies:
    found: dict[ClaimAction, tuple[str, ...]] = {}
    for one in sent:
        action = action_named(one.action_name)
        if action is None:
            raise not_valid("ResourceClaims", f"{one.action_name[:60]} is no action.")
        words = [strategy.auth_strategy_name for strategy in one.authorization_strategies or []]
        if words:
            found[action] = strategies_named(words, "ResourceClaims")
    return found
