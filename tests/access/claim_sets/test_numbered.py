"""Claims, actions and strategies are known by numbers, each by one; what is exported says all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeroom.access.claim_sets.claim_set import Granted, claim_set_of, claim_sets
from homeroom.access.claim_sets.numbered import (
    action_named,
    claims_by_name,
    numbered_claims,
    standard_numbers,
    strategies,
    strategy_named,
    told_action,
    words_of_strategy,
)
from homeroom.access.claim_sets.resource_claims import ClaimAction, resource_claims
from homeroom.access.permissions import Purpose
from homeroom.api.admin.claim_models import ResourceClaimInClaimSetSent
from homeroom.api.admin.claim_set_claims import imported_claims, told_claims
from homeroom.model import DESCRIPTORS, RESOURCES

NAMES = sorted(claim.name for claim in numbered_claims().values())
ACTIONS = st.sets(st.sampled_from(ClaimAction), min_size=1)
OVERRIDE = st.lists(st.sampled_from(sorted(strategies())), min_size=1, max_size=2, unique=True).map(tuple)


@st.composite
def granted(draw: st.DrawFn) -> Granted:
    actions = draw(ACTIONS)
    overridden = draw(st.dictionaries(st.sampled_from(sorted(actions)), OVERRIDE, max_size=2))
    return Granted(tuple(action for action in ClaimAction if action in actions), overridden)


@given(st.dictionaries(st.sampled_from(NAMES), granted(), max_size=8))
def test_what_is_exported_and_imported_says_the_same(said):
    exported = told_claims(claim_set_of("Any", (Purpose.ROSTERING,), said))
    sent = [ResourceClaimInClaimSetSent.model_validate(one.model_dump(by_alias=True)) for one in exported]
    assert imported_claims(sent) == said


@pytest.mark.parametrize("name", claim_sets())
def test_a_standards_set_is_what_it_says(name):
    one = claim_sets()[name]
    assert claim_set_of(one.name, one.purposes, one.granted) == one


def test_each_resource_stands_once_under_a_claim():
    below = [claim for claim in numbered_claims().values() if claim.parent]
    assert len(below) == len({claim.name for claim in below})
    assert {claim.name for claim in below} <= {*RESOURCES, *DESCRIPTORS}
    alone = {name for claim in resource_claims().values() for name in claim.resources} - {claim.name for claim in below}
    assert alone == {"CrisisEvent", "EducationContent", "StudentHealth"}
    assert [claim.name for claim in numbered_claims().values() if not claim.parent] == list(resource_claims())
    assert len(claims_by_name()) == len(numbered_claims())


def test_words_are_known_however_they_are_written():
    assert (action_named("readchanges"), action_named("look")) == (ClaimAction.READ_CHANGES, None)
    assert told_action(ClaimAction.READ_CHANGES) == "ReadChanges"
    assert (strategy_named("namespacebased"), strategy_named("nobody")) == ("NamespaceBased", None)
    assert words_of_strategy("NamespaceBased") == "Namespace Based"
    assert list(standard_numbers().values()) == list(claim_sets())
