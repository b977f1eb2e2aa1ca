"""Which rows of a resource an app of some schools sees is documented, for each resource that has a rule of its own."""

import re
from pathlib import Path

import pytest

from homeroom.access.resources.scope import Rule, scope_of
from homeroom.model import RESOURCES, PrivacyClass
from homeroom.model.columns import columns

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "edfi-api.md").read_text()


@pytest.mark.parametrize("rule", [Rule.EVERYBODYS, Rule.BY_WHOM_IT_NAMES, Rule.DISTRICT_ALONE])
def test_the_resources_of_a_rule_are_documented(rule):
    expected = {resource for resource in RESOURCES if scope_of(resource).rule is rule}
    lines = [set(re.findall(r"`(\w+)`", line.split("|")[1])) for line in PAGE.splitlines() if line.count("|") == 3]
    assert expected in lines


@pytest.mark.parametrize("resource", RESOURCES)
def test_only_what_is_public_to_its_last_field_is_everybodys(resource):
    if scope_of(resource).rule is Rule.EVERYBODYS:
        assert {column.privacy for column in columns(resource)} == {PrivacyClass.PUBLIC}
