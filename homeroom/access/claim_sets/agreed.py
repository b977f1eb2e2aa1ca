"""What a claim set comes to in the terms of an agreement.

An agreement says which fields are read and which members are written, and Homeroom's own walls decide of which rows.
So of the standard's strategies one alone is said in the terms, and only a sandbox's agreement has it: that something is
written wherever it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from homeroom.access.agreements.terms import EVERY_MEMBER, Element, fields_of, members_of
from homeroom.access.claim_sets.claim_set import ClaimSet, claim_sets
from homeroom.access.claim_sets.resource_claims import NAMESPACE_BASED, NO_FURTHER, ClaimAction
from homeroom.access.resources.scope import Rule, scope_of
from homeroom.model import RESOURCES

# They are created by anybody who may write them at all, under any agreement.
_PERSONS = ("Contact", "Staff", "Student")


def elements_of(claim_set: ClaimSet) -> frozenset[Element]:
    """The fields that an app reads. Codes are no elements: any app reads them."""
    return frozenset(
        Element(resource, field)
        for resource in claim_set.allowed
        if resource in RESOURCES and claim_set.may(resource, ClaimAction.READ)
        for field in fields_of(resource)
    )


def writes_of(claim_set: ClaimSet) -> Mapping[str, frozenset[str]]:
    """What an app writes. Who may not delete deletes only what its apps created; who may only change may create too."""
    return {
        resource: EVERY_MEMBER if claim_set.may(resource, ClaimAction.DELETE) else members_of(resource)
        for resource in claim_set.allowed
        if claim_set.may(resource, ClaimAction.CREATE) or claim_set.may(resource, ClaimAction.UPDATE)
    }


def unrestricted_of(claim_set: ClaimSet) -> frozenset[str]:
    """The resources that an app writes wherever the rows are: those that the standard authorizes no further.

    And those that it authorizes by their namespace where the record's rows have none that could be asked.
    """
    return frozenset(resource for resource in writes_of(claim_set) if _is_unrestricted(claim_set, resource))


@cache
def may_be_unrestricted() -> frozenset[str]:
    """The resources that any claim set lets an app write wherever they are."""
    return frozenset(resource for one in claim_sets().values() for resource in unrestricted_of(one))


def _is_unrestricted(claim_set: ClaimSet, resource: str) -> bool:
    if resource not in RESOURCES or resource in _PERSONS:
        return False
    strategies = claim_set.allowed[resource].get(ClaimAction.CREATE) or claim_set.allowed[resource][ClaimAction.UPDATE]
    return strategies == (NO_FURTHER,) or (
        strategies == (NAMESPACE_BASED,) and scope_of(resource).rule is Rule.DISTRICT_ALONE
    )
